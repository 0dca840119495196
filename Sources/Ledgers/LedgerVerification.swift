import Effects
import Regions
import Storage
import Trust
import Wire

/// What a check of a whole ledger found.
package struct LedgerVerification: Sendable {
    /// One chain and what is wrong in it, if anything.
    package struct Chain: Sendable {
        package var chain: ChainIdentity
        package var batches: Int
        package var entries: Int
        package var problems: [String]
    }

    package var chains: [Chain] = []
    package var excerpts = 0
    /// Attachments of which at least a part lies here.
    package var attachments = 0
    package var forks = 0
    package var held = 0
    package var setAside = 0
    /// The oldest of them, each with its reason.
    package var setAsideRows: [SetAsideRow] = []
    package var problems: [String] = []

    package var isSound: Bool { problems.isEmpty && chains.allSatisfy(\.problems.isEmpty) }
}

extension Ledger {
    /// Checks every seal, every segment's root, every chain of headers and every part of a document stored here.
    ///
    /// Forks, held entries and entries set aside are counted, not failures: they are what the ledger is meant to show.
    package func verify() async throws -> LedgerVerification {
        let inspector = inspector
        var result = LedgerVerification()
        for position in try await positions() {
            result.chains.append(try await verify(position))
        }
        let (excerpts, counts) = try await store.read { sql in
            var problems: [String] = []
            var count = 0
            try sql.forEach("SELECT entry, bytes, received_at FROM excerpt ORDER BY entry", []) { row in
                count += 1
                do {
                    let time = WallTime(milliseconds: try row.integer(2))
                    let opened = try inspector.inspect(try Excerpt(wireBytes: try row.bytes(1)), receivedTime: time)
                    let name = try row.text(0)
                    if !opened.entries.contains(where: { $0.id.description == name }) {
                        problems.append("excerpt \(name) holds another entry")
                    }
                } catch {
                    problems.append("excerpt \(try row.text(0)): \(error)")
                }
                return problems.count < 100
            }
            let orphans = try sql.row("SELECT COUNT(*) FROM batch WHERE chain NOT IN (SELECT id FROM chain)", [])
            if let count = try orphans?.integer(0), count > 0 { problems.append("\(count) batches are of no chain") }
            let counts = try (
                sql.row("SELECT COUNT(*) FROM fork", [])?.integer(0) ?? 0,
                sql.row("SELECT COUNT(*) FROM held", [])?.integer(0) ?? 0,
                sql.row("SELECT COUNT(*) FROM set_aside", [])?.integer(0) ?? 0
            )
            return ((count, problems), counts)
        }
        result.excerpts = excerpts.0
        let attachments = try await verifyAttachments()
        result.attachments = attachments.count
        result.problems = excerpts.1 + attachments.problems
        result.forks = Int(counts.0)
        result.held = Int(counts.1)
        result.setAside = Int(counts.2)
        result.setAsideRows = try await setAsideRows()
        return result
    }

    private func verify(_ position: ChainPosition) async throws -> LedgerVerification.Chain {
        let inspector = inspector
        let suite = region.suite
        return try await store.read { sql in
            var result = LedgerVerification.Chain(chain: position.chain, batches: 0, entries: 0, problems: [])
            guard let chain = try BatchTable().chain(position.chain, in: sql) else { return result }
            var expected: UInt64 = 0
            var previous: Digest?
            try sql.forEach(
                "SELECT sequence, header, seal, header_hash, stored_bytes FROM batch WHERE chain = $1 ORDER BY sequence",
                [chain.id]
            ) { row in
                let sequence = try row.unsigned(0)
                if sequence != expected { result.problems.append("batch \(expected) is missing") }
                expected = sequence + 1
                let segments = try EntryLoader.segments(chain: chain.id, sequence: sequence, in: sql)
                let batch = SealedBatch(header: try row.bytes(1), seal: try row.bytes(2), segments: segments)
                do {
                    let opened = try inspector.inspect(batch, receivedTime: .epoch)
                    if opened.header.identity != BatchIdentity(chain: position.chain, sequence: sequence) {
                        result.problems.append("batch \(sequence) carries another identity")
                    }
                    if sequence > 0, opened.header.previous != previous {
                        result.problems.append("batch \(sequence) does not follow from the one before")
                    }
                    if opened.headerDigest.bytes != (try row.bytes(3)) {
                        result.problems.append("batch \(sequence) has another header than it had")
                    }
                    if batch.sizeBytes != (try row.integer(4)) {
                        result.problems.append("batch \(sequence) lost a segment")
                    }
                    result.entries += opened.header.entryCount
                } catch {
                    result.problems.append("batch \(sequence): \(error)")
                }
                previous = Seal.headerDigest(batch.header, suite: suite)
                result.batches += 1
                return result.problems.count < 100
            }
            if expected != chain.nextSequence || (previous != nil && previous != chain.lastHash) {
                result.problems.append("the chain ends elsewhere than its table says")
            }
            return result
        }
    }
}
