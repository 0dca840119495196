import Consultation
import Effects
import Indicators
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

/// Writes what a report means once more, under a row of its own, as a fold does that counts instead of naming its entry.
struct DoubleFolder: StatementTamper {
    let random: any RandomSource

    func execute(
        _ sql: SQLText, _ arguments: [any SQLConvertible], in transaction: any SQLTransaction
    ) throws -> Int {
        let changed = try transaction.execute(sql, arguments)
        guard sql.text.hasPrefix("INSERT INTO report_version"), random.number(below: 40) == 0,
            case .text(let entry) = arguments.first?.sqlValue,
            let id = try? EntryID(entry)
        else { return changed }
        let again = EntryID(batch: id.batch, index: id.index &+ 1_000_000)
        return try transaction.execute(sql, [again.description] + arguments.dropFirst())
    }
}

/// Hides from a home which of its attempts have been claimed, when it decides about a command.
struct ClaimHider: StatementTamper {
    func isSeen(_ row: SQLRow, of question: StatementQuestion) -> Bool {
        guard question.isWriting, question.sql.text.hasPrefix("SELECT entry, kind, fields, author_time"),
            question.sql.text.contains("consultation_event"), let kind = row.optionalInteger(1)
        else { return true }
        return kind != Int64(EntryKind.consultationClaimed.rawValue)
    }
}

/// Reads the parts of others' figures into 32 bits.
struct NarrowSum: StatementTamper {
    func changed(_ row: SQLRow, of question: StatementQuestion) -> SQLRow {
        guard question.sql.text.hasPrefix("SELECT entry, fields FROM indicator_submission"),
            let bytes = row.optionalBytes(1), var submission = try? IndicatorSubmission(bytes: bytes)
        else { return row }
        submission.total = IndicatorSheet(
            submission.total.parts.mapValues { parts in
                IndicatorParts(
                    numerator: Int64(Int32(truncatingIfNeeded: parts.numerator)),
                    denominator: Int64(Int32(truncatingIfNeeded: parts.denominator)), histogram: parts.histogram)
            })
        guard let narrow = try? submission.encoded() else { return row }
        return SQLRow([row.values[0], .bytes(narrow)])
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
