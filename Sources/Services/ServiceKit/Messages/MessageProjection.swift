package import Ledgers
package import Storage

/// The table of the messages of hospitals' systems that a node took.
///
/// No entry is folded into it and no refold empties it: whatever takes a message writes it (``MessageMemory``), and
/// ``MessagePruning`` forgets it.
package struct MessageProjection: Projection {
    package init() {}

    package let name = "messages"
    package let declared: [DeclaredKind] = []
    package let tables: [StaticString] = []
    package let migrations = [
        Migration(
            "messages", 1,
            [
                """
                CREATE TABLE received_message (
                    source TEXT NOT NULL, message TEXT NOT NULL, digest BYTEA NOT NULL, outcome TEXT NOT NULL,
                    answer BYTEA NOT NULL, received_at BIGINT NOT NULL, institution TEXT NOT NULL,
                    PRIMARY KEY (source, message, digest))
                """,
                "CREATE INDEX received_message_by_id ON received_message (message, received_at)",
                "CREATE INDEX received_message_by_time ON received_message (received_at)",
            ])
    ]

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {}
}
