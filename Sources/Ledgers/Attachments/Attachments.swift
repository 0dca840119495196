package import Effects
import Regions
package import Storage
package import Trust
import Wire

/// The tables of attachments: what entries announce, and the chunks that lie here.
///
/// They are a courier's bookkeeping and the documents themselves, not a projection's tables: a refold announces
/// everything again and throws no chunk away.
package enum Attachments {
    /// What this node has to do with an attachment.
    enum State: Int64 {
        /// An entry may name it; its document is not for this node, or waits here for the entry that will.
        case known = 0
        /// It is meant for this node and not whole here.
        case wanted = 1
        case whole = 2
    }

    /// How much of an attachment lies here.
    package struct Progress: Sendable, Equatable {
        package var kept: Int
        package var count: Int

        package var isWhole: Bool { kept == count }
    }

    /// An attachment that is meant for this node and not whole here.
    package struct Wanted: Sendable {
        package var digest: Digest
        package var sizeBytes: Int
        package var since: WallTime
    }

    /// Remembers that an entry names attachments; called by the fold of whatever payload names them.
    ///
    /// Whom the payload's audience reaches is to have the documents, too.
    ///
    /// - Parameter limitBytes: how long what such an entry names may be.
    /// - Throws: `attachment.tooMany`; `attachment.tooLarge`.
    package static func announce(
        _ manifests: [AttachmentManifest], by entry: Entry, context: FoldContext,
        limitBytes: Int = Limits.attachmentBytes, in sql: any SQLTransaction
    ) throws {
        if let long = manifests.first(where: { $0.sizeBytes > limitBytes }) {
            throw AttachmentManifest.tooLarge(long.sizeBytes, limitBytes: limitBytes)
        }
        guard manifests.count <= Limits.attachmentsPerEntry else {
            throw Failure(
                "attachment.tooMany", "an entry names more than \(Limits.attachmentsPerEntry) attachments")
        }
        let (node, author, tree) = (context.node, entry.author, context.tree)
        let audience = entry.payloadAudience ?? .own
        let isWanted = audience.reaches(node, from: author, in: tree)
        for manifest in manifests {
            let digest = manifest.digest(suite: context.suite)
            try know(manifest, digest, author: author, since: entry.receivedTime, in: sql)
            try sql.execute(
                """
                INSERT INTO attachment_use (entry, digest, author, audience) VALUES ($1, $2, $3, $4)
                ON CONFLICT (entry, digest) DO UPDATE SET
                    audience = CASE WHEN excluded.audience > attachment_use.audience
                        THEN excluded.audience ELSE attachment_use.audience END
                """, [entry.id.description, digest.bytes, author.rawValue, Int(audience.rawValue)])
            if isWanted {
                try sql.execute(
                    "UPDATE attachment SET state = $1 WHERE digest = $2 AND state = $3",
                    [State.wanted.rawValue, digest.bytes, State.known.rawValue])
            }
            if let parent = tree.parent(of: node), audience.reaches(parent, from: author, in: tree) {
                try sql.execute(
                    """
                    INSERT INTO attachment_due (neighbour, digest, since, size) VALUES ($1, $2, $3, $4)
                    ON CONFLICT (neighbour, digest) DO NOTHING
                    """, [parent.rawValue, digest.bytes, entry.receivedTime.milliseconds, manifest.sizeBytes])
            }
        }
    }

    static func know(
        _ manifest: AttachmentManifest, _ digest: Digest, author: NodeID, since: WallTime, in sql: any SQLTransaction
    ) throws {
        try sql.execute(
            """
            INSERT INTO attachment (digest, manifest, size, chunks, kept, state, author, since)
            VALUES ($1, $2, $3, $4, 0, $5, $6, $7) ON CONFLICT (digest) DO NOTHING
            """,
            [
                digest.bytes, try manifest.wireBytes(), manifest.sizeBytes, manifest.chunkCount, State.known.rawValue,
                author.rawValue, since.milliseconds,
            ])
    }

    /// How much of an attachment lies here; `nil` where nothing here names it.
    package static func progress(of digest: Digest, in sql: any SQLTransaction) throws -> Progress? {
        try sql.row("SELECT kept, chunks FROM attachment WHERE digest = $1", [digest.bytes]).map {
            Progress(kept: Int(try $0.integer(0)), count: Int(try $0.integer(1)))
        }
    }

    /// The audiences under which entries that lie here name an attachment.
    static func uses(
        of digest: Digest, in sql: any SQLTransaction
    ) throws -> [(author: NodeID, audience: Audience)] {
        try sql.rows("SELECT DISTINCT author, audience FROM attachment_use WHERE digest = $1", [digest.bytes]).map {
            guard let audience = UInt8(exactly: try $0.integer(1)).flatMap(Audience.init) else {
                throw Failure("storage.type", "an attachment has an audience that does not exist")
            }
            return (try NodeID(try $0.text(0)), audience)
        }
    }

    /// Whether an entry names an attachment.
    package static func isNamed(_ digest: Digest, by entry: EntryID, in sql: any SQLTransaction) throws -> Bool {
        try sql.row(
            "SELECT 1 FROM attachment_use WHERE entry = $1 AND digest = $2", [entry.description, digest.bytes]) != nil
    }

    static func chunk(_ position: Int, of digest: Digest, in sql: any SQLTransaction) throws -> [UInt8]? {
        try sql.row(
            """
            SELECT c.data FROM attachment a JOIN attachment_chunk c ON c.digest = COALESCE(a.place, a.digest)
            WHERE a.digest = $1 AND c.position = $2
            """, [digest.bytes, position]
        ).map { try $0.bytes(0) }
    }

    /// The chunks that do not lie here, in their order.
    static func missing(of digest: Digest, in sql: any SQLTransaction) throws -> [Int] {
        guard let progress = try progress(of: digest, in: sql), !progress.isWhole else { return [] }
        let kept = Set(
            try sql.rows("SELECT position FROM attachment_chunk WHERE digest = $1", [digest.bytes]).map {
                Int(try $0.integer(0))
            })
        return (0..<progress.count).filter { !kept.contains($0) }
    }
}
