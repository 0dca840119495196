import Effects
import Ledgers
import Regions
import ServiceKit
import Wire

/// Writes down that somebody at this node opened a result of another institution.
///
/// The record goes up to the city, where retrievals are counted (X03), and to the result's author, so that a void or a
/// new version follows the reader.
struct ReaderWriter {
    let context: NodeContext

    /// - Parameter statement: on what the opening rested.
    func opened(_ report: RecognitionService.OpenedReport, on statement: AccessStatement) async throws {
        let configuration = context.region.current
        let issuer = RecognitionMatcher.issuer(of: report.fields, in: configuration)
        let unit = reader(statement.asking.organizationUnit, in: configuration)
        guard issuer?.id.rawValue ?? report.fields.institution != unit else { return }
        var message = PBRecognitionOpeningFields()
        message.reportKey = report.fields.reportKey
        message.entry = report.entry.id.description
        message.version = UInt32(clamping: report.fields.version)
        message.unit = unit
        message.issuer = issuer?.id.rawValue ?? report.fields.institution
        message.purpose = statement.asking.purpose.rawValue
        message.breakGlass = statement.asking.breakGlassReason != nil
        let draft = EntryDraft(
            kind: .reportOpened, subject: report.fields.reportKey, fields: try message.serializedBytes(),
            headerAudience: .city)
        let author = report.entry.author
        try await context.ledger.write(lane: .clinical) { transaction in
            let entry = try transaction.append(draft)
            try transaction.grant([entry], to: [author], isHeadersOnly: true)
        }
    }

    /// The unit for which somebody reads: the one that is named, or where a department is, the node's.
    private func reader(_ name: String, in configuration: RegionConfiguration) -> String {
        let unit =
            RecognitionMatcher.issuer(named: name, in: configuration)?.id
            ?? configuration.organizationUnits(at: context.node).first?.id
            ?? configuration.node(context.node)?.organizationUnit
        return unit?.rawValue ?? name
    }
}
