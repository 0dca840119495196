package import Effects

/// One message of a generated working day, as a hospital's system sends it.
///
/// `bytes` are the message alone: the sender frames them (MLLP) or posts them (HTTPS).
package struct GeneratedMessage: Sendable, Hashable {
    package enum Format: String, Sendable, Hashable {
        /// HL7 v2 ORU^R01 in UTF-8 with CR line ends.
        case hl7
        /// A FHIR R4 Bundle as JSON in UTF-8.
        case fhir
    }

    /// The id of the node that it is meant for.
    package var node: String
    package var kind: ReportKind
    package var format: Format
    package var bytes: [UInt8]
    /// MSH-10, or the Bundle's identifier; a repeat carries the one of the message that it repeats.
    package var messageID: String
    /// The filler order number; with the institution it names the report.
    package var orderNumber: String
    package var version: ReportVersion
    /// Whether these very bytes have been sent before.
    package var isRepeat: Bool
    /// When the institution sends it.
    package var time: WallTime
}
