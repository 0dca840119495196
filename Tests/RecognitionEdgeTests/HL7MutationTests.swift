import Effects
import FHIR
import Foundation
import HL7
import MessageCorpus
import Recognition
import Testing

@testable import RecognitionEdge

/// Any message made of others is refused with a reason, or read back through FHIR with every OBX accounted for.
///
/// `YILIAN_MUTATION_SEEDS` says how many seeds are tried, `YILIAN_MUTATION_FIRST` where they begin.
@Suite("HL7 v2 messages, cut, reordered and changed by a seed")
struct HL7MutationTests {
    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap(UInt64.init)
    }
    private static let count = number("YILIAN_MUTATION_SEEDS") ?? 200
    private static let first = number("YILIAN_MUTATION_FIRST") ?? 1

    private static func corpus() throws -> MessageMutation {
        let own = try EdgeCases.names(ending: ".hl7").map(EdgeCases.bytes)
        return MessageMutation(own + (try Samples.hl7().map(\.bytes)))
    }

    @Test func everyLineIsAccountedFor() throws {
        let corpus = try Self.corpus()
        #expect(!corpus.isEmpty)
        var taken = 0
        for seed in Self.first..<(Self.first + Self.count) {
            let mutated = corpus.message(seed: seed)
            guard let bytes = try? mutated.bytes() else { continue }
            // Two headers make two messages, of which the reader below knows nothing.
            guard HL7Batch.messages(in: bytes).count == 1 else { continue }
            do {
                let mapping = Mapping.hl7Mapper.map(try HL7Message.parse(bytes, defaultEncoding: .utf8))
                #expect(mapping.problems.isEmpty != mapping.submissions.isEmpty, "seed \(seed)")
                #expect(mapping.problems.allSatisfy { !$0.text.isEmpty }, "seed \(seed)")
                guard mapping.problems.isEmpty else { continue }
                taken += 1
                try Self.check(PlainLine.all(in: mutated.text), mapping, "seed \(seed)")
                if taken <= Self.keptAnswers { try Answers.keep(Self.answer(mapping), as: "fhir-hl7-\(seed).json") }
            } catch let failure as Failure {
                #expect(!failure.message.isEmpty, "seed \(seed)")
            }
        }
        #expect(taken > Int(Self.count) / 4, "only \(taken) were taken")
    }

    /// How many answers parsers that others wrote are given.
    private static let keptAnswers = 40

    /// The answer to a search that finds all reports of a message.
    private static func answer(_ mapping: HL7ReportMapping) -> [UInt8] {
        let reports = mapping.submissions.enumerated().map { index, submission in
            (content: submission.content, metadata: RoundTrip.metadata("r-\(index)"))
        }
        return JSONPrinter.bytes(RoundTrip.writer.searchset(reports, total: reports.count))
    }

    private static func check(_ lines: [PlainLine], _ mapping: HL7ReportMapping, _ seed: Comment) throws {
        var found: [String: Int] = [:]
        var values: [String: [String]] = [:]
        for content in mapping.submissions.map(\.content) {
            let back = try RoundTrip.read(content)
            let read = back.observations + back.conclusions
            #expect(back.observations.count == content.observations.count, seed)
            #expect(back.observations.map(\.status) == content.observations.map(\.status), seed)
            #expect(back.conclusion == content.conclusion, seed)
            #expect(back.standingAttachments.map(\.bytes) == content.standingAttachments.map(\.bytes), seed)
            for line in content.observations + content.conclusions {
                found[line.code.code.trimmed, default: 0] += 1
            }
            for line in content.attachments { found[(line.code?.code ?? "").trimmed, default: 0] += 1 }
            for line in read { values[line.code.code.trimmed, default: []].append(line.value) }
        }
        // What was passed over is named in a warning, with how often.
        let passedOver = mapping.warnings.filter { $0.segment == "OBX" && $0.field == nil }.reduce(0) { sum, warning in
            let times = warning.text.split(separator: "(").last.flatMap { Int($0.prefix { $0.isNumber }) }
            return sum + (times ?? 1)
        }
        let missing = lines.filter { $0.hasPlainCode && found[$0.code] == nil }
        #expect(missing.count <= passedOver, "\(seed): \(missing.map(\.code)) are nowhere")
        // What was taken back comes back without its value.
        let withdrawn: Set<String> = ["D", "X", "W"]
        for line in lines
        where !line.isSpecial && !line.isWithdrawn && line.type == "NM" && found[line.code] != nil && passedOver == 0
            && !withdrawn.contains(line.letter.trimmed.uppercased())
        {
            #expect(values[line.code]?.contains(line.value) == true, "\(seed): \(line.code)")
        }
    }
}
