import EdgeKit

/// In which form a message is read.
package enum MessageFormat: String, CaseIterable, Sendable {
    case hl7v2
    case fhir
    /// FHIR where the text begins like JSON or XML, else HL7 v2.
    case detected

    func form(of bytes: [UInt8]) -> MessageForm {
        switch self {
        case .hl7v2: return .hl7v2
        case .fhir: return .fhir
        case .detected:
            let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            let first = bytes[start...].first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
            return first.map { "{[<".utf8.contains($0) } == true ? .fhir : .hl7v2
        }
    }
}
