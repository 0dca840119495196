package import Ledgers
package import Storage

/// The tables of outgoing messages; they are bookkeeping of this node, made of no entries, and no refold empties them.
package struct DestinationProjection: Projection {
    package let name = "destinations"
    package let declared: [DeclaredKind] = []
    package let tables: [StaticString] = []
    package let migrations = [
        Migration(
            "destinations", 1,
            [
                """
                CREATE TABLE outgoing_message (
                    number BIGINT NOT NULL PRIMARY KEY, destination TEXT NOT NULL, message TEXT NOT NULL,
                    kind TEXT NOT NULL, patient TEXT NOT NULL, control TEXT NOT NULL, target TEXT NOT NULL,
                    state TEXT NOT NULL, is_first BIGINT NOT NULL, made_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
                    due BIGINT NOT NULL, attempts BIGINT NOT NULL, faults BIGINT NOT NULL, size BIGINT NOT NULL,
                    code TEXT NOT NULL, reason TEXT NOT NULL, is_wanted BIGINT NOT NULL, body BYTEA,
                    UNIQUE (destination, message))
                """,
                """
                CREATE TABLE outgoing_patient (
                    destination TEXT NOT NULL, name TEXT NOT NULL, number BIGINT NOT NULL,
                    PRIMARY KEY (destination, name, number))
                """,
                "CREATE INDEX outgoing_patient_by_number ON outgoing_patient (number)",
                "CREATE INDEX outgoing_by_due ON outgoing_message (destination, state, is_first, due, number)",
                "CREATE INDEX outgoing_by_trial ON outgoing_message (destination, state, is_first, attempts, due, number)",
                "CREATE INDEX outgoing_by_wish ON outgoing_message (destination, is_wanted, number)",
                "CREATE INDEX outgoing_by_patient ON outgoing_message (destination, patient, state, number)",
                "CREATE INDEX outgoing_by_state ON outgoing_message (destination, state, number, size, made_at)",
                "CREATE INDEX outgoing_by_change ON outgoing_message (state, changed_at)",
            ]),
        // What waits is known without being counted, and whose turn it is without a look at what waits behind.
        Migration(
            "destinations", 2,
            [
                """
                CREATE TABLE outgoing_load (
                    destination TEXT NOT NULL PRIMARY KEY, messages BIGINT NOT NULL, bytes BIGINT NOT NULL)
                """,
                """
                INSERT INTO outgoing_load (destination, messages, bytes)
                SELECT destination, COUNT(*), SUM(size) FROM outgoing_message WHERE state IN ('waiting', 'held')
                GROUP BY destination
                """,
                "CREATE INDEX outgoing_by_age ON outgoing_message (destination, state, made_at)",
                "CREATE INDEX outgoing_by_turn ON outgoing_message (destination, patient, is_first)",
            ]),
    ]

    package init() {}

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {}
}
