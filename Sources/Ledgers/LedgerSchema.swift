package import Storage

/// The ledger's own tables.
///
/// They are the truth; every other table is a fold of them or a courier's bookkeeping.
package enum LedgerSchema {
    package static let migrations: [Migration] = [
        Migration(
            "ledger", 1,
            [
                """
                CREATE TABLE chain (
                    id BIGINT NOT NULL PRIMARY KEY, author TEXT NOT NULL, incarnation BIGINT NOT NULL,
                    lane BIGINT NOT NULL, next_sequence BIGINT NOT NULL, last_hash BYTEA NOT NULL, blocked TEXT,
                    UNIQUE (author, incarnation, lane))
                """,
                """
                CREATE TABLE batch (
                    chain BIGINT NOT NULL, sequence BIGINT NOT NULL, header BYTEA NOT NULL, seal BYTEA NOT NULL,
                    header_hash BYTEA NOT NULL, received_at BIGINT NOT NULL, entry_count BIGINT NOT NULL,
                    raw_bytes BIGINT NOT NULL, stored_bytes BIGINT NOT NULL, arrival BIGINT NOT NULL,
                    PRIMARY KEY (chain, sequence))
                """,
                "CREATE INDEX batch_by_arrival ON batch (arrival)",
                """
                CREATE TABLE segment (
                    chain BIGINT NOT NULL, sequence BIGINT NOT NULL, position BIGINT NOT NULL, data BYTEA NOT NULL,
                    PRIMARY KEY (chain, sequence, position))
                """,
                """
                CREATE TABLE fork (
                    chain BIGINT NOT NULL, sequence BIGINT NOT NULL, header_hash BYTEA NOT NULL,
                    bytes BYTEA NOT NULL, received_at BIGINT NOT NULL, PRIMARY KEY (chain, sequence, header_hash))
                """,
                """
                CREATE TABLE excerpt (
                    entry TEXT NOT NULL PRIMARY KEY, batch TEXT NOT NULL, bytes BYTEA NOT NULL,
                    received_at BIGINT NOT NULL, arrival BIGINT NOT NULL)
                """,
                "CREATE INDEX excerpt_by_arrival ON excerpt (arrival)",
                "CREATE INDEX excerpt_by_batch ON excerpt (batch)",
                """
                CREATE TABLE held (
                    entry TEXT NOT NULL, cause TEXT NOT NULL, since BIGINT NOT NULL, PRIMARY KEY (entry, cause))
                """,
                "CREATE INDEX held_by_cause ON held (cause)",
                """
                CREATE TABLE set_aside (
                    entry TEXT NOT NULL PRIMARY KEY, kind BIGINT NOT NULL, reason TEXT NOT NULL,
                    since BIGINT NOT NULL)
                """,
                """
                CREATE TABLE delivery (
                    neighbour TEXT NOT NULL, chain BIGINT NOT NULL, next_sequence BIGINT NOT NULL,
                    PRIMARY KEY (neighbour, chain))
                """,
                """
                CREATE TABLE parcel (
                    recipient TEXT NOT NULL, entry TEXT NOT NULL, grant_entry TEXT NOT NULL, since BIGINT NOT NULL,
                    delivered_at BIGINT, PRIMARY KEY (recipient, entry))
                """,
            ]),
        Migration(
            "ledger", 2,
            [
                // The batch that a chain says it continues, while that batch does not lie here.
                "ALTER TABLE chain ADD COLUMN awaited TEXT",
                "CREATE INDEX chain_by_awaited ON chain (awaited)",
                "CREATE INDEX parcel_by_entry ON parcel (entry)",
                "CREATE INDEX parcel_by_delivery ON parcel (delivered_at)",
            ]),
        Migration(
            "ledger", 3,
            [
                // Deliveries of parcels to a neighbour are numbered, and each node keeps the last number it was sent:
                // a neighbour whose disk was put back says a lower one and is sent the rest again.
                "ALTER TABLE parcel ADD COLUMN via TEXT",
                "ALTER TABLE parcel ADD COLUMN mark BIGINT",
                "CREATE INDEX parcel_by_mark ON parcel (via, mark)",
                "CREATE TABLE parcel_mark (neighbour TEXT NOT NULL PRIMARY KEY, mark BIGINT NOT NULL)",
            ]),
        Migration(
            "ledger", 4,
            [
                """
                CREATE TABLE attachment (
                    digest BYTEA NOT NULL PRIMARY KEY, manifest BYTEA NOT NULL, size BIGINT NOT NULL,
                    chunks BIGINT NOT NULL, kept BIGINT NOT NULL, state BIGINT NOT NULL, author TEXT NOT NULL,
                    since BIGINT NOT NULL)
                """,
                "CREATE INDEX attachment_by_state ON attachment (state, author, since)",
                "CREATE INDEX attachment_by_kept ON attachment (kept, size)",
                "CREATE INDEX attachment_by_age ON attachment (since)",
                """
                CREATE TABLE attachment_chunk (
                    digest BYTEA NOT NULL, position BIGINT NOT NULL, data BYTEA NOT NULL,
                    PRIMARY KEY (digest, position))
                """,
                """
                CREATE TABLE attachment_use (
                    entry TEXT NOT NULL, digest BYTEA NOT NULL, author TEXT NOT NULL, audience BIGINT NOT NULL,
                    PRIMARY KEY (entry, digest))
                """,
                "CREATE INDEX attachment_use_by_digest ON attachment_use (digest)",
                // What a neighbour is to have of the documents here and has not acknowledged.
                """
                CREATE TABLE attachment_due (
                    neighbour TEXT NOT NULL, digest BYTEA NOT NULL, since BIGINT NOT NULL, size BIGINT NOT NULL,
                    PRIMARY KEY (neighbour, digest))
                """,
            ]),
        Migration(
            "ledger", 5, ["CREATE TABLE ledger_owner (id BIGINT NOT NULL PRIMARY KEY, owner TEXT NOT NULL)"]),
        Migration(
            "ledger", 6,
            [
                // Batches that have arrived and for which more is held back than one commit could fold.
                "CREATE TABLE release_due (batch TEXT NOT NULL PRIMARY KEY, last TEXT NOT NULL)"
            ]),
        Migration(
            "ledger", 7,
            [
                // When an author and its parent were last told that entries of its were set aside for a reason.
                """
                CREATE TABLE set_aside_told (
                    author TEXT NOT NULL, reason TEXT NOT NULL, hour BIGINT NOT NULL, PRIMARY KEY (author, reason))
                """
            ]),
        Migration(
            "ledger", 8,
            [
                // The latest author time that the chain and the incarnations before it had sealed: before the batch,
                // and with it.
                "ALTER TABLE batch ADD COLUMN sealed_before BIGINT",
                "ALTER TABLE batch ADD COLUMN sealed_until BIGINT",
            ]),
        // What a chain holds up to a batch and with it: how much waits for a neighbour is the difference of two rows,
        // however much it is.
        Migration(
            "ledger", 9,
            [
                "ALTER TABLE batch ADD COLUMN entries_until BIGINT",
                "ALTER TABLE batch ADD COLUMN raw_until BIGINT",
                "ALTER TABLE batch ADD COLUMN stored_until BIGINT",
                """
                UPDATE batch SET entries_until = sums.entries, raw_until = sums.raw, stored_until = sums.stored
                FROM (
                    SELECT chain AS of_chain, sequence AS at_sequence,
                        SUM(entry_count) OVER (PARTITION BY chain ORDER BY sequence) AS entries,
                        SUM(raw_bytes) OVER (PARTITION BY chain ORDER BY sequence) AS raw,
                        SUM(stored_bytes) OVER (PARTITION BY chain ORDER BY sequence) AS stored
                    FROM batch) AS sums
                WHERE sums.of_chain = batch.chain AND sums.at_sequence = batch.sequence
                """,
            ]),
        // What is held back waits for an entry and no longer for its whole batch. What waited before is looked at once more
        // at the next start, and held back for what it needs.
        Migration(
            "ledger", 10,
            [
                "DROP INDEX held_by_cause",
                "CREATE INDEX held_by_cause ON held (cause, entry)",
                "UPDATE held SET cause = cause || '/0'",
                "DROP TABLE release_due",
                """
                CREATE TABLE release_due (
                    below TEXT NOT NULL PRIMARY KEY, cause TEXT NOT NULL, entry TEXT NOT NULL)
                """,
                "INSERT INTO release_due (below, cause, entry) SELECT DISTINCT cause || '!', cause, '' FROM held",
            ]),
        // What is stored while it comes has no name before its end: its chunks lie under a place, and the attachment that
        // they turn out to be names the place.
        Migration(
            "ledger", 11,
            [
                "ALTER TABLE attachment ADD COLUMN place BYTEA",
                """
                CREATE TABLE attachment_draft (
                    place BYTEA NOT NULL PRIMARY KEY, reserved BIGINT NOT NULL, since BIGINT NOT NULL)
                """,
                "CREATE INDEX attachment_draft_by_age ON attachment_draft (since)",
                // What has begun to lie here, counted once for all who ask whether there is room.
                "CREATE TABLE attachment_total (id BIGINT NOT NULL PRIMARY KEY, bytes BIGINT NOT NULL)",
                """
                INSERT INTO attachment_total (id, bytes)
                SELECT 0, COALESCE(SUM(size), 0) FROM attachment WHERE kept > 0
                """,
            ]),
    ]
}
