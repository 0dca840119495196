package import Ledgers
package import Storage

/// The tables in which the cases of all workflows lie; a node declares them once, and each workflow folds into them.
package struct CaseTables: Projection {
    package init() {}

    package let name = "cases"
    package let declared: [DeclaredKind] = []
    package let tables: [StaticString] = ["case_event", "case_state", "case_attempt"]
    package let migrations = [
        Migration(
            "cases", 1,
            [
                """
                CREATE TABLE case_event (
                    entry TEXT NOT NULL PRIMARY KEY, workflow TEXT NOT NULL, case_id TEXT NOT NULL, kind BIGINT NOT NULL,
                    author_time BIGINT NOT NULL, received_at BIGINT NOT NULL, fields BYTEA NOT NULL,
                    content_digest BYTEA, has_payload BIGINT NOT NULL)
                """,
                "CREATE INDEX case_event_by_case ON case_event (workflow, case_id)",
                """
                CREATE TABLE case_state (
                    workflow TEXT NOT NULL, case_id TEXT NOT NULL, origin TEXT NOT NULL, kind TEXT NOT NULL,
                    topic TEXT NOT NULL, made_at BIGINT NOT NULL, state TEXT NOT NULL, is_open BIGINT NOT NULL,
                    entry_count BIGINT NOT NULL, entry TEXT, PRIMARY KEY (workflow, case_id))
                """,
                "CREATE INDEX case_state_open ON case_state (workflow, is_open, case_id)",
                "CREATE INDEX case_state_by_time ON case_state (workflow, made_at)",
                "CREATE INDEX case_state_by_state ON case_state (workflow, state, made_at)",
                """
                CREATE TABLE case_attempt (
                    workflow TEXT NOT NULL, case_id TEXT NOT NULL, attempt BIGINT NOT NULL, home TEXT NOT NULL,
                    term BIGINT NOT NULL, state TEXT NOT NULL, holder TEXT, held_since BIGINT, deadline BIGINT,
                    PRIMARY KEY (workflow, case_id, attempt, home))
                """,
            ]),
        // Bookkeeping, not a projection: when each open case is to be looked at next, whom somebody has let have one, which
        // order numbers made which, and which answers hospitals' systems are to be told. No refold does any of it again.
        Migration(
            "cases", 2,
            [
                """
                CREATE TABLE case_schedule (
                    workflow TEXT NOT NULL, case_id TEXT NOT NULL, due BIGINT NOT NULL, stamp BIGINT NOT NULL,
                    PRIMARY KEY (workflow, case_id))
                """,
                "CREATE INDEX case_schedule_by_due ON case_schedule (workflow, due, case_id)",
                """
                CREATE TABLE case_share (
                    entry TEXT NOT NULL, recipient TEXT NOT NULL, PRIMARY KEY (entry, recipient))
                """,
                """
                CREATE TABLE case_order (
                    workflow TEXT NOT NULL, unit TEXT NOT NULL, order_number TEXT NOT NULL, case_id TEXT NOT NULL,
                    content_digest BYTEA NOT NULL, PRIMARY KEY (workflow, unit, order_number))
                """,
                "CREATE INDEX case_order_by_case ON case_order (workflow, case_id)",
                """
                CREATE TABLE case_answer (
                    entry TEXT NOT NULL PRIMARY KEY, workflow TEXT NOT NULL, case_id TEXT NOT NULL,
                    position BIGINT NOT NULL, unit TEXT NOT NULL, patients TEXT NOT NULL, written_at BIGINT NOT NULL,
                    state TEXT NOT NULL)
                """,
                "CREATE INDEX case_answer_by_position ON case_answer (position)",
                "CREATE INDEX case_answer_by_state ON case_answer (workflow, state, position)",
                "CREATE INDEX case_answer_by_case ON case_answer (workflow, case_id)",
            ]),
        Migration(
            "cases", 3,
            ["CREATE TABLE case_forgotten (workflow TEXT NOT NULL PRIMARY KEY, before BIGINT NOT NULL)"]),
        // What is due next, for work lists; and, as bookkeeping, in which order cases changed last here, for those who follow.
        Migration(
            "cases", 4,
            [
                "ALTER TABLE case_state ADD COLUMN next_due BIGINT NOT NULL DEFAULT 9223372036854775807",
                "CREATE INDEX case_state_by_due ON case_state (workflow, is_open, next_due, case_id)",
                """
                CREATE TABLE case_change (
                    workflow TEXT NOT NULL, case_id TEXT NOT NULL, position BIGINT NOT NULL,
                    PRIMARY KEY (workflow, case_id))
                """,
                "CREATE INDEX case_change_by_position ON case_change (workflow, position)",
            ]),
        // Which case makes it, and for which day.
        Migration(
            "cases", 5,
            [
                "ALTER TABLE case_state ADD COLUMN plan TEXT",
                "ALTER TABLE case_state ADD COLUMN planned_for BIGINT",
                "CREATE INDEX case_state_by_plan ON case_state (workflow, plan, planned_for)",
            ]),
        Migration(
            "cases", 6, ["CREATE INDEX case_attempt_by_holder ON case_attempt (workflow, holder, state, home)"]),
    ]

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {}
}
