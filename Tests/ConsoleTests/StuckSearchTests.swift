import Effects
import Ledgers
import Storage
import Synchronization
import Testing
import YilianTestKit

@testable import Console

@Suite("What does not go on by itself, with the way out", .serialized)
struct StuckSearchTests {
    private static let entry = "jucheng/1a2b3c/bulk/0/"

    private func listing(_ rows: [(sql: SQLText, arguments: [String])]) async throws -> StuckListing {
        let found = Mutex<StuckListing?>(nil)
        try await TestRegion.run(.small) { region in
            let node = try region.node("pingding")
            try await node.node.context.ledger.write(lane: .bulk) { transaction in
                for row in rows { try transaction.sql.execute(row.sql, row.arguments) }
            }
            let listing = try await StuckSearch(setup: OperatedNode.setup(node)).listing()
            found.withLock { $0 = listing }
        }
        return try #require(found.withLock { $0 })
    }

    @Test("what is set aside, in quarantine here or elsewhere, and held are told apart")
    func states() async throws {
        let aside: SQLText = "INSERT INTO set_aside (entry, kind, reason, since) VALUES ($1, 9, $2, 5)"
        let notice: SQLText =
            "INSERT INTO set_aside_notice (notice, about, reason, node, at) VALUES ($1, $2, $3, $4, 7)"
        let listing = try await listing([
            (aside, [Self.entry + "1", "ledger.unknownKind"]), (aside, [Self.entry + "2", "author.notDelivered"]),
            (notice, ["n1", "pingding/1/bulk/0/3", "ledger.unknownKind", "shi"]),
            (notice, ["n2", "pingding/1/bulk/0/4", "author.noMatch", "shi"]),
            ("INSERT INTO held (entry, cause, since) VALUES ($1, $2, 6)", [Self.entry + "5", "yuxian/1/bulk/0/0"]),
        ])
        let items = Dictionary(uniqueKeysWithValues: listing.items.map { ($0.state, $0) })
        #expect(items.count == 5 && listing.items.count == 5 && !listing.isTruncated)
        #expect(items[.setAside]?.item == Self.entry + "1")
        #expect(items[.setAside]?.wayOut.contains("newer release") == true)
        #expect(items[.quarantined]?.item == Self.entry + "2" && items[.quarantined]?.code == "author.notDelivered")
        #expect(items[.quarantined]?.reason.hasPrefix("its author 'jucheng' may not write it") == true)
        #expect(items[.quarantined]?.wayOut.contains("region.yaml") == true)
        #expect(items[.setAsideElsewhere]?.wayOut.contains("upgrade 'shi'") == true)
        #expect(items[.quarantinedElsewhere]?.code == "author.noMatch" && items[.quarantinedElsewhere]?.node == "shi")
        #expect(items[.held]?.reason == "it waits for yuxian/1/bulk/0/0")
        #expect(listing.items.allSatisfy { !$0.wayOut.isEmpty && !$0.since.isEmpty })
        #expect(listing.items.filter { !$0.state.needsSomebody }.map(\.state) == [.held])
    }

    @Test("of each state only so many are shown, and that there are more is said")
    func many() async throws {
        let insert: SQLText = "INSERT INTO held (entry, cause, since) VALUES ($1, 'yuxian/1/bulk/0/0', 6)"
        let listing = try await listing(
            (0...StuckSearch.shownOfEach).map { (insert, [Self.entry + "\($0)"]) })
        #expect(listing.items.count == StuckSearch.shownOfEach && listing.isTruncated)
    }

    @Test("a node where nothing is stuck says so")
    func nothing() async throws {
        #expect(try await listing([]) == StuckListing(items: [], isTruncated: false))
    }
}
