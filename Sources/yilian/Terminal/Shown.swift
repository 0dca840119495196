import Effects
import Recognition
import Regions
import ServiceKit

/// Numbers and moments as people read them, with their units.
enum Shown {
    static func bytes(_ count: some BinaryInteger) -> String {
        let value = Double(count)
        for (unit, size) in [("GiB", 1_073_741_824.0), ("MiB", 1_048_576.0), ("KiB", 1024.0)] where value >= size {
            return tenths(value / size) + " " + unit
        }
        return "\(count) B"
    }

    static func seconds(_ seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7_200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) d"
        }
    }

    static func milliseconds(_ milliseconds: Int64?) -> String {
        milliseconds.map { "\($0) ms" } ?? "-"
    }

    /// A moment of the interface (ISO 8601, UTC) in China Standard Time.
    static func moment(_ text: String?) -> String {
        guard let text, let time = try? WallTime(text: text) else { return text ?? "-" }
        return time.chinaText
    }

    /// A result's time, which HL7 v2 and FHIR write each in its own form, in one form and in China Standard Time; a day alone
    /// stays one, and what has neither form is shown as it is.
    static func reported(_ text: String?) -> String {
        guard let text else { return "-" }
        guard let time = ClinicalTime(text), let moment = time.moment() else { return text }
        return time.precision == .day ? time.civil.date : moment.chinaText
    }

    static func count(_ count: Int, _ noun: String) -> String {
        if count == 1 { return "1 \(noun)" }
        return "\(count) " + (noun.hasSuffix("y") ? noun.dropLast() + "ies" : noun + (noun.hasSuffix("h") ? "es" : "s"))
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
