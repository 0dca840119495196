import Calls
import Couriers
import Effects
import Ledgers
import NodeRuntime
import RecognitionTestKit
import Regions
import Synchronization
import Testing
import Trust
import YilianTestKit

@Suite("Region configuration in a running region", .serialized)
struct ConfigurationTests {
    @Test("what the dispatcher publishes reaches everybody", arguments: TestOptions.LinkKind.allCases)
    func published(links: TestOptions.LinkKind) async throws {
        try await TestRegion.run(.small, TestOptions(links: links)) { region in
            try await region.publishConfiguration { $0.name = "新名" }
            try await region.waitUntilConfigured()
            try await region.waitUntilAcknowledged()
            for node in region.allNodes {
                #expect(try node.node.context.region.current.name == "新名", "\(node.id)")
                #expect(node.configurationVersion == 2)
            }
        }
    }

    @Test("a township is added to the running region, publishes, and is found from the other county")
    func township() async throws {
        try await TestRegion.run(.small) { region in
            let added = try await region.addTownship("xiyan", name: "西烟镇", under: "yuxian")
            try await added.publish(TestReport("X-1", of: People.li))
            try await region.waitUntilConfigured()
            try await region.waitUntilAcknowledged()
            let doctor = try region.node("jucheng")
            let findings = try await doctor.find(People.li)
            #expect(findings.asked == ["jucheng", "pingding", "shi"])
            let opened = try await doctor.open(try #require(findings.results.first))
            #expect(opened.author == "xiyan")
            #expect(opened.servedBy == "yuxian")
        }
    }

    @Test("a node keeps what it accepted, also when it starts again without a neighbour")
    func kept() async throws {
        try await TestRegion.run(.small) { region in
            try await region.publishConfiguration()
            try await region.waitUntilConfigured()
            let township = try region.node("jucheng")
            await township.stop()
            await (try region.node("pingding")).stop()
            try await township.start()
            #expect(township.configurationVersion == 2)
        }
    }

    @Test("while the dispatcher cannot be reached, any neighbour brings it, and the dispatcher gets it afterwards")
    func withoutDispatcher() async throws {
        try await TestRegion.run(.small) { region in
            try region.cut("diaodu", "shi")
            try await region.wait(for: "the cut") { try !region.areLinked("diaodu", "shi") }
            try await region.publishConfiguration(at: "jucheng") { $0.name = "由卫生院带来" }
            try await region.wait(for: "the configuration below the cut") {
                ["shi", "pingding", "yuxian", "jucheng"].allSatisfy {
                    (try? region.node($0).configurationVersion) == 2
                }
            }
            #expect(try region.node("diaodu").configurationVersion == 1)
            try region.heal("diaodu", "shi")
            try await region.waitUntilConfigured()
        }
    }

    @Test("a node that was down is brought up to date when it comes back")
    func late() async throws {
        try await TestRegion.run(.small) { region in
            await (try region.node("yuxian")).stop()
            try await region.publishConfiguration()
            try await region.publishConfiguration()
            try await region.node("yuxian").start()
            try await region.waitUntilConfigured()
            #expect(try region.node("yuxian").configurationVersion == 3)
        }
    }

    @Test("a lower version, another content under one version and a foreign root's signature are refused")
    func refused() async throws {
        try await TestRegion.run(.small) { region in
            try await region.wait(for: "links") { try region.areLinked("jucheng", "pingding") }
            let old = region.configuration
            try await region.publishConfiguration()
            try await region.publishConfiguration()
            try await region.waitUntilConfigured()
            var same = region.configuration
            same.name = "另一份"
            var other = region.configuration
            other.version = 9
            let stranger = try RegionFoundry(suite: region.foundry.suite, world: region.world)
            let offers = try [
                ("region.rollback", region.foundry.sign(old)), ("region.sameVersion", region.foundry.sign(same)),
                ("region.badSignature", stranger.sign(other)),
            ]
            let parent = try region.node("pingding")
            for (code, signed) in offers {
                let bytes = try signed.wireBytes()
                let township = try region.node("jucheng").node
                await #expect {
                    try await DeskInterface.courier.at(parent.nodeID, township.context.system).offerRegion(bytes)
                } throws: { ($0 as? Failure)?.code.rawValue == code }
                #expect { try township.regionKeeper.accept(bytes) } throws: {
                    ($0 as? Failure)?.code.rawValue == code
                }
            }
            #expect(parent.configurationVersion == 3)
            #expect(try region.areLinked("jucheng", "pingding"))
        }
    }

    @Test("a township that is given another county is served by the new one")
    func moved() async throws {
        try await TestRegion.run(.small) { region in
            try await region.node("jucheng").publish(TestReport("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            try await region.move("jucheng", under: "yuxian")
            try await region.wait(for: "the new link") { try region.areLinked("jucheng", "yuxian") }
            #expect(try !region.areLinked("jucheng", "pingding"))
            try await region.node("jucheng").publish(TestReport("J-2", of: People.wang))
            try await region.wait(for: "both results at the new county") {
                try await region.node("yuxian").reportCounts().results == 2
            }
            try await region.waitUntilAcknowledged()
        }
    }

    @Test(
        "a configuration whose time has not come waits everywhere, revokes at once, and comes into force by the clock")
    func waiting() async throws {
        try await TestRegion.run(.small, TestOptions(clock: .manual)) { region in
            try await region.wait(for: "the links") { try region.areLinked("jucheng", "pingding") }
            let begin = region.clock.time.wallTime.advanced(byMilliseconds: 3_600_000)
            let revoked = try region.node("yuxian").identity.certificate.identity.serial
            let now = region.clock.time.wallTime
            try await region.publishConfiguration { configuration in
                configuration.name = "将来"
                configuration.validFrom = begin
                configuration.revokedCertificates.append(
                    RevokedCertificate(
                        serialNumber: try #require(Hex.bytes(revoked)), time: now, reason: "test"))
            }
            let others = region.allNodes.filter { $0.id != "yuxian" }
            try await region.wait(for: "the configuration at every node") {
                try others.allSatisfy { try $0.node.setup.region.newestVersion == 2 }
            }
            for node in others {
                #expect(node.configurationVersion == 1, "\(node.id) goes by the first one")
                #expect(try node.node.setup.region.current.name != "将来")
            }
            try await region.wait(for: "the cut of the revoked county") { try !region.areLinked("yuxian", "shi") }
            // It waits across a restart, too.
            try await region.node("jucheng").restart()
            #expect(try region.node("jucheng").node.setup.region.newestVersion == 2)
            #expect(try region.node("jucheng").configurationVersion == 1)
            region.clock.advance(by: .seconds(3_600))
            try await region.wait(for: "its time") { others.allSatisfy { $0.configurationVersion == 2 } }
            await (try region.node("jucheng")).stop()
            try await region.node("jucheng").start()
            #expect(try region.node("jucheng").configurationVersion == 2)
        }
    }

    @Test("a configuration is read once where it is taken, and not at all where it is known")
    func readOnce() async throws {
        try await TestRegion.run(.small) { region in
            let keeper = try region.node("jucheng").node.regionKeeper
            let readings = Readings()
            func bytes(_ version: UInt64, waits: Bool = false) throws -> [UInt8] {
                var next = region.configuration
                next.version = version
                if waits { next.validFrom = region.world.time.wallTime.advanced(byMilliseconds: 3_600_000) }
                return try region.foundry.sign(next).wireBytes()
            }
            let (first, second, third, later) = (try bytes(2), try bytes(3), try bytes(4), try bytes(5, waits: true))
            try RegionConfiguration.$onReading.withValue({ readings.add() }) {
                try keeper.accept(first)
                #expect(readings.take() == 1)
                try keeper.accept(first)
                #expect(readings.take() == 0, "byte for byte the one in force")
                try keeper.acceptUnlessOlder(second)
                #expect(readings.take() == 1)
                try keeper.acceptUnlessOlder(first)
                #expect(readings.take() == 1)
            }
            try await RegionConfiguration.$onReading.withValue({ readings.add() }) {
                _ = try await keeper.publish(third)
                #expect(readings.take() == 1)
                _ = try await keeper.publish(later)
                #expect(readings.take() == 1, "one that waits, too")
            }
            #expect(try region.node("jucheng").configurationVersion == 4)
        }
    }

    @Test("configurations that come all at once are taken one after the other, and the newest lies on the disk")
    func atOnce() async throws {
        try await TestRegion.run(.small) { region in
            let node = try region.node("jucheng")
            var offers: [[UInt8]] = []
            for version in UInt64(2)...40 {
                var next = region.configuration
                next.version = version
                offers.append(try region.foundry.sign(next).wireBytes())
            }
            let keeper = try node.node.regionKeeper
            let refused = await withTaskGroup(of: String?.self) { group in
                for bytes in offers.reversed() {
                    group.addTask {
                        do { try keeper.accept(bytes) } catch { return (error as? Failure)?.code.rawValue ?? "other" }
                        return nil
                    }
                }
                return await group.reduce(into: Set<String>()) { codes, code in
                    if let code { codes.insert(code) }
                }
            }
            #expect(refused.subtracting(["region.rollback"]).isEmpty, "\(refused)")
            #expect(node.configurationVersion == 40)
            let kept = try SystemDisk().read(node.folder + "/region.signed")
            #expect(try SignedRegionConfiguration(wireBytes: kept).configuration(reading: []).version == 40)
            #expect(region.log.lines(of: "jucheng", holding: "disk.").isEmpty)
            // The neighbours know what it has now, and not what it had when the link came up.
            let id = node.nodeID
            try await region.wait(for: "the newest version at the neighbour, and its knowledge") {
                try region.node("pingding").node.regionKeeper.version(of: id) == 40
            }
        }
    }
}

/// Counts readings of configurations.
private final class Readings: Sendable {
    private let count = Mutex(0)

    func add() { count.withLock { $0 += 1 } }

    /// How many there were since the last call.
    func take() -> Int {
        count.withLock { count in
            defer { count = 0 }
            return count
        }
    }
}
