package import Effects
package import Regions
import Storage
package import Trust
import Wire

extension Ledger {
    /// Stores a document, chunk by chunk, before the entry is written that names it.
    ///
    /// Each chunk is a command of its own, so that a long document holds nobody clinical up. Where the entry is not
    /// written in the end, the document goes after a day; written again before that, only what is missing is stored.
    ///
    /// - Throws: `attachment.tooLarge`, `attachment.noRoom`, `ledger.overloaded`.
    package func stage(_ document: [UInt8]) async throws -> AttachmentManifest {
        let suite = region.suite
        let manifest = try AttachmentManifest(of: document, suite: suite)
        let digest = manifest.digest(suite: suite)
        let now = world.time.wallTime
        let (node, limit) = (node, attachmentStoreBytes)
        let missing = try await store.read { sql in
            try Attachments.progress(of: digest, in: sql) == nil
                ? Array(0..<manifest.chunkCount) : try Attachments.missing(of: digest, in: sql)
        }
        let results = try await write(
            lane: .bulk,
            commands: missing.map { position in
                let range = manifest.range(ofChunk: position)
                return (
                    range.count, node,
                    { transaction in
                        let sql = transaction.sql
                        try Attachments.know(manifest, digest, author: node, since: now, in: sql)
                        return try Attachments.keep(
                            Array(document[range]), at: position, of: digest, limitBytes: limit, suite: suite, in: sql)
                    }
                )
            })
        for result in results { _ = try result.get() }
        return manifest
    }

    /// Takes a chunk that a neighbour sent; it is durable on return.
    ///
    /// - Throws: `attachment.notAnnounced`, `attachment.badChunk`, `attachment.noRoom`.
    @discardableResult
    package func keep(_ chunk: [UInt8], at position: Int, of digest: Digest) async throws -> Attachments.Progress {
        let (suite, limit) = (region.suite, attachmentStoreBytes)
        return try await write(lane: .bulk, sizeBytes: chunk.count) { transaction in
            try Attachments.keep(
                chunk, at: position, of: digest, limitBytes: limit, suite: suite, in: transaction.sql)
        }
    }

    /// The chunks of an attachment that do not lie here, in their order.
    package func missingChunks(of digest: Digest) async throws -> [Int] {
        try await store.read { try Attachments.missing(of: digest, in: $0) }
    }

    /// A chunk for a neighbour whom the payload's audience of an entry reaches that names the attachment.
    ///
    /// - Throws: `attachment.notEntitled`, also where there is no such attachment; `attachment.notHere`.
    package func chunk(_ position: Int, of digest: Digest, for receiver: NodeID) async throws -> [UInt8] {
        let tree = region.tree(at: world.time.wallTime)
        let rule = audienceRule
        let chunk = try await store.read { sql in
            let uses = try Attachments.uses(of: digest, in: sql)
            guard uses.contains(where: { rule.reaches($0.audience, receiver, $0.author, tree) }) else {
                throw Failure("attachment.notEntitled", "there is no such attachment for the asking node")
            }
            return try Attachments.chunk(position, of: digest, in: sql)
        }
        guard let chunk else { throw try await notHere(digest) }
        return chunk
    }

    /// A chunk for somebody whose right to the entry that names the attachment was checked.
    ///
    /// - Throws: `attachment.notNamed`; `attachment.notHere`.
    package func chunk(_ position: Int, of digest: Digest, namedBy entry: EntryID) async throws -> [UInt8] {
        let chunk = try await store.read { sql in
            guard try Attachments.isNamed(digest, by: entry, in: sql) else {
                throw Failure("attachment.notNamed", "the entry names no such attachment", place: entry.description)
            }
            return try Attachments.chunk(position, of: digest, in: sql)
        }
        guard let chunk else { throw try await notHere(digest) }
        return chunk
    }

    /// Which of a child's attachments lie whole on this node's disk: the acknowledgement.
    ///
    /// Of others than those of `child` and of who stands below it, nothing is said.
    package func held(_ digests: [Digest], for child: NodeID) async throws -> [Digest] {
        let tree = region.tree(at: world.time.wallTime)
        guard tree.parent(of: child) == node else { return [] }
        return try await store.read { sql in
            try digests.filter { digest in
                guard try Attachments.progress(of: digest, in: sql)?.isWhole == true else { return false }
                return try Attachments.uses(of: digest, in: sql).contains {
                    $0.author == child || tree.isAncestor(child, of: $0.author)
                }
            }
        }
    }

    /// Throws away documents of entries that were never written, and what came of those that never ended.
    ///
    /// - Returns: how many went.
    @discardableResult
    package func forgetStagedAttachments(at now: WallTime) async throws -> Int {
        let before = now.advanced(byMilliseconds: -Limits.stagedAttachmentMilliseconds)
        var forgotten = 0
        while true {
            let count = try await write(lane: .bulk) { transaction in
                try Attachments.forgetStaged(before: before, limit: Limits.attachmentsPerStep, in: transaction.sql)
            }
            forgotten += count
            if count < Limits.attachmentsPerStep { break }
        }
        return forgotten + (try await forgetDrafts(before: before))
    }

    /// Checks every chunk that lies here against its manifest.
    func verifyAttachments() async throws -> (count: Int, problems: [String]) {
        let suite = region.suite
        return try await store.read { sql in
            var (count, problems): (Int, [String]) = (0, [])
            try sql.forEach(
                "SELECT digest, manifest, kept, state FROM attachment WHERE kept > 0 ORDER BY digest", []
            ) { row in
                count += 1
                if let problem = try Self.problem(of: row, suite: suite, in: sql) { problems.append(problem) }
                return problems.count < 100
            }
            return (count, problems)
        }
    }

    private static func problem(of row: SQLRow, suite: Suite, in sql: any SQLTransaction) throws -> String? {
        guard let digest = Digest(bytes: try row.bytes(0)),
            let manifest = try? AttachmentManifest(wireBytes: try row.bytes(1)), manifest.digest(suite: suite) == digest
        else { return "an attachment has a manifest that is not its own" }
        var kept: Int64 = 0
        for position in 0..<manifest.chunkCount {
            guard let chunk = try Attachments.chunk(position, of: digest, in: sql) else { continue }
            kept += 1
            guard manifest.isChunk(chunk, at: position, suite: suite) else {
                return "part \(position + 1) of attachment \(digest.hex) is damaged"
            }
        }
        let isWhole = try row.integer(3) == Attachments.State.whole.rawValue
        guard try row.integer(2) == kept, !isWhole || kept == Int64(manifest.chunkCount) else {
            return "attachment \(digest.hex) lacks parts that its table counts"
        }
        return nil
    }

    private func notHere(_ digest: Digest) async throws -> Failure {
        let progress = try await store.read { try Attachments.progress(of: digest, in: $0) }
        let (kept, count) = (progress?.kept ?? 0, progress?.count ?? 0)
        return Failure(
            "attachment.notHere", "the document is not at \(node) yet: \(kept) of its \(count) parts are",
            remedy: "try again later; `yilian queue why` at \(node) says what holds it up")
    }
}
