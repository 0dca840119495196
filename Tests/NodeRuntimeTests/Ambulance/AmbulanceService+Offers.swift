import Effects
import Ledgers
import ServiceKit
import Storage

/// What the toy service counts for those who watch the node.
extension AmbulanceService: FigureOffer {
    func figures() async throws -> [ServiceFigure] {
        [ServiceFigure("ambulance_trips", "Ambulances that went out.", Double(try await trips().count))]
    }
}

/// What hospitals' systems are told by themselves: that an ambulance is on its way.
extension AmbulanceService: OutgoingSource {
    var reads: Set<LedgerPart> { [.table("ambulance_trip")] }

    func dueMessages(after position: Int64, limit: Int) async throws -> [OutgoingNotice] {
        try await context.ledger.read { sql in
            try sql.rows(
                "SELECT entry, plate, rowid FROM ambulance_trip WHERE is_told = 0 AND rowid > $1 ORDER BY rowid LIMIT $2",
                [position, Int64(limit)]
            ).map(notice)
        }
    }

    func message(_ key: String) async throws -> OutgoingNotice? {
        try await context.ledger.read { sql in
            try sql.row("SELECT entry, plate, rowid FROM ambulance_trip WHERE entry = $1", [key]).map(notice)
        }
    }

    private func notice(_ row: SQLRow) throws -> OutgoingNotice {
        OutgoingNotice(
            key: try row.text(0), kind: .reports, institution: context.node.rawValue, patients: [try row.text(1)],
            position: try row.integer(2))
    }

    func content(of notice: OutgoingNotice, for systems: [String]) -> OutgoingContent? {
        let plate = notice.patients.first ?? ""
        return OutgoingContent(hl7: { "MSH|^~\\&|YILIAN|||\($0.facility)\rOBR|1||\(plate)\r" })
    }

    func mark(_ notice: OutgoingNotice, in transaction: LedgerTransaction) throws {
        try transaction.sql.execute("UPDATE ambulance_trip SET is_told = 1 WHERE entry = $1", [notice.key])
    }

    /// An ambulance of yesterday is of no use to anybody: nothing is held.
    func heldMessages() -> [HeldMessages] { [] }

    func settleHeld(
        _ kind: OutgoingKind, asDue: Bool, since time: WallTime, in transaction: LedgerTransaction
    ) -> Int { 0 }
}
