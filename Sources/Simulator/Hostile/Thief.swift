import Effects
package import Ledgers
package import Storage

/// A thief with a node's ledger key, beside the disk of whoever takes its entries in.
package struct Thief: Sendable {
    package let shared: SharedSimulation
    package let key: StolenKey
    /// Where the thief finds what it copies.
    private let ledger: Ledger

    init(_ shared: SharedSimulation, _ key: StolenKey, ledger: Ledger) {
        self.shared = shared
        self.key = key
        self.ledger = ledger
    }

    /// An entry as the thief wants it.
    package func item(
        _ kind: EntryKind, _ subject: String, _ fields: [UInt8], _ payload: [UInt8]? = nil, causes: [EntryID] = []
    ) -> StolenKey.Item {
        StolenKey.Item(
            draft: EntryDraft(
                kind: kind, subject: subject, causes: causes, fields: fields, headerAudience: .region,
                payload: payload, payloadAudience: .city), time: nil)
    }

    /// Entries of batches that the thief never seals.
    package func lost(_ count: Int) -> [EntryID] {
        (0..<count).map { key.id($0, later: 1_000_000, lane: .clinical) }
    }

    /// Some entries of those that a question names and that lie here.
    package func some(_ count: Int, _ sql: SQLText, _ arguments: [SQLValue]) async throws -> [Entry] {
        let names = try await ledger.read { try $0.rows(sql, arguments).map { try $0.text(0) } }
        var entries: [Entry] = []
        for _ in 0..<count {
            guard let name = shared.choice(names), let entry = try await ledger.entry(EntryID(name)) else { continue }
            if !entries.contains(where: { $0.id == entry.id }) { entries.append(entry) }
        }
        return entries
    }
}
