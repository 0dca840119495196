import Effects
package import Ledgers
package import Links
package import Regions
package import ServiceKit
import Storage
import Synchronization

/// Which links of a node an operator keeps down.
///
/// They lie in a table of the node's store and hold over a restart: what somebody paused on purpose does not come up again
/// because a machine was started.
package final class LinkPauseBook: Sendable {
    private let ledger: Ledger
    private let pauses: Mutex<Pauses>

    /// What the table says, as far as its transactions have come back; they may come back in another order.
    private struct Pauses {
        var byNode: [NodeID: LinkPause]
        /// The transactions so far, and of which one each node's pause is.
        var count = 0
        var latest: [NodeID: Int] = [:]
    }

    /// Reads what was paused before.
    package static func open(_ ledger: Ledger) async throws -> LinkPauseBook {
        let rows = try await ledger.read { sql in
            try sql.rows("SELECT node, since, actor, reason FROM link_pause ORDER BY node", []).map { row in
                let pause = LinkPause(
                    actor: try row.text(2), since: WallTime(milliseconds: try row.integer(1)),
                    reason: try row.text(3))
                return (try NodeID(try row.text(0)), pause)
            }
        }
        return LinkPauseBook(ledger, Dictionary(rows, uniquingKeysWith: { first, _ in first }))
    }

    private init(_ ledger: Ledger, _ pauses: [NodeID: LinkPause]) {
        self.ledger = ledger
        self.pauses = Mutex(Pauses(byNode: pauses))
    }

    /// Who keeps the link to a node down; none where nobody does.
    package func pause(of node: NodeID) -> LinkPause? { pauses.withLock { $0.byNode[node] } }

    /// The number of a transaction, taken while it runs: one after the other.
    private func nextNumber() -> Int {
        pauses.withLock { pauses in
            pauses.count += 1
            return pauses.count
        }
    }

    /// Keeps what a transaction came to, unless a later one has come back before it.
    private func keep(_ pause: LinkPause?, of node: NodeID, as number: Int) {
        pauses.withLock { pauses in
            guard number > pauses.latest[node, default: 0] else { return }
            pauses.latest[node] = number
            pauses.byNode[node] = pause
        }
    }

    /// Keeps the link to a node down from now on.
    ///
    /// - Throws: `link.pausedAlready`.
    func pause(_ node: NodeID, because reason: OperatorReason, by actor: String) async throws {
        let (pause, number) = try await ledger.write(lane: .clinical) { transaction in
            let (sql, now) = (transaction.sql, transaction.now)
            guard try sql.row("SELECT 1 FROM link_pause WHERE node = $1", [node.rawValue]) == nil else {
                throw Failure("link.pausedAlready", "somebody keeps this link down already", place: node.rawValue)
            }
            try sql.execute(
                "INSERT INTO link_pause (node, since, actor, reason) VALUES ($1, $2, $3, $4)",
                [node.rawValue, now.milliseconds, actor, reason.text])
            try OperatorAct(.linkPaused, node.rawValue, by: actor, reason: reason.text, at: now).write(in: sql)
            return (LinkPause(actor: actor, since: now, reason: reason.text), self.nextNumber())
        }
        keep(pause, of: node, as: number)
    }

    /// Lets the link come up again.
    ///
    /// - Throws: `link.notPaused`.
    func resume(_ node: NodeID, by actor: String) async throws {
        let number = try await ledger.write(lane: .clinical) { transaction in
            let sql = transaction.sql
            guard try sql.execute("DELETE FROM link_pause WHERE node = $1", [node.rawValue]) > 0 else {
                throw Failure("link.notPaused", "nobody keeps this link down", place: node.rawValue)
            }
            try OperatorAct(.linkResumed, node.rawValue, by: actor, at: transaction.now).write(in: sql)
            return self.nextNumber()
        }
        keep(nil, of: node, as: number)
    }
}

extension YilianNode {
    /// Keeps the link to a neighbour down, over restarts too, until somebody resumes it; one that is up ends.
    ///
    /// - Throws: `link.noNeighbour`, `link.pausedAlready`.
    package func pauseLink(to node: NodeID, because reason: OperatorReason, by actor: String) async throws {
        guard hub.status(of: node).neighbour != nil else {
            throw Failure(
                "link.noNeighbour", "\(node) is no neighbour of \(setup.node)", place: node.rawValue,
                remedy: "`yilian peer list` names them")
        }
        try await pauses.pause(node, because: reason, by: actor)
        setup.logger.warning("an operator paused a link", metadata: ["peer": "\(node)", "actor": "\(actor)"])
        hub.recheck()
    }

    /// Lets the link to a neighbour come up again; a parent is dialled at once.
    ///
    /// - Throws: `link.notPaused`.
    package func resumeLink(to node: NodeID, by actor: String) async throws {
        try await pauses.resume(node, by: actor)
        setup.logger.notice("an operator resumed a link", metadata: ["peer": "\(node)", "actor": "\(actor)"])
        hub.recheck()
    }

    /// Tries the way to a neighbour now, without disturbing a link that is up.
    ///
    /// - Throws: what ``LinkHub/trial(of:version:)`` throws.
    package func tryLink(to node: NodeID) async throws -> LinkTrial {
        try await hub.trial(of: node) { [regionKeeper] in regionKeeper.version(of: $0) }
    }
}

/// The table of ``LinkPauseBook``; bookkeeping of this node, made of no entries, and no refold empties it.
struct LinkPauseProjection: Projection {
    let name = "linkPauses"
    let declared: [DeclaredKind] = []
    let tables: [StaticString] = []
    let migrations = [
        Migration(
            "linkPauses", 1,
            [
                """
                CREATE TABLE link_pause (
                    node TEXT NOT NULL PRIMARY KEY, since BIGINT NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL)
                """
            ])
    ]

    func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {}
}
