import Effects
package import Ledgers
import Regions
import ServiceKit
package import Storage

/// Every edition of every unit's figures that lies at this node, its own included.
///
/// Rows stand under their entry's id and hold nothing but what the entry says, so order and repetition do not matter.
package struct IndicatorsProjection: Projection {
    package init() {}

    package let name = "indicators"
    package let declared = [DeclaredKind(.indicatorSubmission, author: .submission)]
    package let tables: [StaticString] = ["indicator_submission"]
    package let migrations = [
        Migration(
            "indicators", 1,
            [
                """
                CREATE TABLE indicator_submission (
                    entry TEXT NOT NULL PRIMARY KEY, unit TEXT NOT NULL, period TEXT NOT NULL, version BIGINT NOT NULL,
                    author_time BIGINT NOT NULL, starts_at BIGINT NOT NULL, ends_at BIGINT NOT NULL,
                    fields BYTEA NOT NULL)
                """,
                "CREATE INDEX indicator_submission_by_period ON indicator_submission (period, unit, version)",
                "CREATE INDEX indicator_submission_by_end ON indicator_submission (ends_at)",
                """
                CREATE TABLE indicator_start (node TEXT NOT NULL PRIMARY KEY, at BIGINT NOT NULL)
                """,
            ])
    ]

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        let submission = try IndicatorSubmission(bytes: entry.fields)
        guard submission.subject == entry.subject else {
            throw Failure("indicators.malformed", "a submission contradicts its subject")
        }
        try transaction.execute(
            """
            INSERT INTO indicator_submission (entry, unit, period, version, author_time, starts_at, ends_at, fields)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (entry) DO NOTHING
            """,
            [
                entry.id.description, submission.unit.rawValue, submission.period.description, submission.version,
                entry.authorTime.milliseconds, submission.period.start.milliseconds,
                submission.period.end.milliseconds, entry.fields,
            ])
    }
}
