package import Effects
import HL7
package import ServiceKit

/// What all HL7 v2 messages to hospitals' systems have in common.
package enum OutgoingSegments {
    /// The header of an ORU^R01.
    ///
    /// - Parameter unit: whose system gets it.
    package static func header(_ header: OutgoingContent.Header, unit: String) -> [String] {
        [
            "MSH", "^~\\&", "YILIAN", HL7Escape.escape(unit), HL7Escape.escape(header.application),
            HL7Escape.escape(header.facility), time(header.time), "", "ORU^R01^ORU_R01",
            HL7Escape.escape(header.controlID), "P", "2.5.1", "", "", "", "", "", HL7Escape.escape(header.characterSet),
        ]
    }

    /// Segments as a message has them: CR behind each, no separators that nothing follows.
    package static func text(_ segments: [[String]]) -> String { segments.map(joined).joined() }

    /// A time of China, to the second.
    package static func time(_ time: WallTime) -> String {
        let digits = time.chinaText.filter { $0.isNumber }
        return String(digits.prefix(14)) + "+0800"
    }

    private static func joined(_ fields: [String]) -> String {
        var fields = fields
        while fields.last?.isEmpty == true { fields.removeLast() }
        return fields.joined(separator: "|") + "\r"
    }
}
