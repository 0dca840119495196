import Effects
import Ledgers
import Regions
import Storage

/// Drops some batches of others while their chain moves on.
struct BatchDropper: StatementTamper {
    let random: any RandomSource

    func execute(
        _ sql: SQLText, _ arguments: [any SQLConvertible], in transaction: any SQLTransaction
    ) throws -> Int {
        guard sql.text.hasPrefix("INSERT INTO batch ("), random.number(below: 60) == 0 else {
            return try transaction.execute(sql, arguments)
        }
        return 1
    }
}

/// Sees nothing behind the first page of what waits for a neighbour.
struct FirstPage: StatementTamper {
    func isSeen(_ row: SQLRow, of question: StatementQuestion) -> Bool {
        guard question.sql.text.contains("FROM parcel WHERE delivered_at IS NULL AND recipient = $1"),
            question.arguments.count > 1, case .integer(let since) = question.arguments[1].sqlValue
        else { return true }
        return since == .min
    }
}

/// Says nothing of how far the chains of some authors go, when their nodes ask.
struct ChainHider: StatementTamper {
    let authors: Set<NodeID>

    func isSeen(_ row: SQLRow, of question: StatementQuestion) -> Bool {
        guard question.sql.text.hasPrefix("SELECT author, incarnation, lane, next_sequence FROM chain"),
            question.sql.text.contains("WHERE author = $1"), let author = row.optionalText(0)
        else { return true }
        return !authors.contains { $0.rawValue == author }
    }
}

/// A clock that reads the same at every start of the process, and goes right a moment later.
struct BootClock: TimeSource {
    let inner: any TimeSource
    let boot: WallTime
    let until: MonotonicTime

    var wallTime: WallTime { inner.monotonicTime < until ? boot : inner.wallTime }
    var monotonicTime: MonotonicTime { inner.monotonicTime }

    func sleep(until deadline: MonotonicTime) async throws {
        try await inner.sleep(until: deadline)
    }

    func limit(
        until deadline: MonotonicTime, expire: @escaping @Sendable () -> Void, _ body: () async -> Void
    ) async {
        await inner.limit(until: deadline, expire: expire, body)
    }
}

/// A projection whose kinds anybody may write.
struct Unruled: Projection {
    let inner: any Projection

    var name: String { inner.name }
    var declared: [DeclaredKind] { inner.declared.map { DeclaredKind($0.kind, author: AuthorRule { _ in }) } }
    var alsoFolds: Set<EntryKind> { inner.alsoFolds }
    var tables: [StaticString] { inner.tables }
    var migrations: [Migration] { inner.migrations }

    func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        try inner.fold(entry, in: transaction, context: context)
    }
}
