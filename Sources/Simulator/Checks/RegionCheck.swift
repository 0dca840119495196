import Effects
import Ledgers
import NodeRuntime
import Regions
import Storage
import Trust

/// What must be true of a region at rest, found by looking into its nodes' disks and not by asking their services.
struct RegionCheck {
    let shared: SharedSimulation

    init(_ shared: SharedSimulation) {
        self.shared = shared
    }

    func run() async {
        do {
            for play in shared.plays { try await play.checkTold() }
            try await authors()
            for play in shared.plays { try await play.checkShown() }
            for node in shared.nodes {
                guard let running = node.node else { continue }
                try await chains(node, running)
                try await audiences(node, running)
                try await forks(node, running)
            }
            // Last, because it folds everything again.
            for node in shared.nodes {
                guard let running = node.node else { continue }
                try await projections(node, running)
            }
        } catch {
            violation("check", "a check could not be made: \(error)")
        }
    }

    func violation(_ checker: String, _ text: String) {
        shared.verdict.violation(checker, text)
    }

    /// Nobody's record is made of what another wrote: of each row that a node derived, the author is whose it is.
    ///
    /// The table of docs/authorship.md once more, by an eye of its own; a unit has the name of its node here.
    private func authors() async throws {
        for node in shared.nodes {
            guard let running = node.node else { continue }
            let found = try await running.context.ledger.read { [shared] sql in
                try shared.plays.flatMap { try $0.foreign(in: sql) }
            }
            for text in found.prefix(5) { violation("authorship", "\(text), says \(node.id)") }
        }
    }

    // MARK: Ledgers

    private func chains(_ node: SimulatedNode, _ running: YilianNode) async throws {
        let found = try await running.context.ledger.verify()
        for problem in found.problems { violation("chain", "\(node.id): \(problem)") }
        for chain in found.chains {
            for problem in chain.problems { violation("chain", "\(node.id): \(chain.chain): \(problem)") }
        }
        // What thieves wrote waits for what never comes, and was not theirs to write.
        let thefts = shared.thefts
        let (held, rows) = try await running.context.ledger.read { sql in
            (
                try sql.rows("SELECT entry, cause FROM held ORDER BY entry", [])
                    .filter { !thefts.wrote(try $0.text(0)) }.map { "\(try $0.text(0)) waits for \(try $0.text(1))" },
                try sql.rows("SELECT entry, reason FROM set_aside ORDER BY entry", [])
                    .filter { !thefts.wrote(try $0.text(0)) }.map { (entry: try $0.text(0), reason: try $0.text(1)) }
            )
        }
        var aside: [String] = []
        for row in rows {
            // Others tell a node what a thief wrote in its name, also where that never came to it.
            let entry = try await running.context.ledger.entry(try EntryID(row.entry))
            guard entry.map({ $0.kind != .setAsideNotice || !thefts.wrote($0.subject) }) ?? true else { continue }
            aside.append("\(row.entry): \(row.reason)")
        }
        if !held.isEmpty {
            violation(
                "held", "\(node.id) still holds back \(held.count) entries: \(held.prefix(3).joined(separator: ", "))")
        }
        if !aside.isEmpty {
            violation(
                "setAside", "\(node.id) has set aside \(aside.count): \(aside.prefix(3).joined(separator: ", "))")
        }
    }

    private func forks(_ node: SimulatedNode, _ running: YilianNode) async throws {
        let count = try await running.context.ledger.read { sql in
            try sql.row("SELECT COUNT(*) FROM fork", [])?.integer(0) ?? 0
        }
        if count > 0 {
            violation("identity", "\(node.id) has seen \(count) batches with an identity that was used twice")
        }
    }

    /// Nobody has a segment that its audience excludes; what was granted came as excerpts, which lie elsewhere.
    private func audiences(_ node: SimulatedNode, _ running: YilianNode) async throws {
        let tree = running.context.tree
        let id = node.id
        let problems = try await running.context.ledger.read { sql in
            var problems: [String] = []
            try sql.forEach(
                """
                SELECT c.author, b.header, s.position FROM segment s JOIN chain c ON c.id = s.chain
                JOIN batch b ON b.chain = s.chain AND b.sequence = s.sequence WHERE c.author <> $1
                """, [id.rawValue]
            ) { row in
                let author = try NodeID(try row.text(0))
                let header = try BatchHeader(bytes: try row.bytes(1))
                let position = Int(try row.integer(2))
                guard header.segments.indices.contains(position) else { return true }
                let audience = header.segments[position].audience
                if !audience.reaches(id, from: author, in: tree) {
                    problems.append("\(id) holds a segment of \(author) for \(audience)")
                }
                return problems.count < 20
            }
            return problems
        }
        for problem in problems { violation("audience", problem) }
    }

    // MARK: Projections

    /// Folding everything again gives the same tables.
    private func projections(_ node: SimulatedNode, _ running: YilianNode) async throws {
        let ledger = running.context.ledger
        let before = try await tables(ledger)
        _ = try await ledger.refold()
        let after = try await tables(ledger)
        for (table, rows) in before.sorted(by: { $0.key < $1.key }) where after[table] != rows {
            let missing = rows.subtracting(after[table] ?? []).count
            let added = (after[table] ?? []).subtracting(rows).count
            violation(
                "projection", "\(table) at \(node.id) is not what a fold gives: \(missing) rows gone, \(added) new")
        }
    }

    private func tables(_ ledger: Ledger) async throws -> [String: Set<SQLRow>] {
        try await ledger.read { [shared] sql in
            var result: [String: Set<SQLRow>] = [:]
            for (name, text) in Self.tables + shared.plays.flatMap({ type(of: $0).tables }) {
                result[name] = Set(try sql.rows(text, []))
            }
            return result
        }
    }

    /// The tables of the foundation; services name their own.
    private static let tables: [(name: String, rows: SQLText)] = [("audit", "SELECT * FROM audit")]
}
