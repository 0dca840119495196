import Couriers
import Effects
import Ledgers
import NodeRuntime
import RecognitionTestKit
import Regions
import Testing
import Trust
import Wire
import YilianTestKit

@Suite("Ledger keys in a running region", .serialized)
struct LedgerKeyTests {
    /// A grant of nothing: any node can fold it.
    private static let note = EntryDraft(kind: .grant, subject: "grant", fields: [], headerAudience: .city)

    private static func changeKeys(
        of node: NodeID, in configuration: inout RegionConfiguration, _ change: (inout [LedgerKeyRecord]) -> Void
    ) throws {
        let index = try #require(configuration.nodes.firstIndex { $0.id == node })
        change(&configuration.nodes[index].ledgerKeys)
    }

    @Test("what was sealed with an ended key is refused above, shown, and taken when the region prolongs the key")
    func prolonged() async throws {
        try await TestRegion.run(.small) { region in
            let (township, county) = (try region.node("jucheng"), try region.node("pingding"))
            try await township.publish(TestReport("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            try region.cut("jucheng", "pingding")
            try await region.wait(for: "the cut") { try !region.areLinked("jucheng", "pingding") }
            let end = region.clock.time.wallTime
            try await region.publishConfiguration { configuration in
                try Self.changeKeys(of: township.nodeID, in: &configuration) { $0[0].to = end }
            }
            // The township has not heard of it: what it writes now is acknowledged to its hospital.
            let late = try EntryID(try await township.publish(TestReport("J-2", of: People.li)).entry)
            try region.heal("jucheng", "pingding")
            let board = try township.node.couriers.board
            try await region.wait(for: "the refusal") {
                board.refusals(by: county.nodeID).contains {
                    $0.chain == late.batch.chain && $0.refusal.code == "ledger.unknownKey"
                }
            }
            try await region.waitUntilConfigured()
            let ledger = try township.node.context.ledger
            let failure = await #expect(throws: Failure.self) {
                try await ledger.write(lane: .bulk) { try $0.append(Self.note) }
            }
            #expect(failure?.code == "ledger.keyEnded", "it seals nothing more with that key")

            let stretch = try #require(try await ledger.sealedStretch(of: late.batch.chain, from: late.batch.sequence))
            try await region.publishConfiguration { configuration in
                try Self.changeKeys(of: township.nodeID, in: &configuration) {
                    $0[0].to = stretch.last.advanced(byMilliseconds: 1)
                }
            }
            try await region.waitUntilAcknowledged()
            #expect(try await county.reportCounts().results == 2)
            try await region.wait(for: "the end of the refusal") { board.refusals(by: county.nodeID).isEmpty }
            for node in region.allNodes {
                #expect(try await node.node.context.ledger.statistics().forks == 0, "\(node.id)")
                #expect(try await node.verifyLedger() == [], "\(node.id)")
            }
        }
    }

    @Test("a new key that is brought to a running node seals its next batches, in the chain that it has")
    func newKey() async throws {
        try await TestRegion.run(.small) { region in
            let township = try region.node("jucheng")
            try await township.publish(TestReport("J-1", of: People.wang))
            let key = try Suite(.ed25519).makeSigningKey(random: SystemRandom())
            let now = region.clock.time.wallTime
            try await region.publishConfiguration { configuration in
                try Self.changeKeys(of: township.nodeID, in: &configuration) { keys in
                    keys[0].to = now.advanced(byMilliseconds: 86_400_000)
                    keys.append(
                        LedgerKeyRecord(keyID: key.id.bytes, publicKey: key.publicKey.bytes, from: now))
                }
            }
            try await region.waitUntilConfigured()
            let keyring = try township.node.setup.keyring
            keyring.replace([key], at: region.clock.time.wallTime)
            let entry = try EntryID(try await township.publish(TestReport("J-2", of: People.li)).entry)
            let ledger = try township.node.context.ledger
            let sealed = try await ledger.sealedStretch(of: entry.batch.chain, from: entry.batch.sequence)
            #expect(sealed?.key == key.id)
            try await region.waitUntilAcknowledged()
            #expect(try await region.node("pingding").reportCounts().results == 2)
        }
    }

    @Test("a node does not start with the keys of another one, and says whose they are")
    func foreignKeys() async throws {
        try await TestRegion.run(.small) { region in
            let (mine, other) = (try region.node("jucheng"), try region.node("yuxian"))
            var setup = try mine.node.setup
            setup.boxKey = other.identity.boxKey
            let box = await #expect(throws: Failure.self) { try await YilianNode.open(setup) }
            #expect(box?.code == "node.otherBoxKey" && box?.message.contains("'yuxian'") == true)
            let wrong = NodeSetup(
                node: mine.nodeID, region: setup.region, signingKey: other.identity.signingKey,
                boxKey: mine.identity.boxKey, store: setup.store, transport: setup.transport, world: setup.world,
                logger: setup.logger)
            let ledger = await #expect(throws: Failure.self) { try await YilianNode.open(wrong) }
            #expect(ledger?.code == "node.otherKey" && ledger?.message.contains("'yuxian'") == true)
            var moved = try other.node.setup
            moved.store = setup.store
            let store = await #expect(throws: Failure.self) { try await YilianNode.open(moved) }
            #expect(store?.code == "ledger.otherOwner" && store?.message.contains("test/jucheng") == true)
        }
    }
}
