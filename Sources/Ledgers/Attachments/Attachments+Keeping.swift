package import Effects
package import Regions
package import Storage
package import Trust
import Wire

extension Attachments {
    /// Takes a chunk into the store if it is the one that the manifest names.
    ///
    /// Chunks come in any order; one that lies here already changes nothing.
    ///
    /// - Parameter limitBytes: what the attachments of this store may have together.
    /// - Throws: `attachment.notAnnounced` where nothing here names the attachment; `attachment.badChunk`;
    ///   `attachment.noRoom`.
    static func keep(
        _ bytes: [UInt8], at position: Int, of digest: Digest, limitBytes: Int, suite: Suite,
        in sql: any SQLTransaction
    ) throws -> Progress {
        let row = try sql.row("SELECT manifest, kept, size FROM attachment WHERE digest = $1", [digest.bytes])
        guard let row else {
            throw Failure("attachment.notAnnounced", "no entry that lies here names the attachment", place: digest.hex)
        }
        let manifest = try AttachmentManifest(wireBytes: try row.bytes(0))
        guard manifest.isChunk(bytes, at: position, suite: suite) else {
            throw Failure(
                "attachment.badChunk", "part \(position + 1) of the attachment is not the one that its manifest names",
                place: digest.hex)
        }
        var progress = Progress(kept: Int(try row.integer(1)), count: manifest.chunkCount)
        if progress.isWhole { return progress }
        if progress.kept == 0 { try checkRoom(for: manifest.sizeBytes, limitBytes: limitBytes, in: sql) }
        let added = try sql.execute(
            """
            INSERT INTO attachment_chunk (digest, position, data) VALUES ($1, $2, $3)
            ON CONFLICT (digest, position) DO NOTHING
            """, [digest.bytes, position, bytes])
        guard added > 0 else { return progress }
        if progress.kept == 0 { try count(manifest.sizeBytes, in: sql) }
        progress.kept += 1
        try sql.execute("UPDATE attachment SET kept = $1 WHERE digest = $2", [progress.kept, digest.bytes])
        if progress.isWhole {
            try sql.execute(
                "UPDATE attachment SET state = $1 WHERE digest = $2", [State.whole.rawValue, digest.bytes])
        }
        return progress
    }

    /// - Throws: `attachment.noRoom` where what has begun to lie here leaves less than `sizeBytes`.
    static func checkRoom(for sizeBytes: Int, limitBytes: Int, in sql: any SQLTransaction) throws {
        guard try bytesBegun(in: sql) + sizeBytes > limitBytes else { return }
        throw Failure(
            "attachment.noRoom", "the attachments of this node have \(limitBytes) bytes, and more is not taken",
            remedy: "make room: the node keeps its documents in ledger.db")
    }

    /// What the attachments have together of which something lies here, with what is reserved for those that come.
    static func bytesBegun(in sql: any SQLTransaction) throws -> Int {
        Int(try sql.row("SELECT bytes FROM attachment_total WHERE id = 0", [])?.integer(0) ?? 0)
    }

    /// Counts bytes that have begun to lie here, or do so no longer.
    static func count(_ bytes: Int, in sql: any SQLTransaction) throws {
        try sql.execute("UPDATE attachment_total SET bytes = bytes + $1 WHERE id = 0", [bytes])
    }

    /// Whose attachments are wanted here.
    package static func wantedAuthors(in sql: any SQLTransaction) throws -> [NodeID] {
        try sql.rows(
            "SELECT DISTINCT author FROM attachment WHERE state = $1 ORDER BY author", [State.wanted.rawValue]
        ).map { try NodeID(try $0.text(0)) }
    }

    /// An author's attachments that are wanted here, the longest waiting first.
    ///
    /// - Parameter last: the end of the page before; nil for the first one.
    package static func wanted(
        of author: NodeID, after last: Wanted? = nil, limit: Int, in sql: any SQLTransaction
    ) throws -> [Wanted] {
        try sql.rows(
            """
            SELECT digest, size, since FROM attachment WHERE state = $1 AND author = $2
                AND (since > $3 OR since = $3 AND digest > $4)
            ORDER BY since, digest LIMIT $5
            """,
            [
                State.wanted.rawValue, author.rawValue, last?.since.milliseconds ?? .min, last?.digest.bytes ?? [],
                limit,
            ]
        ).map { row in
            guard let digest = Digest(bytes: try row.bytes(0)) else {
                throw Failure("storage.type", "an attachment has a name that is no digest")
            }
            return Wanted(
                digest: digest, sizeBytes: Int(try row.integer(1)), since: WallTime(milliseconds: try row.integer(2)))
        }
    }

    /// How many attachments wait, how many bytes they have, and how long the oldest waits.
    package struct Backlog: Sendable, Equatable {
        package var count: Int
        package var bytes: Int
        package var oldest: WallTime?

        init(_ row: SQLRow?) throws {
            count = Int(try row?.integer(0) ?? 0)
            bytes = Int(try row?.integer(1) ?? 0)
            oldest = row?.optionalInteger(2).map { WallTime(milliseconds: $0) }
        }
    }

    /// What is wanted of one author and not whole here.
    package static func backlog(wantedOf author: NodeID, in sql: any SQLTransaction) throws -> Backlog {
        try Backlog(
            try sql.row(
                "SELECT COUNT(*), COALESCE(SUM(size), 0), MIN(since) FROM attachment WHERE state = $1 AND author = $2",
                [State.wanted.rawValue, author.rawValue]))
    }

    /// What a neighbour is to have and has not acknowledged.
    package static func backlog(dueTo neighbour: NodeID, in sql: any SQLTransaction) throws -> Backlog {
        try Backlog(
            try sql.row(
                "SELECT COUNT(*), COALESCE(SUM(size), 0), MIN(since) FROM attachment_due WHERE neighbour = $1",
                [neighbour.rawValue]))
    }

    /// What a neighbour is to have and has not acknowledged, one step of it after the last one asked about.
    package static func due(
        to neighbour: NodeID, after last: Digest?, limit: Int, in sql: any SQLTransaction
    ) throws -> [Digest] {
        try sql.rows(
            "SELECT digest FROM attachment_due WHERE neighbour = $1 AND digest > $2 ORDER BY digest LIMIT $3",
            [neighbour.rawValue, last?.bytes ?? [], limit]
        ).compactMap { Digest(bytes: try $0.bytes(0)) }
    }

    /// Notes that attachments lie whole on a neighbour's disk.
    package static func acknowledged(
        _ digests: [Digest], by neighbour: NodeID, in sql: any SQLTransaction
    ) throws {
        for digest in digests {
            try sql.execute(
                "DELETE FROM attachment_due WHERE neighbour = $1 AND digest = $2", [neighbour.rawValue, digest.bytes])
        }
    }

    /// Throws away what was stored for an entry that never came, one step of it.
    ///
    /// - Returns: how many attachments went.
    static func forgetStaged(before time: WallTime, limit: Int, in sql: any SQLTransaction) throws -> Int {
        let rows = try sql.rows(
            """
            SELECT digest, place, size, kept FROM attachment WHERE since < $1
                AND NOT EXISTS (SELECT 1 FROM attachment_use u WHERE u.digest = attachment.digest)
            ORDER BY since LIMIT $2
            """, [time.milliseconds, limit])
        for row in rows {
            let digest = try row.bytes(0)
            let sizeBytes = try row.integer(3) > 0 ? Int(try row.integer(2)) : 0
            if let place = row.optionalBytes(1) {
                // A long one goes step by step, as what was abandoned does.
                try discard(place, reservedBytes: sizeBytes, in: sql)
            } else {
                try sql.execute("DELETE FROM attachment_chunk WHERE digest = $1", [digest])
                try count(-sizeBytes, in: sql)
            }
            try sql.execute("DELETE FROM attachment WHERE digest = $1", [digest])
        }
        return rows.count
    }
}
