/// What this program knows about a report beside its content, for an answer in FHIR.
package struct FHIRReportMetadata: Equatable, Sendable {
    /// The DiagnosticReport's id: letters, digits, `-` and `.`, at most 48 characters (Observations add to it).
    package var resourceID: String
    /// The version of the report, from 1.
    package var version: Int
    /// The node whose ledger holds it.
    package var issuer: String
    /// The ledger entry that published it.
    package var entryID: String
    package var isRecognisable: Bool

    package init(resourceID: String, version: Int, issuer: String, entryID: String, isRecognisable: Bool) {
        self.resourceID = resourceID
        self.version = version
        self.issuer = issuer
        self.entryID = entryID
        self.isRecognisable = isRecognisable
    }
}
