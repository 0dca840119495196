import Consultation
import Effects
import Ledgers
import NodeRuntime
import Regions
import Storage
import Trust

/// What must be true of a region at rest, found by looking into its nodes' disks and not by asking their services.
struct RegionCheck {
    let shared: SharedSimulation
    let journal: Journal

    init(_ shared: SharedSimulation, _ journal: Journal) {
        self.shared = shared
        self.journal = journal
    }

    func run() async {
        do {
            try await results()
            try await standing()
            try await requests()
            try await claims()
            try await authors()
            try await figures()
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

    // MARK: Results

    /// What was acknowledged lies at its author, at its county and in the city's index, once.
    private func results() async throws {
        for node in shared.nodes where node.tier != .dispatcher {
            guard let running = node.node else { continue }
            let held = try await rows(running)
            let mine = journal.published.filter {
                isDue($0.entry.author, at: node.id) && !journal.lost.contains($0.entry)
            }
            for item in mine where held[item.entry.description] == nil {
                violation("acknowledged", "\(item.entry) of \(item.order) is not at \(node.id)")
            }
            for item in mine {
                guard let row = held[item.entry.description], row.key != item.reportKey else { continue }
                violation("acknowledged", "\(item.entry) speaks of another result at \(node.id)")
            }
            try once(held, at: node)
        }
    }

    private struct Row {
        var key: String
        var digest: [UInt8]?
        var author: String
    }

    private func rows(_ running: YilianNode) async throws -> [String: Row] {
        try await running.context.ledger.read { sql in
            var result: [String: Row] = [:]
            let rows = try sql.rows(
                "SELECT entry, report, report_rest, content_digest, author FROM report_version", [])
            for row in rows {
                // The checker reads what is stored with an eye of its own.
                let start = withUnsafeBytes(of: try row.integer(1).bigEndian) { Array($0) }
                result[try row.text(0)] = Row(
                    key: Hex.text(start + (try row.bytes(2))), digest: row.optionalBytes(3), author: try row.text(4))
            }
            return result
        }
    }

    /// No content of one result stands twice, unless the disk was put back between two tries.
    private func once(_ held: [String: Row], at node: SimulatedNode) throws {
        let twice = Set(journal.published.filter { journal.mayStandTwice.contains($0.order) }.map(\.reportKey))
        var seen: [String: String] = [:]
        for (entry, row) in held.sorted(by: { $0.key < $1.key }) where !twice.contains(row.key) {
            guard let digest = row.digest, row.author == node.id.rawValue, !shared.thefts.wrote(entry) else { continue }
            let name = "\(row.key) \(digest)"
            if let other = seen[name] {
                violation("exactlyOnce", "\(entry) and \(other) at \(node.id) are one content of one result")
            }
            seen[name] = entry
        }
    }

    func isDue(_ author: NodeID, at node: NodeID) -> Bool {
        var current: NodeID? = author
        while let id = current {
            if id == node { return true }
            current = shared.region.member(id)?.parent
        }
        return false
    }

    // MARK: Requests

    /// No request is forgotten: its requester, a home and the dispatcher know of it, and its course has come to an end.
    private func requests() async throws {
        for request in journal.requests where !journal.lostRequests.contains(request) {
            guard let member = shared.region.member(request.requester), let county = member.parent else { continue }
            for id in [request.requester, county] {
                guard let running = shared.node(id)?.node else { continue }
                guard let record = try? await running.service(ConsultationService.self).show(request) else {
                    violation("forgotten", "\(id) does not know the request \(request)")
                    continue
                }
                if record.attempts.isEmpty { violation("forgotten", "nobody has taken on \(request), says \(id)") }
                if record.isOpen && !record.isReported && !record.isUnserved {
                    violation(
                        "forgotten",
                        "\(request) is \(record.state) for ever, says \(id); \(await told(of: request))")
                }
            }
        }
    }

    /// What each node has of a request, for whoever looks for the reason.
    private func told(of request: ConsultationID) async -> String {
        var lines: [String] = []
        for node in shared.nodes {
            guard let running = node.node,
                let record = try? await running.service(ConsultationService.self).show(request)
            else { continue }
            let attempts = record.attempts.map { attempt in
                let steps = attempt.steps.map { "\($0.event?.rawValue ?? "request") by \($0.entry)" }
                let refused = attempt.refusedSteps.map { "\($0.event?.rawValue ?? "request") by \($0.entry) refused" }
                return "\(attempt.number) at \(attempt.home): " + (steps + refused).joined(separator: ", ")
            }
            lines.append("\(node.id) has attempt " + attempts.joined(separator: "; attempt "))
        }
        return lines.joined(separator: " | ")
    }

    /// At most one expert was told that an attempt is his, unless the home's disk was put back in between.
    private func claims() async throws {
        let groups = Dictionary(grouping: journal.claims) { "\($0.request) \($0.attempt) \($0.home)" }
        for (name, claims) in groups.sorted(by: { $0.key < $1.key }) {
            for one in claims {
                guard
                    let other = claims.first(where: { $0.expert != one.expert && $0.homeRestores == one.homeRestores })
                else { continue }
                violation("claim", "\(name) was given to \(one.expert) and to \(other.expert)")
                break
            }
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
        try await ledger.read { sql in
            var result: [String: Set<SQLRow>] = [:]
            for (name, text) in Self.projectionTables {
                result[name] = Set(try sql.rows(text, []))
            }
            return result
        }
    }

    private static let projectionTables: [(String, SQLText)] = [
        (
            "report_version",
            "SELECT entry, report, report_rest, version, status, fields, content_digest, has_payload FROM report_version"
        ),
        ("report_patient", "SELECT patient, report FROM report_patient"),
        ("consultation_event", "SELECT entry, kind, fields, content_digest, has_payload FROM consultation_event"),
        (
            "consultation_attempt",
            "SELECT request, attempt, home, state, claimant, claimed_at, deadline FROM consultation_attempt"
        ),
        ("consultation_request", "SELECT request, state, is_open, entry_count FROM consultation_request"),
        ("audit", "SELECT * FROM audit"),
    ]
}
