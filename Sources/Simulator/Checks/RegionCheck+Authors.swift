import Consultation
import Ledgers
import NodeRuntime
import Recognition
import Regions
import Storage

extension RegionCheck {
    /// Nobody's record is made of what another wrote: of each row that a node derived, the author is whose it is.
    ///
    /// The table of docs/authorship.md once more, by an eye of its own; a unit has the name of its node here.
    func authors() async throws {
        for node in shared.nodes {
            guard let running = node.node else { continue }
            let found = try await running.context.ledger.read { sql in
                try self.foreignResults(in: sql) + self.foreignEvents(in: sql) + self.foreignRows(in: sql)
            }
            for text in found.prefix(5) { violation("authorship", "\(text), says \(node.id)") }
        }
    }

    private func foreignResults(in sql: any SQLTransaction) throws -> [String] {
        try sql.rows("SELECT entry, author, fields FROM report_version ORDER BY entry", []).compactMap { row in
            let fields = try ReportFields(bytes: try row.bytes(2), reportKey: "")
            return try row.text(1) == fields.institution
                ? nil : "\(try row.text(0)) is a result of \(fields.institution)"
        }
    }

    private func foreignEvents(in sql: any SQLTransaction) throws -> [String] {
        let rows = try sql.rows("SELECT entry, kind, fields FROM consultation_event ORDER BY entry", [])
        return try rows.compactMap { row in
            let (entry, fields) = (try EntryID(try row.text(0)), try ConsultationFields(bytes: try row.bytes(2)))
            let kind = EntryKind(UInt32(truncatingIfNeeded: try row.integer(1)))
            return isTheirs(entry.author, kind, fields) ? nil : "\(entry) is an event of \(fields.request)"
        }
    }

    private func isTheirs(_ author: NodeID, _ kind: EntryKind, _ fields: ConsultationFields) -> Bool {
        switch kind {
        case .consultationRequest: return author == fields.request.requester
        case .consultationOpened where fields.attempt > 1: return shared.region.member(author)?.tier == .dispatcher
        case .consultationOpened:
            let requester = shared.region.member(fields.request.requester)
            return author == fields.home && author == (requester?.tier == .township ? requester?.parent : requester?.id)
        case .consultationClaimed, .consultationReported:
            let roster = shared.region.configuration.roster(at: fields.home)?.experts ?? []
            return author == fields.home
                && roster.contains { $0.id == fields.actor && $0.node == fields.actorNode }
        default: return author == fields.home
        }
    }

    private func foreignRows(in sql: any SQLTransaction) throws -> [String] {
        let questions: [SQLText] = [
            "SELECT entry, author, unit FROM recognition_opening ORDER BY entry",
            "SELECT entry, substr(entry, 1, length(unit)), unit FROM indicator_submission ORDER BY entry",
        ]
        return try questions.flatMap { try sql.rows($0, []) }.compactMap { row in
            try row.text(1) == row.text(2) ? nil : "\(try row.text(0)) speaks for \(try row.text(2))"
        }
    }
}
