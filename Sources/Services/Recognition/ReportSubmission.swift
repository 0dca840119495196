/// A report as an edge hands it to recognition: the content and the message that brought it.
package struct ReportSubmission: Equatable, Sendable {
    /// How a message came in.
    package enum Format: String, Equatable, Sendable {
        case hl7v2
        case fhir
    }

    package var content: ReportContent
    package var format: Format
    /// The message's own control id (MSH-10, Bundle identifier), for looking up what became of it.
    package var messageID: String
    /// HL7 processing mode (MSH-11) is P.
    ///
    /// Results in training or debugging mode are published and never recognisable.
    package var isProduction: Bool

    package init(content: ReportContent, format: Format, messageID: String, isProduction: Bool = true) {
        self.content = content
        self.format = format
        self.messageID = messageID
        self.isProduction = isProduction
    }
}
