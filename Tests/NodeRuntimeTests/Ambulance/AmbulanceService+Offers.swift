import Effects
import Ledgers
import ServiceKit

/// What the toy service counts for those who watch the node.
extension AmbulanceService: FigureOffer {
    func figures() async throws -> [ServiceFigure] {
        [ServiceFigure("ambulance_trips", "Ambulances that went out.", Double(try await trips().count))]
    }
}

/// What hospitals' systems are told by themselves: that an ambulance is on its way.
extension AmbulanceService: OutgoingSource {
    func dueMessages(after position: Int64, limit: Int) async throws -> [OutgoingNotice] {
        try await context.ledger.read { sql in
            try sql.rows(
                "SELECT entry, plate, rowid FROM ambulance_trip WHERE is_told = 0 AND rowid > $1 ORDER BY rowid LIMIT $2",
                [.integer(position), .integer(Int64(limit))]
            ).map { row in
                OutgoingNotice(
                    key: try row.text(0), kind: .reports, institution: context.node.rawValue, patient: try row.text(1),
                    position: try row.integer(2))
            }
        }
    }

    func content(of notice: OutgoingNotice) -> OutgoingContent? {
        OutgoingContent(hl7: { "MSH|^~\\&|YILIAN|||\($0.facility)\rOBR|1||\(notice.patient)\r" })
    }

    func mark(_ notice: OutgoingNotice, in transaction: LedgerTransaction) throws {
        try transaction.sql.execute("UPDATE ambulance_trip SET is_told = 1 WHERE entry = $1", [.text(notice.key)])
    }
}
