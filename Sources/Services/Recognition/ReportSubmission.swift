/// A report as an edge hands it to recognition: the content and the message that brought it.
package struct ReportSubmission: Equatable, Sendable {
    /// How a message came in.
    package enum Format: String, Equatable, Sendable {
        case hl7v2
        case fhir
    }

    /// How much of the report a message says.
    package enum Completeness: Equatable, Sendable {
        /// Everything: what it leaves out is no part of the report any more (FHIR's resources).
        case whole
        /// Some of its lines: each replaces the line of the same code and sub-id (HL7 2.5.1, 7.4.2), the rest stays.
        case lines
    }

    package var content: ReportContent
    package var completeness: Completeness
    package var format: Format
    /// The message's own control id (MSH-10, Bundle identifier), for looking up what became of it.
    package var messageID: String
    /// HL7 processing mode (MSH-11) is P.
    ///
    /// Results in training or debugging mode are published and never recognisable.
    package var isProduction: Bool
    /// The message says that it changes what is known (FHIR's PUT), however far the report is.
    package var isUpdate: Bool

    /// - Parameter completeness: by itself, what the format's messages mean.
    package init(
        content: ReportContent, completeness: Completeness? = nil, format: Format, messageID: String,
        isProduction: Bool = true, isUpdate: Bool = false
    ) {
        self.content = content
        self.completeness = completeness ?? (format == .hl7v2 ? .lines : .whole)
        self.format = format
        self.messageID = messageID
        self.isProduction = isProduction
        self.isUpdate = isUpdate
    }
}
