import Effects
import Regions
import Storage
import Trust

/// Attachments that are stored while they come, before anybody knows their names.
///
/// Their chunks lie under a place of their own. What has not ended is counted with what was reserved for it.
extension Attachments {
    /// What a draft has as its time that nobody writes on: it only waits to be thrown away.
    private static let isOver = 0

    /// Makes a place for one of at most so many bytes.
    ///
    /// - Throws: `attachment.noRoom`.
    static func begin(
        _ place: [UInt8], reservingBytes: Int, limitBytes: Int, at now: WallTime, in sql: any SQLTransaction
    ) throws {
        try checkRoom(for: reservingBytes, limitBytes: limitBytes, in: sql)
        try sql.execute(
            "INSERT INTO attachment_draft (place, reserved, since) VALUES ($1, $2, $3)",
            [place, reservingBytes, max(1, now.milliseconds)])
        try count(reservingBytes, in: sql)
    }

    /// Keeps the next chunk.
    ///
    /// - Throws: `attachment.abandoned` where too long a time has passed since the one before.
    static func keepDraft(
        _ chunk: [UInt8], at position: Int, in place: [UInt8], at now: WallTime, in sql: any SQLTransaction
    ) throws {
        let found = try sql.execute(
            "UPDATE attachment_draft SET since = $1 WHERE place = $2 AND since > $3",
            [max(1, now.milliseconds), place, isOver])
        guard found > 0 else {
            throw Failure("attachment.abandoned", "what came of the attachment was thrown away before its end")
        }
        try sql.execute(
            "INSERT INTO attachment_chunk (digest, position, data) VALUES ($1, $2, $3)", [place, position, chunk])
    }

    /// Gives the attachment its name; one of the same name that lies here whole stays, and this one goes.
    static func finish(
        _ manifest: AttachmentManifest, _ digest: Digest, in place: [UInt8], author: NodeID, at now: WallTime,
        in sql: any SQLTransaction
    ) throws {
        let draft = try sql.row(
            "SELECT reserved FROM attachment_draft WHERE place = $1 AND since > $2", [place, isOver])
        guard let reservedBytes = try draft.map({ Int(try $0.integer(0)) }) else {
            throw Failure("attachment.abandoned", "what came of the attachment was thrown away before its end")
        }
        try know(manifest, digest, author: author, since: now, in: sql)
        try sql.execute("UPDATE attachment SET since = $1 WHERE digest = $2", [now.milliseconds, digest.bytes])
        guard let progress = try progress(of: digest, in: sql), !progress.isWhole else {
            try abandon(place, in: sql)
            return
        }
        // What a neighbour had brought of it so far is the same, and lies under its name.
        if progress.kept > 0 { try sql.execute("DELETE FROM attachment_chunk WHERE digest = $1", [digest.bytes]) }
        try sql.execute(
            "UPDATE attachment SET place = $1, kept = chunks, state = $2 WHERE digest = $3",
            [place, State.whole.rawValue, digest.bytes])
        try sql.execute("DELETE FROM attachment_draft WHERE place = $1", [place])
        try count((progress.kept > 0 ? 0 : manifest.sizeBytes) - reservedBytes, in: sql)
    }

    /// Says that nothing more comes.
    static func abandon(_ place: [UInt8], in sql: any SQLTransaction) throws {
        try sql.execute("UPDATE attachment_draft SET since = $1 WHERE place = $2", [isOver, place])
    }

    /// Leaves what lies in a place to be thrown away.
    static func discard(_ place: [UInt8], reservedBytes: Int, in sql: any SQLTransaction) throws {
        try sql.execute(
            "INSERT INTO attachment_draft (place, reserved, since) VALUES ($1, $2, $3)", [place, reservedBytes, isOver])
    }

    /// Throws away what is over or has stood still since a time, one step of it.
    ///
    /// - Returns: whether a draft went with this step; `nil` where there is none.
    static func forgetDraft(before time: WallTime, limit: Int, in sql: any SQLTransaction) throws -> Bool? {
        let oldest = try sql.row(
            "SELECT place, reserved FROM attachment_draft WHERE since < $1 ORDER BY since LIMIT 1",
            [time.milliseconds])
        guard let oldest else { return nil }
        let place = try oldest.bytes(0)
        try abandon(place, in: sql)
        let count = try sql.execute(
            """
            DELETE FROM attachment_chunk WHERE digest = $1 AND position IN
                (SELECT position FROM attachment_chunk WHERE digest = $1 ORDER BY position LIMIT $2)
            """, [place, limit])
        guard count < limit else { return false }
        try sql.execute("DELETE FROM attachment_draft WHERE place = $1", [place])
        try self.count(-Int(try oldest.integer(1)), in: sql)
        return true
    }
}
