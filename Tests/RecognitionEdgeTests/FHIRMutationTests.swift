import Effects
import FHIR
import Foundation
import MessageCorpus
import Recognition
import Testing

@testable import RecognitionEdge

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct SeededChoices {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((word ^ (word >> 31)) % UInt64(max(1, bound)))
    }
}

/// Changes a message in a place that a seed chooses.
struct FHIRMutation {
    var choices: SeededChoices

    mutating func mutate(_ value: JSONValue) -> JSONValue {
        var count = 0
        Self.walk(value) { count += 1 }
        var target = choices.next(below: count)
        return change(value, &target)
    }

    private static func walk(_ value: JSONValue, _ visit: () -> Void) {
        visit()
        switch value {
        case .array(let items): for item in items { walk(item, visit) }
        case .object(let object): for member in object.members { walk(member.value, visit) }
        default: break
        }
    }

    private mutating func change(_ value: JSONValue, _ target: inout Int) -> JSONValue {
        if target == 0 {
            target = -1
            return changed(value)
        }
        target -= 1
        switch value {
        case .array(let items): return .array(items.map { change($0, &target) })
        case .object(let object):
            var copy = JSONObject()
            for member in object.members { copy[member.name] = change(member.value, &target) }
            return .object(copy)
        default: return value
        }
    }

    /// One element less, twice, in another order, of another type, or pointing elsewhere.
    private mutating func changed(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(var object):
            guard let name = object.names.isEmpty ? nil : object.names[choices.next(below: object.names.count)] else {
                return .string("x")
            }
            switch choices.next(below: 4) {
            case 0: object[name] = nil
            case 1: object["odd" + name] = object[name]
            case 2: return .array([value, value])
            default: object[name] = .array([object[name] ?? .null, object[name] ?? .null])
            }
            return .object(object)
        case .array(let items):
            switch choices.next(below: 4) {
            case 0: return .array(items.reversed())
            case 1: return .array(items + items)
            case 2: return .array(Array(items.dropFirst()))
            default: return items.first ?? .null
            }
        case .string(let text):
            switch choices.next(below: 5) {
            case 0: return .string("")
            case 1: return .string(text + "x")
            case 2: return .number(JSONNumber(7))
            case 3: return ["a": .string(text)]
            default: return .string("Patient/elsewhere")
            }
        case .number: return choices.next(below: 2) == 0 ? ["a": value] : .array([value])
        case .bool, .null: return .string("x")
        }
    }
}

/// Values of observations that are replaced by marks, so that each can be looked for in what comes out.
struct FHIRMarks {
    private var number = 0

    /// The message with a mark for each value.
    mutating func marked(_ value: JSONValue, isObservation: Bool = false) -> JSONValue {
        switch value {
        case .array(let items): return .array(items.map { marked($0, isObservation: isObservation) })
        case .object(let object):
            let isHere = object["resourceType"].map { $0 == "Observation" } ?? isObservation
            var copy = JSONObject()
            for member in object.members {
                if isHere, member.name.hasPrefix("value") || member.name == "_valueDateTime" {
                    if copy["valueString"] == nil { copy["valueString"] = .string(next()) }
                } else {
                    copy[member.name] = marked(member.value, isObservation: isHere && member.name == "component")
                }
            }
            return .object(copy)
        default: return value
        }
    }

    private mutating func next() -> String {
        number += 1
        return "MARK-\(number)-END"
    }

    /// The marks of observations in a message, counted without the mapper, with where each stands.
    static func standing(_ bundle: JSONValue) -> [(mark: String, entry: Int?)] {
        guard bundle["resourceType"] == "Bundle" else { return marks(in: bundle, entry: nil) }
        return (bundle["entry"]?.items ?? []).enumerated().flatMap { marks(in: $1["resource"] ?? .null, entry: $0) }
    }

    private static func marks(in resource: JSONValue, entry: Int?) -> [(mark: String, entry: Int?)] {
        var found: [(String, Int?)] = []
        if resource["resourceType"] == "Observation", !withdrawn.contains(resource["status"]?.string ?? "") {
            for json in [resource] + FHIRElement.items(resource["component"]) {
                if let text = json["valueString"]?.string, text.hasPrefix("MARK-") { found.append((text, entry)) }
            }
        }
        for inner in FHIRElement.items(resource["contained"]) { found += marks(in: inner, entry: entry) }
        return found
    }

    private static let withdrawn: Set<String> = ["cancelled", "entered-in-error"]
}

/// `YILIAN_MUTATION_SEEDS` says how many seeds are tried, `YILIAN_MUTATION_FIRST` where they begin.
@Suite("Messages of FHIR, changed by a seed")
struct FHIRMutationTests {
    static let corpus: [JSONValue] = {
        let demo =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../Nodes/demo/messages/fhir"
        let disk = SystemDisk()
        var all =
            (try? disk.list(demo))?.sorted().compactMap { try? disk.read(demo + "/" + $0, limitBytes: 1 << 24) } ?? []
        all += (try? EdgeCases.names(ending: ".json").filter { $0.hasPrefix("F") }.map(EdgeCases.bytes)) ?? []
        all += (try? Samples.fhir().map(\.bytes)) ?? []
        return all.compactMap { try? JSONParser.parse($0) }
    }()

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap(UInt64.init)
    }

    static let seeds: Range<UInt64> = {
        let first = number("YILIAN_MUTATION_FIRST") ?? 1
        return first..<(first + (number("YILIAN_MUTATION_SEEDS") ?? 200))
    }()

    @Test("each is refused with a reason, or every observation comes back or is told of")
    func accounted() throws {
        #expect(Self.corpus.count > 10)
        for seed in Self.seeds { try Self.check(seed) }
    }

    private static func check(_ seed: UInt64) throws {
        var choices = SeededChoices(seed: seed)
        var marks = FHIRMarks()
        var message = marks.marked(corpus[choices.next(below: corpus.count)])
        var mutation = FHIRMutation(choices: choices)
        for _ in 0..<mutation.choices.next(below: 4) { message = mutation.mutate(message) }
        guard let resource = try? FHIRResource(message) else { return }
        let mapping = Mapping.fhirMapper.map(resource)
        guard mapping.isAccepted else {
            #expect(mapping.submissions.isEmpty && !mapping.issues.isEmpty, "seed \(seed)")
            #expect(mapping.issues.allSatisfy { !$0.diagnostics.isEmpty }, "seed \(seed)")
            return
        }
        var written = ""
        for submission in mapping.submissions {
            for resource in RoundTrip.writer.resources(submission.content, RoundTrip.metadata()) {
                written += JSONPrinter.text(.object(resource))
            }
            let copy = try RoundTrip.read(submission.content)
            #expect(
                copy.observations.count == submission.content.observations.count, "seed \(seed): read back")
        }
        let told = mapping.warnings.map { ($0.expression ?? "") + $0.diagnostics }
        for (mark, entry) in FHIRMarks.standing(message) where !written.contains(mark) {
            // What stands within another resource has no entry of its own.
            let place = entry.map { "entry[\($0)]" } ?? "contained"
            #expect(
                told.contains { $0.contains(place) && $0.contains("no report names this Observation") }
                    || told.contains { $0.contains("more places") && $0.contains("no report names this Observation") },
                "seed \(seed): \(mark) of \(place) is neither written nor told of: \(told)")
        }
    }
}
