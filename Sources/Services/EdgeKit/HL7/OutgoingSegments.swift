package import Effects
import HL7
package import ServiceKit

/// What all HL7 v2 messages to hospitals' systems have in common.
package enum OutgoingSegments {
    /// The header of a message.
    ///
    /// - Parameters:
    ///   - type: MSH-9.
    ///   - unit: whose system gets it.
    package static func header(_ header: OutgoingContent.Header, _ type: String, unit: String) -> [String] {
        [
            "MSH", "^~\\&", "YILIAN", HL7Escape.escape(unit), HL7Escape.escape(header.application),
            HL7Escape.escape(header.facility), time(header.time), "", type,
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

    /// The PID of a patient as orders name one.
    package static func patient(_ person: PatientDemographics) -> [String] {
        let identifiers = person.identifiers.map { identifier in
            [
                HL7Escape.escape(identifier.value), "", "", authority(identifier),
                HL7Escape.escape(type(identifier.type)),
            ].joined(separator: "^")
        }
        return [
            "PID", "1", "", identifiers.joined(separator: "~"), "", HL7Escape.escape(person.name ?? ""), "",
            (person.birthDate ?? "").filter { $0 != "-" }, HL7Escape.escape(person.sex ?? ""),
        ]
    }

    /// Who issued a number (HD): an OID as the universal id that it is, everything else as a name.
    private static func authority(_ identifier: PatientIdentifier) -> String {
        let authority = identifier.authority
        let isOID = authority.contains(".") && authority.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
        return isOID ? "&\(authority)&ISO" : HL7Escape.escape(authority)
    }

    /// The type of a citizen's number in table 0203.
    private static func type(_ type: String) -> String { type == PatientIdentifier.citizenIDType ? "NI" : type }

    private static func joined(_ fields: [String]) -> String {
        var fields = fields
        while fields.last?.isEmpty == true { fields.removeLast() }
        return fields.joined(separator: "|") + "\r"
    }
}
