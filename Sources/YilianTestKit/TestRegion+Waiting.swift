import Effects
import Ledgers
import Regions
import Storage

extension TestRegion {
    /// Waits until something holds.
    ///
    /// - Parameter what: says in the error what was waited for.
    /// - Throws: `testkit.timeout` when `timeout` of the machine's time has passed; what `condition` throws.
    public func wait(
        for what: String, timeout: Duration = .seconds(60), until condition: () async throws -> Bool
    ) async throws {
        guard try await clock.wait(timeout: timeout, until: condition) else {
            throw TestFailure("testkit.timeout", "waited \(timeout) in vain for: \(what)", remedy: troubles)
        }
    }

    /// Waits until every chain of batches lies at every neighbour that it is due to, and every granted entry and every
    /// document with them.
    ///
    /// - Throws: `testkit.timeout`; the message says what is missing, from where to where.
    public func waitUntilAcknowledged(timeout: Duration = .seconds(60)) async throws {
        var missing: [String] = []
        let isDone = try await clock.wait(timeout: timeout) {
            missing = try await unacknowledged()
            return missing.isEmpty
        }
        guard isDone else {
            throw TestFailure(
                "testkit.timeout",
                "after \(timeout) not everything is acknowledged: " + missing.prefix(10).joined(separator: "; "),
                remedy: troubles)
        }
    }

    /// What lies at a node and not yet at a neighbour that it is due to, one line each.
    ///
    /// Looks from the bottom to the top at what goes up, and then from the top to the bottom at what goes down, so that
    /// nothing that moves meanwhile is overlooked.
    public func unacknowledged() async throws -> [String] {
        try await TestFailure.translating {
            let tree = tree
            let nodes = allNodes.sorted { tree.depth(of: $0.nodeID) ?? 0 < tree.depth(of: $1.nodeID) ?? 0 }
            var missing: [String] = []
            for node in nodes.reversed() where node.isRunning {
                let mine = try await node.node.context.ledger.positions()
                if let parent = tree.parent(of: node.nodeID) {
                    let due = mine.filter {
                        $0.chain.author == node.nodeID || tree.isAncestor(node.nodeID, of: $0.chain.author)
                    }
                    missing += try await lacking(due, at: parent, from: node)
                }
                missing += try await parcels(at: node)
            }
            for node in nodes where node.isRunning {
                let due = try await node.node.context.ledger.positions().filter { $0.chain.author == tree.root }
                for child in tree.children(of: node.nodeID) {
                    missing += try await lacking(due, at: child, from: node)
                }
                missing += try await parcels(at: node)
            }
            return missing
        }
    }

    private func parcels(at node: TestNode) async throws -> [String] {
        try await node.node.context.ledger.read { sql in
            try Parcels.waiting(limit: 100, in: sql).map {
                "\($0.entry), which is granted to \($0.recipient), waits at \(node.id)"
            }
                + Attachments.wantedAuthors(in: sql).map { "documents of \($0) are missing at \(node.id)" }
        }
    }

    private func lacking(_ due: [ChainPosition], at neighbour: NodeID, from node: TestNode) async throws -> [String] {
        guard let receiver = allNodes.first(where: { $0.nodeID == neighbour }), receiver.isRunning else {
            return due.map { "\($0.chain) waits at \(node.id): \(neighbour) is stopped" }
        }
        let theirs = try await receiver.node.context.ledger.positions()
        let reached = Dictionary(theirs.map { ($0.chain, $0.nextSequence) }, uniquingKeysWith: max)
        return due.compactMap { position in
            let next = reached[position.chain] ?? 0
            guard next < position.nextSequence else { return nil }
            return "\(position.chain) has \(position.nextSequence) batches at \(node.id) and \(next) at \(neighbour)"
        }
    }

    /// The newest warnings and errors of the nodes, for a person who looks for the reason.
    private var troubles: String {
        let lines = log.lines.filter { $0.level == "warning" || $0.level == "error" }.suffix(8)
        guard !lines.isEmpty else { return "no node logged a warning" }
        return "see the log: " + lines.map(\.description).joined(separator: " | ")
    }
}
