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
    /// Names carry the base unit; labels come from bounded sets only.
    package mutating func add(
        _ name: String, _ kind: Kind, _ help: String, _ value: Double, labels: [(name: String, value: String)] = []
    ) {
        if announced.insert(name).inserted {
            lines.append("# HELP \(name) \(help)")
            lines.append("# TYPE \(name) \(kind.rawValue)")
        }
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
