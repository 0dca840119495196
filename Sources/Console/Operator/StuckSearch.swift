import Couriers
import Effects
import Ledgers
import NodeRuntime
import Regions
import ServiceKit
import Storage
import Wire

/// Finds what is refused, stopped, set aside, in quarantine and held at a node, each with the way out.
struct StuckSearch {
    let setup: ConsoleSetup

    static let shownOfEach = 100

    func listing() async throws -> StuckListing {
        let limit = Self.shownOfEach
        let refused = refusals()
        let found = try await setup.node.context.ledger.read { sql in
            [
                try Self.stopped(limit + 1, in: sql), try Self.setAside(limit + 1, in: sql),
                try Self.quarantined(limit + 1, in: sql), try Self.setAsideElsewhere(limit + 1, in: sql),
                try Self.quarantinedElsewhere(limit + 1, in: sql), try Self.held(limit + 1, in: sql),
            ]
        }
        let parts = [refused] + found + (try await offered(limit + 1))
        return StuckListing(
            items: parts.flatMap { $0.prefix(limit) }, isTruncated: parts.contains { $0.count > limit })
    }

    /// What services have, each state by itself.
    private func offered(_ limit: Int) async throws -> [[StuckInfo]] {
        var items: [OfferedItem] = []
        for offer in setup.node.offers((any QueueOffer).self) { items += try await offer.stuckItems(limit: limit) }
        return [OfferedItem.State.stopped, .refused].map { state in
            items.filter { $0.state == state }.map { item in
                StuckInfo(
                    state: state == .stopped ? .messageHeld : .messageRefused, item: item.item, node: item.receiver,
                    since: item.since.description, code: item.code, reason: item.reason, wayOut: item.wayOut)
            }
        }
    }

    private func refusals() -> [StuckInfo] {
        setup.node.couriers.board.refusals.map { refusal in
            StuckInfo(
                state: .refused, item: refusal.refusal.batch, node: refusal.neighbour.rawValue,
                since: refusal.refusal.since.description, code: refusal.refusal.code,
                reason: refusal.refusal.message, wayOut: Self.wayOut(ofRefusal: refusal.refusal.code))
        }
    }

    private static func stopped(_ limit: Int, in sql: any SQLTransaction) throws -> [StuckInfo] {
        try sql.rows(
            """
            SELECT c.author, c.incarnation, c.lane, c.blocked, COALESCE(MIN(f.received_at), 0) FROM chain c
            LEFT JOIN fork f ON f.chain = c.id WHERE c.blocked IS NOT NULL
            GROUP BY c.id, c.author, c.incarnation, c.lane, c.blocked ORDER BY c.author, c.incarnation, c.lane LIMIT $1
            """, [limit]
        ).map { row in
            let author = try row.text(0)
            let since = try row.integer(4)
            let lane = Lane(rawValue: UInt8(truncatingIfNeeded: try row.integer(2))) ?? .bulk
            let chain = ChainIdentity(author: try NodeID(author), incarnation: try row.unsigned(1), lane: lane)
            return StuckInfo(
                state: .stopped, item: chain.description, node: "",
                since: since == 0 ? "" : WallTime(milliseconds: since).description, code: "ledger.blocked",
                reason: try row.text(3),
                wayOut: "find out whether somebody runs '\(author)' twice or changed its ledger; then "
                    + "`yilian ledger unblock \(author)`")
        }
    }

    private static func setAside(_ limit: Int, in sql: any SQLTransaction) throws -> [StuckInfo] {
        try sql.rows(
            """
            SELECT entry, reason, since FROM set_aside WHERE NOT (reason >= 'author.' AND reason < 'author/')
            ORDER BY since DESC, entry LIMIT $1
            """, [limit]
        ).map {
            let code = try $0.text(1)
            return StuckInfo(
                state: .setAside, item: try $0.text(0), node: "",
                since: WallTime(milliseconds: try $0.integer(2)).description, code: code,
                reason: code == unknownKind ? "this release does not know its kind" : "it could not be folded",
                wayOut: code == unknownKind
                    ? "start a newer release: it folds it by itself"
                    : "`yilian trace` says whose it is; ask its author, or look for the code in the docs; after an "
                        + "upgrade `yilian ledger refold` tries again")
        }
    }

    private static func quarantined(_ limit: Int, in sql: any SQLTransaction) throws -> [StuckInfo] {
        try sql.rows(
            """
            SELECT entry, reason, since FROM set_aside WHERE reason >= 'author.' AND reason < 'author/'
            ORDER BY since DESC, entry LIMIT $1
            """, [limit]
        ).map {
            let entry = try $0.text(0)
            let author = try EntryID(entry).author
            return StuckInfo(
                state: .quarantined, item: entry, node: "",
                since: WallTime(milliseconds: try $0.integer(2)).description,
                code: try $0.text(1), reason: "its author '\(author)' may not write it; nothing is derived from it",
                wayOut: "\(whoMayWrite); else ask who works at '\(author)'")
        }
    }

    private static let whoMayWrite =
        "where region.yaml says it wrongly (deliveries, delegations, experts, management), correct and publish it: "
        + "the entry is asked again by itself"

    private static func quarantinedElsewhere(_ limit: Int, in sql: any SQLTransaction) throws -> [StuckInfo] {
        try sql.rows(
            """
            SELECT about, node, reason, at FROM set_aside_notice WHERE reason >= 'author.' AND reason < 'author/'
            ORDER BY at DESC, notice LIMIT $1
            """, [limit]
        ).map {
            let node = try $0.text(1)
            return StuckInfo(
                state: .quarantinedElsewhere, item: try $0.text(0), node: node,
                since: WallTime(milliseconds: try $0.integer(3)).description, code: try $0.text(2),
                reason: "'\(node)' holds that its author may not write it",
                wayOut: "\(whoMayWrite); else find out who wrote it with this node's key")
        }
    }

    private static func setAsideElsewhere(_ limit: Int, in sql: any SQLTransaction) throws -> [StuckInfo] {
        try sql.rows(
            """
            SELECT about, node, reason, at FROM set_aside_notice WHERE NOT (reason >= 'author.' AND reason < 'author/')
            ORDER BY at DESC, notice LIMIT $1
            """, [limit]
        ).map {
            let (node, code) = (try $0.text(1), try $0.text(2))
            return StuckInfo(
                state: .setAsideElsewhere, item: try $0.text(0), node: node,
                since: WallTime(milliseconds: try $0.integer(3)).description, code: code,
                reason: "'\(node)' could not fold it",
                wayOut: code == unknownKind
                    ? "upgrade '\(node)': it folds it by itself then" : "look into the entry; then tell '\(node)'")
        }
    }

    private static func held(_ limit: Int, in sql: any SQLTransaction) throws -> [StuckInfo] {
        try sql.rows("SELECT entry, cause, since FROM held ORDER BY since, entry, cause LIMIT $1", [limit]).map {
            let cause = try $0.text(1)
            return StuckInfo(
                state: .held, item: try $0.text(0), node: "",
                since: WallTime(milliseconds: try $0.integer(2)).description, code: "",
                reason: "it waits for \(cause)",
                wayOut: "it goes on when that comes; `yilian trace` at the author's node says where it is")
        }
    }

    private static let unknownKind = "ledger.unknownKind"

    private static func wayOut(ofRefusal code: String) -> String {
        switch code {
        case "ledger.fork", "ledger.blocked":
            "find out whether this node runs twice; then `yilian ledger unblock` there"
        case "ledger.keyEnded":
            "the key that sealed it had ended: `yilian cert prolong` in the authority's folder, then `yilian region publish`"
        case "ledger.unknownKey", "ledger.badSeal":
            "the region must know the key that sealed it: `yilian cert list` in the authority's folder names each node's "
                + "keys; then `yilian region publish`"
        case "courier.notEntitled": "check who manages whom in region.yaml, and publish it again"
        default: "correct what the reason says; the courier sends it again by itself"
        }
    }
}
