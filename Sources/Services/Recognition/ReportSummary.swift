package import Effects
package import Ledgers

/// What a query answers about one result before anybody opens it.
package struct ReportSummary: Sendable, Equatable {
    /// The version to open.
    package var entry: EntryID
    package var fields: ReportFields
    package var isVoid: Bool
    package var authorTime: WallTime
    /// When the node that answered had it on its disk.
    package var receivedTime: WallTime
    /// Whether the payload lies at the node that answered.
    package var isPayloadHere: Bool
    package var versionCount: Int
    /// What of the person contradicts what the asker says, or what other results under the identifier say; the asking
    /// node finds it, it does not travel.
    package var contradictions: [DemographicSketch.Field] = []
    /// It names the person by identifiers alone that are no longer in use; the asking node finds it, it does not travel.
    package var isByFormerIdentifier = false

    /// Whether the rules so far let another institution recognise it: final or corrected, in production, not void, of a
    /// person whom nothing contradicts, by an identifier that is in use.
    package var isRecognisable: Bool {
        obstacle == nil
    }

    /// Why it is not recognisable, in one word for machines; `nil` where it is.
    package var obstacle: String? {
        if isVoid { return "void" }
        if !fields.isProduction { return "notProduction" }
        if fields.status == .preliminary { return "preliminary" }
        if !contradictions.isEmpty { return "demographics" }
        if isByFormerIdentifier { return "formerIdentifier" }
        return nil
    }
}

extension ReportSummary {
    /// A version that was opened, as a query would answer it.
    package init(opened report: RecognitionService.OpenedReport) {
        self.init(
            entry: report.entry.id, fields: report.fields, isVoid: report.fields.status == .void,
            authorTime: report.entry.authorTime, receivedTime: report.entry.receivedTime, isPayloadHere: true,
            versionCount: report.fields.version)
    }
}
