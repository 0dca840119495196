import Foundation

/// Reads Prometheus' text format (exposition format 0.0.4) by the letter of its page, and knows nothing of the program that
/// wrote it.
///
/// Everything that a scraper would refuse, or that `promtool check metrics` would complain of, is a violation.
struct PrometheusText {
    struct Family {
        var name: String
        var type: String
        var samples: [Sample] = []
    }

    struct Sample {
        var name: String
        var labels: [String: String]
        var value: Double
    }

    private(set) var families: [Family] = []
    private(set) var violations: [String] = []

    init(_ text: String) {
        if !text.hasSuffix("\n") { violations.append("the last line does not end") }
        var help: String?
        for (index, line) in text.split(separator: "\n").enumerated() {
            let line = String(line)
            if line.hasPrefix("# HELP ") {
                let words = line.dropFirst(7).split(separator: " ", maxSplits: 1)
                if words.count < 2 { complain(index, "a help without words") }
                help = words.first.map(String.init)
            } else if line.hasPrefix("# TYPE ") {
                let words = line.split(separator: " ")
                guard words.count == 4, Self.isName(words[2]), Self.types.contains(String(words[3])) else {
                    complain(index, "no type: \(line)")
                    continue
                }
                if help != String(words[2]) { complain(index, "a type without its help before it") }
                if families.contains(where: { $0.name == words[2] }) {
                    complain(index, "\(words[2]) stands in two places")
                }
                families.append(Family(name: String(words[2]), type: String(words[3])))
            } else if line.hasPrefix("#") {
                continue
            } else if let sample = Self.sample(line) {
                add(sample, index)
            } else {
                complain(index, "no sample: \(line)")
            }
        }
        for family in families { check(family) }
    }

    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        families.flatMap(\.samples).first { $0.name == name && $0.labels == labels }?.value
    }

    private static let types: Set<String> = ["counter", "gauge", "histogram", "summary", "untyped"]
    /// The base units of Prometheus, as far as names end in one.
    private static let otherUnits = [
        "milliseconds", "ms", "minutes", "hours", "days", "kilobytes", "kb", "megabytes", "mb", "percent",
    ]

    private mutating func complain(_ index: Int, _ text: String) { violations.append("line \(index + 1): \(text)") }

    private mutating func add(_ sample: Sample, _ index: Int) {
        guard var family = families.popLast() else {
            complain(index, "a sample before any type")
            return
        }
        let endings = family.type == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
        if !endings.contains(where: { family.name + $0 == sample.name }) {
            complain(index, "\(sample.name) stands among the samples of \(family.name)")
        }
        if family.samples.contains(where: { $0.name == sample.name && $0.labels == sample.labels }) {
            complain(index, "the same sample twice: \(sample.name) \(sample.labels)")
        }
        family.samples.append(sample)
        families.append(family)
    }

    private mutating func check(_ family: Family) {
        let name = family.name
        if family.samples.isEmpty { violations.append("\(name) has no sample") }
        if (family.type == "counter") != name.hasSuffix("_total") {
            violations.append("\(name) is a \(family.type): counters, and nothing else, end in _total")
        }
        if Self.otherUnits.contains(where: { name.hasSuffix("_" + $0) || name.contains("_\($0)_") }) {
            violations.append("\(name) is in another unit than a base unit")
        }
        if family.type == "counter", family.samples.contains(where: { $0.value < 0 || $0.value.isNaN }) {
            violations.append("\(name) counts below zero")
        }
        if Set(family.samples.map { Set($0.labels.keys).subtracting(["le"]) }).count > 1 {
            violations.append("samples of \(name) differ in the names of their labels")
        }
        if family.type == "histogram" { checkHistogram(family) }
    }

    private mutating func checkHistogram(_ family: Family) {
        let series = Dictionary(grouping: family.samples) { $0.labels.filter { $0.key != "le" } }
        for (labels, samples) in series {
            let buckets = samples.filter { $0.name.hasSuffix("_bucket") }
            let borders = buckets.map { Self.number($0.labels["le"] ?? "") ?? .nan }
            let counts = buckets.map(\.value)
            let count = samples.first { $0.name == family.name + "_count" }?.value
            let sum = samples.first { $0.name == family.name + "_sum" }?.value
            let isSound =
                borders == borders.sorted() && borders.last == .infinity && counts == counts.sorted()
                && counts.last == count && sum != nil && !borders.contains { $0.isNaN }
            if !isSound { violations.append("\(family.name) \(labels) is no histogram") }
        }
    }

    private static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            (0x30...0x3A).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
        }
    }

    private static func number(_ text: String) -> Double? {
        switch text {
        case "+Inf": .infinity
        case "-Inf": -.infinity
        case "NaN": .nan
        default: text.isEmpty ? nil : Double(text)
        }
    }

    /// `name{label="value",…} number`, and no timestamp: a scrape has its own time.
    private static func sample(_ line: String) -> Sample? {
        var rest = Substring(line)
        let name = rest.prefix { $0 != "{" && $0 != " " }
        rest = rest.dropFirst(name.count)
        guard isName(name) else { return nil }
        var labels: [String: String] = [:]
        if rest.first == "{" {
            rest = rest.dropFirst()
            while rest.first != "}" {
                let label = rest.prefix { $0 != "=" }
                guard isName(label), !label.contains(":"), !label.hasPrefix("__") else { return nil }
                rest = rest.dropFirst(label.count)
                guard rest.hasPrefix("=\""), let value = text(&rest) else { return nil }
                guard labels.updateValue(value, forKey: String(label)) == nil else { return nil }
                if rest.first == "," { rest = rest.dropFirst() } else if rest.first != "}" { return nil }
            }
            rest = rest.dropFirst()
        }
        guard rest.first == " ", let value = number(String(rest.dropFirst())) else { return nil }
        return Sample(name: String(name), labels: labels, value: value)
    }

    /// A label's value behind `="`, to its closing quote; the escapes are `\\`, `\"` and `\n`, no others.
    private static func text(_ rest: inout Substring) -> String? {
        rest = rest.dropFirst(2)
        var value = ""
        while let character = rest.popFirst() {
            switch character {
            case "\"": return value
            case "\\":
                switch rest.popFirst() {
                case "\\": value += "\\"
                case "\"": value += "\""
                case "n": value += "\n"
                default: return nil
                }
            default: value.append(character)
            }
        }
        return nil
    }
}
