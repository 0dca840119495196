import Effects

/// Numbers and moments as people read them, with their units.
package enum Shown {
    package static func bytes(_ count: some BinaryInteger) -> String {
        let value = Double(count)
        for (unit, size) in [("GiB", 1_073_741_824.0), ("MiB", 1_048_576.0), ("KiB", 1024.0)] where value >= size {
            return tenths(value / size) + " " + unit
        }
        return "\(count) B"
    }

    package static func seconds(_ seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7_200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) d"
        }
    }

    package static func milliseconds(_ milliseconds: Int64?) -> String {
        milliseconds.map { "\($0) ms" } ?? "-"
    }

    /// A moment of the interface (ISO 8601, UTC) in China Standard Time.
    package static func moment(_ text: String?) -> String {
        guard let text, let time = try? WallTime(text: text) else { return text ?? "-" }
        return time.chinaText
    }

    package static func count(_ count: Int, _ noun: String) -> String {
        if count == 1 { return "1 \(noun)" }
        return "\(count) " + (noun.hasSuffix("y") ? noun.dropLast() + "ies" : noun + (noun.hasSuffix("h") ? "es" : "s"))
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
