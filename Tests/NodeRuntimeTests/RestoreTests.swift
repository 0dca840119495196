import Calls
import Couriers
import Effects
import Ledgers
import NodeRuntime
import RecognitionTestKit
import Regions
import Testing
import Wire
import YilianTestKit

@Suite("Restored folders", .serialized)
struct RestoreTests {
    @Test("a township restored from an older copy uses no identity again and is given back what it lost")
    func olderCopy() async throws {
        try await TestRegion.run(.small) { region in
            let township = try region.node("jucheng")
            func publish(_ range: Range<Int>) async throws -> [String] {
                var entries: [String] = []
                for number in range {
                    entries.append(
                        try await township.publish(TestReport("J-\(number)", of: People.patient(number))).entry)
                }
                return entries
            }
            var entries = try await publish(0..<6)
            try await region.waitUntilAcknowledged()
            let copy = try await township.copyFolder()
            entries += try await publish(6..<12)
            try await region.waitUntilAcknowledged()

            try await township.restoreFolder(copy)
            entries += try await publish(12..<18)
            try await region.waitUntilAcknowledged()
            try await region.wait(for: "what was lost") { try await township.reportCounts().results == 18 }

            #expect(Set(entries).count == 18, "no identity was used twice")
            let queue = try township.node.queue
            try await region.wait(for: "an empty queue: what was given back counts as acknowledged") {
                try await queue.items { _ in nil }.isEmpty
            }
            for id in ["jucheng", "pingding", "shi"] {
                let counts = try await region.node(id).reportCounts()
                #expect(counts.results == 18 && counts.versions == 18, "\(id) has \(counts)")
            }
            for node in region.allNodes {
                #expect(try await node.verifyLedger() == [], "\(node.id)")
                #expect(try await node.node.context.ledger.statistics().forks == 0)
            }
            for entry in entries {
                let id = try EntryID(entry)
                let mine = try await township.node.context.ledger.entry(id)
                #expect(mine?.payload != nil, "the township has \(entry) back with its content")
            }
        }
    }

    @Test("a county restored from an older copy gets back what its townships and it itself had sent")
    func county() async throws {
        try await TestRegion.run(.small) { region in
            let county = try region.node("pingding")
            try await region.node("jucheng").publish(TestReport("J-1", of: People.wang))
            try await county.publish(TestReport("P-1", of: People.li))
            try await region.waitUntilAcknowledged()
            let copy = try await county.copyFolder()
            try await region.node("jucheng").publish(TestReport("J-2", of: People.wang))
            try await county.publish(TestReport("P-2", of: People.li))
            try await region.waitUntilAcknowledged()
            try await county.restoreFolder(copy)
            try await region.waitUntilAcknowledged()
            try await region.wait(for: "everything at the county") { try await county.reportCounts().results == 4 }
            #expect(try await region.node("shi").reportCounts().versions == 4)
            for node in region.allNodes {
                let queue = try node.node.queue
                try await region.wait(for: "an empty queue at \(node.id)") {
                    try await queue.items { _ in nil }.isEmpty
                }
            }
            for node in region.allNodes { #expect(try await node.verifyLedger() == [], "\(node.id)") }
        }
    }

    @Test("a city gets its own grants back too, so that a recipient who loses its disk later is not forgotten")
    func grants() async throws {
        try await TestRegion.run(.small) { region in
            let (city, recipient) = (try region.node("shi"), try region.node("yuxian"))
            let report = try await region.node("jucheng").publish(TestReport("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            let (old, empty) = (try await city.copyFolder(), try await recipient.copyFolder())
            let entry = try EntryID(report.entry)
            let grant = try await city.node.context.ledger.write(lane: .clinical) { transaction in
                try transaction.grant([entry], to: [recipient.nodeID])
            }
            let isHeld: @Sendable () async throws -> Bool = {
                try await recipient.node.context.ledger.placement(of: entry) != nil
            }
            try await region.wait(for: "what was granted") { try await isHeld() }
            try await region.waitUntilAcknowledged()

            try await city.restoreFolder(old)
            try await region.wait(for: "the grant at the city") {
                try await city.node.context.ledger.placement(of: try #require(grant)) != nil
            }
            try await region.waitUntilAcknowledged()
            try await recipient.restoreFolder(empty)
            try await region.wait(for: "what was granted before both disks were lost") { try await isHeld() }
        }
    }

    /// A notice goes to those whom it concerns and to nobody else: no neighbour can give it back.
    @Test("what only a lost disk held of what was granted waits for nobody, and stands in no queue")
    func lostForGood() async throws {
        try await TestRegion.run(.small) { region in
            let (county, township) = (try region.node("pingding"), try region.node("jucheng"))
            let copy = try await county.copyFolder()
            try await region.wait(for: "the link") { try region.areLinked("jucheng", "pingding") }
            var hostile = HostileNode(township)
            try await hostile.deliver(
                [HostileEntry(kind: EntryKind(999), subject: "unknown", fields: [])], to: county.nodeID)
            try await region.waitUntilAcknowledged()
            // The city gives back the grant of the notice, and never had the notice.
            try await county.restoreFolder(copy)
            try await region.wait(for: "the loss to be noticed") {
                !region.log.lines(of: "pingding", holding: "was lost with this node's disk").isEmpty
            }
            try await region.waitUntilAcknowledged()
            let queue = try county.node.queue
            try await region.wait(for: "an empty queue") { try await queue.items { _ in nil }.isEmpty }
        }
    }

    @Test("two batches of one identity are kept as evidence, stop the author's bulk, and harm nobody else")
    func fork() async throws {
        let tree = TestTree.dispatcher(
            "diaodu", .city("shi", .county("pingding", .township("jucheng"), .township("zhangzhuang"))))
        try await TestRegion.run(tree, TestOptions(clock: .manual)) { region in
            let township = try region.node("jucheng")
            try await region.waitUntilAcknowledged()
            let copy = try await township.copyFolder()
            await township.stop()

            // One clock that stands still and one seed: both copies open the same incarnation.
            let time = ManualTime(wallTime: region.world.time.wallTime)
            func start() async throws {
                var world = region.world
                world.time = time
                world.random = SeededRandom(seed: 7)
                try await township.start(world: world)
            }
            try await start()
            let first = try await township.publish(TestReport("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            await township.stop()
            try await township.restoreFolder(copy)
            try region.cut("jucheng", "pingding")
            try await start()
            let second = try await township.publish(TestReport("J-2", of: People.li))
            #expect(first.entry == second.entry)
            try region.heal("jucheng", "pingding")
            try await region.wait(for: "the link") {
                time.advance(milliseconds: 100)
                return try region.areLinked("jucheng", "pingding")
            }

            let identity = try EntryID(second.entry).batch
            let parent = try region.node("pingding").nodeID
            let forged = try await township.node.context.ledger.batches(
                from: ChainPosition(chain: identity.chain, nextSequence: 0), for: parent)
            let receipt = try await DeskInterface.courier.at(parent, try township.node.context.system)
                .deliver(BatchDelivery(batches: forged))
            #expect(receipt.refusals.map(\.code) == ["ledger.fork"])
            #expect(try await region.node("pingding").node.context.ledger.statistics().forks == 1)
            #expect(!region.log.lines(of: "pingding", holding: "ledger.fork").isEmpty)
            #expect(try region.areLinked("jucheng", "pingding"))

            try await township.publish(TestReport("J-3", of: People.li))
            try await region.node("zhangzhuang").publish(TestReport("Z-1", of: People.patient(1)))
            try await region.wait(for: "the other township's result") {
                try await region.node("shi").reportCounts().results == 2
            }
            try await region.wait(for: "the refusal") {
                time.advance(milliseconds: 100)
                return !region.log.lines(of: "pingding", holding: "ledger.blocked").isEmpty
            }
            #expect(try await region.node("pingding").find(People.li).results.isEmpty)
            #expect(try await region.node("pingding").find(People.wang).results.count == 1)
        }
    }
}
