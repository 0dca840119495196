package import Effects

/// Metrics in Prometheus' text format (exposition format 0.0.4), written in the order in which they are given.
package struct MetricsText: Sendable {
    /// What a metric is.
    package enum Kind: String, Sendable {
        case gauge
        case counter
    }

    private var lines: [String] = []
    private var announced: Set<String> = []

    package init() {}

    /// Adds one sample.
    ///
    /// Names carry the base unit, those of counters end in `_total`; labels come from bounded sets only.
    package mutating func add(
        _ name: String, _ kind: Kind, _ help: String, _ value: Double, labels: [Label] = []
    ) {
        announce(name, kind.rawValue, help)
        sample(name, value, labels)
    }

    /// A label's name and value.
    package typealias Label = (name: String, value: String)

    /// Adds a histogram: its buckets, their sum and their count.
    package mutating func add(_ name: String, _ help: String, _ durations: DurationCounts, labels: [Label] = []) {
        announce(name, "histogram", help)
        for (border, count) in zip(DurationCounts.bordersSeconds, durations.counts) {
            sample(name + "_bucket", Double(count), labels + [(name: "le", value: Self.number(border))])
        }
        sample(name + "_bucket", Double(durations.count), labels + [(name: "le", value: "+Inf")])
        sample(name + "_sum", durations.sumSeconds, labels)
        sample(name + "_count", Double(durations.count), labels)
    }

    private mutating func announce(_ name: String, _ kind: String, _ help: String) {
        guard announced.insert(name).inserted else { return }
        lines.append("# HELP \(name) \(help)")
        lines.append("# TYPE \(name) \(kind)")
    }

    private mutating func sample(_ name: String, _ value: Double, _ labels: [Label]) {
        let shown = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        lines.append(name + (shown.isEmpty ? "" : "{\(shown)}") + " " + Self.number(value))
    }

    package var text: String { lines.joined(separator: "\n") + "\n" }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.append(character)
            }
        }
        return result
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return value == value.rounded() && abs(value) < 9e15 ? "\(Int64(value))" : "\(value)"
    }
}
