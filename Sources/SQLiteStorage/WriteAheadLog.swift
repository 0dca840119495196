import GRDB
import GRDBSQLite
import Synchronization

/// How long the write-ahead log is, and whether it is time to bring it into the database.
///
/// SQLite says its length after every commit. Counting commits is not enough: one of bulk can write thousands of pages.
final class WriteAheadLog: Sendable {
    private static let commitsPerCheckpoint = 128
    /// 64 MiB of pages of 4 KiB.
    static let usualPagesPerCheckpoint = 16_384

    private let pagesPerCheckpoint: Int
    /// From here on readers are waited for, so that the log starts again from its beginning.
    private var pagesAtMost: Int { 4 * pagesPerCheckpoint }

    private struct State {
        var commits = 0
        var pages = 0
        /// How many of the pages were there at the last checkpoint; it may not have reached all of them.
        var seenPages = 0
    }

    private let state = Mutex(State())

    init(pagesPerCheckpoint: Int) {
        self.pagesPerCheckpoint = pagesPerCheckpoint
    }

    /// Follows the log of the writer's connection; the log must live as long as the connection.
    func follow(_ database: Database) {
        sqlite3_wal_hook(
            database.sqliteConnection,
            { log, _, _, pages in
                if let log { Unmanaged<WriteAheadLog>.fromOpaque(log).takeUnretainedValue().note(Int(pages)) }
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func note(_ pages: Int) {
        state.withLock { state in
            // A log that is shorter than before has begun anew.
            if pages < state.pages { state.seenPages = 0 }
            state.pages = pages
        }
    }

    /// To be asked once after every commit.
    ///
    /// - Returns: how to make the checkpoint that is due.
    func checkpointDue() -> Database.CheckpointMode? {
        state.withLock { state in
            state.commits += 1
            let isLong = state.pages - state.seenPages >= pagesPerCheckpoint
            guard isLong || state.commits % Self.commitsPerCheckpoint == 0 else { return nil }
            state.seenPages = state.pages
            return state.pages >= pagesAtMost ? .truncate : .passive
        }
    }
}
