package import Recognition

/// Where a message came in, and for which institution it speaks.
package struct MessageSource: Hashable, Sendable {
    /// The listener or the hospital system, for logs and look-ups.
    package var name: String
    /// The institution as identities hold it: the id of its unit in the region.
    package var institution: String
    /// What may come this way.
    package var allowed: Set<ReportSubmission.Format>

    package init(
        name: String, institution: String, allowed: Set<ReportSubmission.Format> = [.hl7v2, .fhir]
    ) {
        self.name = name
        self.institution = institution
        self.allowed = allowed
    }
}

/// In which form a message is read.
package enum MessageFormat: String, CaseIterable, Sendable {
    case hl7v2
    case fhir
    /// FHIR where the text begins like JSON or XML, else HL7 v2.
    case detected

    func format(of bytes: [UInt8]) -> ReportSubmission.Format {
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
