import Effects
import Ledgers
import ServiceKit

/// What changes in a workflow's work list, for whoever follows it.
///
/// It begins with the list itself, those that are due next first, unless a position is named; a position that this store
/// never had, such as one from before its node was restored, is none. Then each case comes that something happens to, as it is then, the last one that is left to do nothing about, too.
actor CaseFeed<W: Workflow> {
    private let book: CaseBook<W>
    private var position: Int64?
    /// Whether the position was given by whoever follows, and not seen in this store yet.
    private var isForeign: Bool
    private let changed: Wakeup
    private var seen: UInt64 = 0

    private static var pageCount: Int { 200 }
    /// How long nothing is said where nothing happens.
    private static var silenceMilliseconds: Int64 { 15_000 }

    init(book: CaseBook<W>, after position: Int64?) {
        self.book = book
        self.position = position
        isForeign = position != nil
        changed = book.context.ledger.changes(of: [CaseWork<W>.part])
    }

    func next() async throws -> [EventFeed.Event] {
        let context = book.context
        if isForeign, let given = position, try await context.ledger.read(CaseWork<W>.position) < given {
            position = nil
        }
        isForeign = false
        guard let position else { return try await list() }
        if let events = try await changes(after: position) { return events }
        await changed.wait(
            since: seen, orMilliseconds: Self.silenceMilliseconds, time: context.world.time)
        try Task.checkCancellation()
        return try await changes(after: position) ?? []
    }

    /// The whole list; whoever loses the stream before its end begins anew.
    private func list() async throws -> [EventFeed.Event] {
        let limit = Limits.queryResults
        let (records, last) = try await book.context.ledger.read { sql in
            (try CaseWork<W>.next(limit: limit, in: sql), try CaseWork<W>.position(in: sql))
        }
        position = last
        return try records.map { try Self.event($0, id: nil) } + [EventFeed.Event("listed", id: "\(last)", data: "{}")]
    }

    private func changes(after position: Int64) async throws -> [EventFeed.Event]? {
        seen = changed.count
        let limit = Self.pageCount
        let changed = try await book.context.ledger.read { sql in
            try CaseWork<W>.changes(after: position, limit: limit, in: sql).map {
                ($0.position, try CaseTable<W>.record($0.id, in: sql))
            }
        }
        guard let last = changed.last else { return nil }
        self.position = last.0
        return try changed.compactMap { position, record in
            try record.map { try Self.event($0, id: "\(position)") }
        }
    }

    private static func event(_ record: CaseRecord<W>, id: String?) throws -> EventFeed.Event {
        let bytes = try OperatorJSON.bytes(CaseInfo(record))
        return EventFeed.Event("case", id: id, data: String(decoding: bytes, as: UTF8.self))
    }
}
