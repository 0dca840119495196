import Effects
import Ledgers
package import Regions
import ServiceKit
import Storage

/// What a node's index holds, by author, and how long it took to get here.
package struct RecognitionStatistics: Sendable, Equatable {
    package struct Author: Sendable, Equatable {
        package var author: NodeID
        /// Versions of reports, voids included.
        package var versions: Int
        package var results: Int
        package var void: Int
    }

    package var authors: [Author]
    /// Milliseconds from the author's disk to this node's disk, over everything that others wrote; the two clocks are
    /// compared as they are.
    package var delayMilliseconds: Percentiles?

    /// The middle and the slow end of a set of durations.
    package struct Percentiles: Sendable, Equatable {
        package var count: Int
        package var p50: Int64
        package var p99: Int64

        /// `nil` for no durations.
        package init?(_ durations: [Int64]) {
            guard !durations.isEmpty else { return nil }
            let sorted = durations.sorted()
            count = sorted.count
            p50 = sorted[(sorted.count - 1) / 2]
            p99 = sorted[(sorted.count - 1) * 99 / 100]
        }
    }
}

extension RecognitionService {
    /// Counts the index of this node.
    package func statistics() async throws -> RecognitionStatistics {
        let node = context.node
        return try await context.ledger.read { sql in
            let authors = try sql.rows(
                """
                SELECT author, COUNT(*), COUNT(DISTINCT report_rest), SUM(CASE WHEN status = 4 THEN 1 ELSE 0 END)
                FROM report_version GROUP BY author ORDER BY author
                """, []
            ).map { row in
                RecognitionStatistics.Author(
                    author: try NodeID(try row.text(0)), versions: Int(try row.integer(1)),
                    results: Int(try row.integer(2)), void: Int(try row.integer(3)))
            }
            let durations = try sql.rows(
                "SELECT received_at - author_time FROM report_version WHERE author <> $1 LIMIT 1000000",
                [node.rawValue]
            ).map { try $0.integer(0) }
            return RecognitionStatistics(authors: authors, delayMilliseconds: .init(durations))
        }
    }
}
