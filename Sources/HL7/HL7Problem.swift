/// What is wrong with a message, where, and with which code of HL7 table 0357.
///
/// The text carries no patient data: it names the field and the rule, never the value.
package struct HL7Problem: Equatable, Sendable {
    package enum Severity: String, Equatable, Sendable {
        case error = "E"
        case warning = "W"
        case information = "I"
    }

    /// A code of table 0357, "message error condition codes".
    package struct Code: RawRepresentable, Hashable, Sendable {
        package var rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        /// For what is to be known about a message that was taken.
        package static let accepted = Code(rawValue: 0)
        package static let segmentSequence = Code(rawValue: 100)
        package static let requiredFieldMissing = Code(rawValue: 101)
        package static let dataType = Code(rawValue: 102)
        package static let tableValueNotFound = Code(rawValue: 103)
        package static let unsupportedMessageType = Code(rawValue: 200)
        package static let unsupportedEvent = Code(rawValue: 201)
        package static let unsupportedProcessingID = Code(rawValue: 202)
        package static let unsupportedVersion = Code(rawValue: 203)
        package static let unknownKey = Code(rawValue: 204)
        package static let duplicateKey = Code(rawValue: 205)
        package static let applicationLocked = Code(rawValue: 206)
        package static let internalError = Code(rawValue: 207)

        /// The standard's name of the code.
        package var name: String {
            switch rawValue {
            case 0: "Message accepted"
            case 100: "Segment sequence error"
            case 101: "Required field missing"
            case 102: "Data type error"
            case 103: "Table value not found"
            case 200: "Unsupported message type"
            case 201: "Unsupported event code"
            case 202: "Unsupported processing id"
            case 203: "Unsupported version id"
            case 204: "Unknown key identifier"
            case 205: "Duplicate key identifier"
            case 206: "Application record locked"
            default: "Application internal error"
            }
        }
    }

    package var severity: Severity
    package var code: Code
    package var segment: String
    /// The how manieth segment of this name, from 1.
    package var sequence: Int
    package var field: Int?
    package var component: Int?
    /// One sentence for whoever looks after the sending system.
    package var text: String
    /// The program's own word for it, where it has one (ERR-5).
    package var notice: String?

    package init(
        _ code: Code, segment: String, sequence: Int = 1, field: Int? = nil, component: Int? = nil, text: String,
        severity: Severity = .error, notice: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.segment = segment
        self.sequence = sequence
        self.field = field
        self.component = component
        self.text = text
        self.notice = notice
    }

    /// The first of many; where there are more, the last one listed says how many.
    package static func first(_ limit: Int, of problems: [HL7Problem]) -> [HL7Problem] {
        guard problems.count > limit, let next = problems.dropFirst(limit - 1).first else { return problems }
        var rest = next
        rest.text += "; and \(problems.count - limit) more"
        return problems.prefix(limit - 1) + [rest]
    }

    /// Where it is, as people write it: `OBX[3]-5.2`.
    package var place: String {
        var place = segment
        if sequence > 1 { place += "[\(sequence)]" }
        if let field { place += "-\(field)" }
        if let component { place += ".\(component)" }
        return place
    }
}
