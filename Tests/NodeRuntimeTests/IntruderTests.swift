import Calls
import Couriers
import Effects
import Ledgers
import Links
import Logging
import NodeRuntime
import RecognitionTestKit
import Regions
import Testing
import Trust
import Wire
import YilianTestKit

@Suite("Who is not let in", .serialized)
struct IntruderTests {
    static let tree = TestTree.dispatcher(
        "diaodu", .city("shi", .county("pingding", .township("jucheng"), .township("zhangzhuang"))))

    /// Dials the county with a certificate and a claim, until the county has logged why it refused.
    ///
    /// - Parameter roots: whom the dialler believes.
    private func dial(
        _ region: TestRegion, certificate: NodeIdentity, claiming node: String, roots: String, expecting reason: String
    ) async throws {
        let county = try region.node("pingding").nodeID
        let claimed = try NodeID(node)
        let transport = try region.links.transport(of: certificate, roots: roots)
        let hub = LinkHub(
            policy: LinkPolicy(
                region: try RegionID(certificate.certificate.identity.region), node: claimed, tier: .township,
                release: "1", methodNumbers: [], codecs: [.zlib], configurationVersion: { 1 },
                parent: { LinkPolicy.Parent(node: county, addresses: [TestLinks.address(of: county)]) },
                neighbour: { $0 == county ? Neighbour(relation: .parent, tier: .county) : nil },
                neighbours: { [county] }, isRevoked: { _ in false }),
            transport: transport, world: region.world,
            logger: Logger(label: "intruder") { _ in SwiftLogNoOpLogHandler() },
            onCall: { .refused(CallRefusal(.unknownMethod, correlation: $0.correlation)) }, onEvent: { _ in })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await hub.run() }
            try await region.wait(for: "the refusal with \(reason)") {
                region.log.lines(of: "pingding", holding: "a link was refused")
                    .contains { $0.metadata["reason"] == reason }
            }
            #expect(hub.facts(of: county) == nil)
            hub.stop()
        }
    }

    private func withLinkedRegion(
        _ options: TestOptions = TestOptions(), _ body: @Sendable (TestRegion) async throws -> Void
    ) async throws {
        try await TestRegion.run(Self.tree, options) { region in
            try await region.wait(for: "links") {
                try region.areLinked("jucheng", "pingding") && region.areLinked("zhangzhuang", "pingding")
            }
            try await body(region)
            #expect(try region.areLinked("zhangzhuang", "pingding"), "the others' links live on")
            try await region.node("zhangzhuang").publish(TestReport("Z-1", of: People.li))
            try await region.wait(for: "a result of the others") {
                try await !region.node("shi").find(People.li).results.isEmpty
            }
        }
    }

    @Test("a node that claims another's id is refused", arguments: TestOptions.LinkKind.allCases)
    func claim(links: TestOptions.LinkKind) async throws {
        try await withLinkedRegion(TestOptions(links: links)) { region in
            await (try region.node("jucheng")).stop()
            try await dial(
                region, certificate: try region.node("jucheng").identity, claiming: "zhangzhuang",
                roots: region.foundry.authority.certificatePEM, expecting: "identityMismatch")
        }
    }

    @Test(
        "a certificate of another region is refused",
        arguments: [(TestOptions.LinkKind.memory, "wrongRegion"), (.tls, "notAuthenticated")])
    func otherRegion(links: TestOptions.LinkKind, reason: String) async throws {
        try await withLinkedRegion(TestOptions(links: links)) { region in
            let other = try RegionFoundry(region: "other", suite: region.foundry.suite, world: region.world)
            try await dial(
                region, certificate: try other.identity(of: try NodeID("jucheng")), claiming: "jucheng",
                roots: region.foundry.authority.certificatePEM, expecting: reason)
        }
    }

    @Test("a certificate that another authority of the same name issued is refused")
    func otherAuthority() async throws {
        try await withLinkedRegion(TestOptions(links: .tls)) { region in
            let forger = try RegionFoundry(suite: region.foundry.suite, world: region.world)
            try await dial(
                region, certificate: try forger.identity(of: try NodeID("jucheng")), claiming: "jucheng",
                roots: region.foundry.authority.certificatePEM, expecting: "notAuthenticated")
        }
    }

    @Test("a node that the configuration does not know is refused, whatever its certificate says")
    func stranger() async throws {
        try await withLinkedRegion { region in
            try await dial(
                region, certificate: try region.foundry.identity(of: try NodeID("fangshan")), claiming: "fangshan",
                roots: region.foundry.authority.certificatePEM, expecting: "notANeighbour")
        }
    }

    @Test(
        "a revoked node is cut and cannot come back; what it published before stays",
        arguments: TestOptions.LinkKind.allCases)
    func revoked(links: TestOptions.LinkKind) async throws {
        try await withLinkedRegion(TestOptions(links: links)) { region in
            let township = try region.node("jucheng")
            try await township.publish(TestReport("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            try await region.revokeCertificate(of: "jucheng")
            try await region.wait(for: "the cut") { try !region.areLinked("jucheng", "pingding") }
            try await township.restart()
            try await township.publish(TestReport("J-2", of: People.wang))
            try await region.wait(for: "the refusal") {
                region.log.lines(of: "pingding", holding: "a link was refused")
                    .contains { $0.metadata["reason"] == "revoked" && $0.metadata["peer"] == "jucheng" }
            }
            #expect(try !region.areLinked("jucheng", "pingding"))
            let results = try await region.node("shi").find(People.wang).results
            #expect(results.count == 1)
        }
    }

    @Test("batches of somebody else and tampered ones are refused one by one; the link lives and the rest is taken")
    func foreignAuthor() async throws {
        try await withLinkedRegion { region in
            let township = try region.node("jucheng")
            let county = try region.node("pingding").nodeID
            try await region.node("zhangzhuang").publish(TestReport("Z-9", of: People.wang))
            try await region.waitUntilAcknowledged()
            let theirs = try await Self.batches(of: "zhangzhuang", at: "pingding", region)
            var bent = try await Self.batches(of: "zhangzhuang", at: "zhangzhuang", region)
            for index in bent.indices { bent[index].seal[0] ^= 1 }
            let peer = try DeskInterface.courier.at(county, try township.node.context.system)
            let refusals = try await peer.deliver(BatchDelivery(batches: theirs)).refusals
            #expect(refusals.map(\.code) == ["courier.notEntitled"])

            try await township.publish(TestReport("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            var mine = try await Self.batches(of: "jucheng", at: "jucheng", region)
            for index in mine.indices { mine[index].header[mine[index].header.count - 1] ^= 1 }
            let receipt = try await peer.deliver(BatchDelivery(batches: mine + bent))
            #expect(receipt.refusals.count == 2)
            #expect(receipt.refusals.allSatisfy { $0.code.hasPrefix("ledger.") || $0.code == "courier.notEntitled" })
            #expect(!region.log.lines(of: "pingding", holding: "batch refused").isEmpty)
            #expect(try region.areLinked("jucheng", "pingding"))
            #expect(try await region.node("pingding").verifyLedger() == [])
        }
    }

    @Test("a node is given back nobody's chains but its own")
    func giveBack() async throws {
        try await withLinkedRegion { region in
            try await region.node("zhangzhuang").publish(TestReport("Z-9", of: People.wang))
            try await region.waitUntilAcknowledged()
            let county = try region.node("pingding")
            let zhangzhuang = try region.node("zhangzhuang").nodeID
            let wanted = try #require(
                try await county.node.context.ledger.positions().first { $0.chain.author == zhangzhuang })
            let peer = try DeskInterface.courier.at(county.nodeID, try region.node("jucheng").node.context.system)
            await #expect {
                try await peer.giveBack(ChainPosition(chain: wanted.chain, nextSequence: 0))
            } throws: { ($0 as? Failure)?.code == "courier.notEntitled" }
        }
    }

    /// The bulk batches of an author as a node holds them.
    private static func batches(of author: String, at holder: String, _ region: TestRegion) async throws
        -> [SealedBatch]
    {
        let (author, ledger) = try (NodeID(author), region.node(holder).node.context.ledger)
        var batches: [SealedBatch] = []
        for position in try await ledger.positions()
        where position.chain.author == author && position.chain.lane == .bulk {
            batches += try await ledger.batches(
                from: ChainPosition(chain: position.chain, nextSequence: 0), for: author)
        }
        return batches
    }
}
