import Effects
import Recognition
import Regions

/// A result's time as JSON gives it: RFC 3339, whichever form its message had.
///
/// HL7 v2 and FHIR write times each in its own form. A day, a month or a year alone stays one; what has neither form is
/// given as it came.
enum ReportedTime {
    static func text(_ written: String) -> String {
        let digits = written.prefix { $0.isASCII && $0.isNumber }
        if digits.utf8.count == written.utf8.count, [4, 6, 8].contains(digits.utf8.count) {
            let parts = [digits.prefix(4), digits.dropFirst(4).prefix(2), digits.dropFirst(6)]
            return parts.filter { !$0.isEmpty }.joined(separator: "-")
        }
        guard written.utf8.count > 10 || !written.contains("-"), let moment = ReportTime.moment(written) else {
            return written
        }
        return digits.utf8.count == 8 ? String(moment.chinaText.prefix(10)) : moment.chinaText
    }
}
