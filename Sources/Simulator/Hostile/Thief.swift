package import Effects
package import Ledgers
package import Regions
package import Storage
import Trust
import Wire

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

/// What thieves have written under stolen keys, so that checkers can tell it from what the nodes wrote themselves.
///
/// A seal does not tell them apart; only the simulation knows.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
package final class Thefts: @unchecked Sendable {
    private struct Incarnation: Hashable {
        var author: NodeID
        var number: UInt64
    }

    private var incarnations: Set<Incarnation> = []
    /// Entries that were taken in by somebody.
    private(set) var entriesTaken = 0

    func begin(_ key: StolenKey) {
        incarnations.insert(Incarnation(author: key.node, number: key.incarnation))
    }

    func took(_ count: Int) { entriesTaken += count }

    package func wrote(_ entry: EntryID) -> Bool {
        incarnations.contains(Incarnation(author: entry.author, number: entry.batch.chain.incarnation))
    }

    /// - Parameter entry: printed, as it stands in a table.
    package func wrote(_ entry: String) -> Bool { (try? EntryID(entry)).map(wrote) ?? false }
}

/// A ledger key that came with a stolen certificate: seals whatever its thief likes, properly, in a chain of its own.
///
/// Every signature, root and chain is right, so whoever receives it takes it for the node's own.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
package final class StolenKey: @unchecked Sendable {
    /// One entry as the thief wants it, and the author's time that it claims.
    package struct Item {
        package var draft: EntryDraft
        package var time: WallTime?

        package init(draft: EntryDraft, time: WallTime?) {
            self.draft = draft
            self.time = time
        }
    }

    package let node: NodeID
    let incarnation: UInt64
    private let sealer: BatchSealer
    private var heads: [Lane: (next: UInt64, previous: Digest?)] = [:]

    /// - Parameter incarnation: none that the node itself has opened.
    init(of member: SimulatedRegion.Member, incarnation: UInt64, random: any RandomSource) {
        node = member.id
        self.incarnation = incarnation
        sealer = BatchSealer(suite: .ed25519, key: member.signingKey, random: random, codec: .none, level: 1)
    }

    /// The identity that an entry of the next batch has, or of one that will never come.
    func id(_ index: Int, later: UInt64 = 0, lane: Lane) -> EntryID {
        EntryID(
            batch: BatchIdentity(
                chain: ChainIdentity(author: node, incarnation: incarnation, lane: lane),
                sequence: (heads[lane]?.next ?? 0) + later),
            index: UInt32(clamping: index))
    }

    /// Seals entries as the next batch of a lane; the one after it follows only when ``took(_:)`` was called.
    func seal(_ items: [Item], lane: Lane, at time: WallTime) throws -> BatchSealer.Result {
        let waiting = items.enumerated().map { index, item in
            BatchSealer.Waiting(id: id(index, lane: lane), draft: item.draft, time: item.time ?? time)
        }
        return try sealer.seal(
            waiting, identity: id(0, lane: lane).batch, previous: heads[lane]?.previous, continuedFrom: nil)
    }

    /// A receiver has the batch.
    func took(_ batch: BatchSealer.Result) {
        let identity = batch.header.identity
        heads[identity.chain.lane] = (identity.sequence + 1, batch.headerDigest)
    }
}
