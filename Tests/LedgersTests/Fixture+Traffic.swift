import Effects
import Regions
import Storage
import Testing
import Wire

@testable import Ledgers

extension EntryDraft {
    static func note(
        _ subject: String, causes: [EntryID] = [], header: Audience = .city, payload: String? = nil,
        payloadAudience: Audience = .parent
    ) -> EntryDraft {
        EntryDraft(
            kind: .note, subject: subject, causes: causes, fields: Array("fields of \(subject)".utf8),
            headerAudience: header, payload: payload.map { Array($0.utf8) }, payloadAudience: payloadAudience)
    }

    static func void(_ causes: [EntryID]) -> EntryDraft {
        EntryDraft(kind: .void, subject: "void", causes: causes, fields: [], headerAudience: .city)
    }

    static func brittle(_ subject: String) -> EntryDraft {
        EntryDraft(kind: .brittle, subject: subject, fields: [], headerAudience: .city)
    }
}

extension Ledger {
    @discardableResult
    func append(_ drafts: [EntryDraft], lane: Lane = .bulk) async throws -> [EntryID] {
        try await write(lane: lane) { transaction in try drafts.map { try transaction.append($0) } }
    }

    @discardableResult
    func append(_ draft: EntryDraft, lane: Lane = .bulk) async throws -> EntryID {
        try #require(try await append([draft], lane: lane).first)
    }

    /// This node's own batches of a lane, whole, in order of incarnation and sequence.
    func ownBatches(lane: Lane) async throws -> [SealedBatch] {
        var result: [SealedBatch] = []
        for position in try await positions() where position.chain.author == node && position.chain.lane == lane {
            result += try await batches(
                from: ChainPosition(chain: position.chain, nextSequence: 0), for: node, limit: .max, limitBytes: .max)
        }
        return result
    }

    /// Takes batches from a neighbour as the courier does.
    @discardableResult
    func take(_ batches: [SealedBatch]) async throws -> IngestReceipt {
        let now = world.time.wallTime
        let opened = try batches.map { try inspector.inspect($0, receivedTime: now) }
        return try await ingest(opened, lane: opened.first?.header.identity.chain.lane ?? .bulk)
    }

    /// Takes the next batches of every chain of `source`, pruned for this node, until there are no more.
    func catchUp(with source: Ledger, lanes: [Lane] = [.clinical, .bulk]) async throws {
        for position in try await source.positions() where lanes.contains(position.chain.lane) {
            while true {
                let mine = try await positions().first { $0.chain == position.chain }?.nextSequence ?? 0
                let from = ChainPosition(chain: position.chain, nextSequence: mine)
                let batches = try await source.batches(from: from, for: node, limit: 16)
                if batches.isEmpty { break }
                let receipt = try await take(batches)
                guard receipt.outcomes.allSatisfy({ $0.outcome == .stored }) else { break }
            }
        }
    }

    /// Takes one excerpt as a parcel, under a grant's name.
    func take(
        _ excerpt: Excerpt, grant: EntryID, proof: Excerpt? = nil, for recipient: NodeID? = nil
    ) async throws {
        let opened = try inspector.inspect(excerpt, receivedTime: world.time.wallTime)
        let proofs = try [proof].compactMap { $0 }
            .map { try inspector.inspect($0, receivedTime: world.time.wallTime) }
        try await ingest(parcels: [(excerpt: opened, grant: grant, recipient: recipient ?? node)], proofs: proofs)
    }

    /// Every table that a refold makes again, in a fixed order.
    func tables() async throws -> [[[SQLValue]]] {
        try await read { sql in
            [
                try sql.rows("SELECT * FROM note ORDER BY entry", []),
                try sql.rows("SELECT * FROM note_void ORDER BY entry, target", []),
                try sql.rows("SELECT entry, cause FROM held ORDER BY entry, cause", []),
                try sql.rows("SELECT entry, kind, reason FROM set_aside ORDER BY entry", []),
            ].map { $0.map(\.values) }
        }
    }

    func count(_ sql: SQLText) async throws -> Int64 {
        try await read { try $0.row(sql, [])?.integer(0) ?? 0 }
    }

    var noteCount: Int64 { get async throws { try await count("SELECT COUNT(*) FROM note") } }
}

extension SeededRandom {
    func choice<Element>(_ items: [Element]) -> Element? {
        items.isEmpty ? nil : items[Int(number(below: UInt64(items.count)))]
    }

    func chance(of parts: UInt64, in whole: UInt64) -> Bool { number(below: whole) < parts }
}

extension Array where Element == UInt8 {
    func flipping(bit: Int) -> [UInt8] {
        var copy = self
        copy[bit / 8] ^= 1 << UInt8(bit % 8)
        return copy
    }
}
