import Effects
import Ledgers
import Simulator
import Storage

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
