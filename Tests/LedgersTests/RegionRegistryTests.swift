import Effects
import Regions
import Synchronization
import Testing
import Trust

@testable import Ledgers

struct RegionRegistryTests {
    private func signed(
        _ fixture: Fixture, version: UInt64, name: String = "示例",
        change: (inout RegionConfiguration) throws -> Void = { _ in }
    ) throws -> SignedRegionConfiguration {
        var configuration = try Fixture.configuration(
            suite: fixture.suite, keys: fixture.keys, version: version, name: name)
        try change(&configuration)
        return try RegionRegistry.sign(configuration, with: fixture.rootKey)
    }

    @Test("a higher version takes the place of the one in force", arguments: SuiteID.allCases)
    func newer(suite: SuiteID) throws {
        let fixture = try Fixture(suite)
        let next = try signed(fixture, version: 5, name: "新")
        let travelled = try SignedRegionConfiguration(wireBytes: try next.wireBytes())
        fixture.time.advance(milliseconds: 10)
        #expect(try fixture.registry.accept(travelled, now: fixture.time.wallTime) == .inForce)
        #expect(fixture.registry.version == 5)
        #expect(fixture.registry.current.name == "新")
        #expect(fixture.registry.signed == next)
        #expect(fixture.registry.acceptedAt == fixture.time.wallTime)
    }

    @Test("a rollback is refused")
    func rollback() throws {
        let fixture = try Fixture()
        try fixture.registry.accept(try signed(fixture, version: 5), now: .epoch)
        for version in [UInt64(1), 4] {
            #expect(throws: Failure("region.rollback", "")) {
                try fixture.registry.accept(try signed(fixture, version: version), now: .epoch)
            }
        }
        #expect(fixture.registry.version == 5)
    }

    @Test("another content under the version in force is refused, the same content is no change")
    func sameVersion() throws {
        let fixture = try Fixture()
        let accepted = try fixture.registry.accept(try signed(fixture, version: 1), now: .epoch)
        #expect(accepted == .known)
        #expect(throws: Failure("region.sameVersion", "")) {
            try fixture.registry.accept(try signed(fixture, version: 1, name: "其他"), now: .epoch)
        }
        #expect(fixture.registry.current.name == "示例")
    }

    @Test("a signature that is not the root's, or not of these bytes, is refused", arguments: SuiteID.allCases)
    func badSignature(suite: SuiteID) throws {
        let fixture = try Fixture(suite)
        let good = try signed(fixture, version: 2)
        let configuration = try good.configuration(reading: [])
        var changed = good
        changed.configurationBytes = try signed(fixture, version: 3).configurationBytes
        var flipped = good
        flipped.signature = flipped.signature.flipping(bit: 77)
        var empty = good
        empty.signature = []
        let foreign = try RegionRegistry.sign(configuration, with: try fixture.key(Fixture.root))
        let bare = SignedRegionConfiguration(
            configurationBytes: good.configurationBytes, keyID: good.keyID,
            signature: try fixture.rootKey.sign(good.configurationBytes))
        for signed in [changed, flipped, empty, foreign, bare] {
            #expect(throws: Failure("region.badSignature", "")) {
                try fixture.registry.accept(signed, now: .epoch)
            }
            #expect(throws: Failure("region.badSignature", "")) {
                try RegionRegistry(rootKey: fixture.rootKey.publicKey, initial: signed, sections: [], now: .epoch)
            }
        }
        #expect(fixture.registry.version == 1)
    }

    @Test("a configuration of another region or suite is refused even with the root's signature")
    func otherRegion() throws {
        let fixture = try Fixture()
        #expect(throws: Failure("region.otherRegion", "")) {
            try fixture.registry.accept(
                try signed(fixture, version: 9) { $0.region = try RegionID("other") }, now: .epoch)
        }
        #expect(throws: Failure("region.otherSuite", "")) {
            try fixture.registry.accept(try signed(fixture, version: 9) { $0.suite = "sm2" }, now: .epoch)
        }
    }

    @Test("observers are called once for each change and for nothing else")
    func observers() throws {
        let fixture = try Fixture()
        let seen = Mutex<[UInt64]>([])
        fixture.registry.observe { configuration in seen.withLock { $0.append(configuration.version) } }
        let versions: [UInt64] = [2, 2, 1, 3, 3]
        for version in versions { _ = try? fixture.registry.accept(try signed(fixture, version: version), now: .epoch) }
        #expect(seen.withLock { $0 } == [2, 3])
    }

    @Test("a key seals from its first moment up to, not including, its last", arguments: SuiteID.allCases)
    func keyValidity(suite: SuiteID) throws {
        let fixture = try Fixture(suite)
        let key = try fixture.key(Fixture.hill)
        let (from, to) = (WallTime(milliseconds: 1_000), WallTime(milliseconds: 2_000))
        try fixture.registry.accept(
            try signed(fixture, version: 2) { configuration in
                let index = try #require(configuration.nodes.firstIndex { $0.id == Fixture.hill })
                configuration.nodes[index].ledgerKeys[0].from = from
                configuration.nodes[index].ledgerKeys[0].to = to
            }, now: .epoch)
        func isBound(_ milliseconds: Int64, to node: NodeID = Fixture.hill) -> Bool {
            fixture.registry.ledgerKey(of: node, id: key.id, at: WallTime(milliseconds: milliseconds)) == key.publicKey
        }
        #expect([999, 1_000, 1_999, 2_000].map { isBound($0) } == [false, true, true, false])
        #expect(!isBound(1_500, to: Fixture.vale))
        #expect(!isBound(1_500, to: Fixture.node("nobody")))

        let entry = BatchSealer.Waiting(
            id: EntryID(batch: BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 0), index: 0),
            draft: .note("a"), time: to)
        let late = try fixture.sealer(Fixture.hill)
            .seal([entry], identity: entry.id.batch, previous: nil, continuedFrom: nil)
        #expect(throws: Failure("ledger.unknownKey", "")) { try fixture.inspected(late.batch) }
    }

    @Test("the tree follows its edges in time and each new configuration")
    func tree() throws {
        let fixture = try Fixture()
        let moved = WallTime(milliseconds: 1_000_000)
        let before = fixture.registry.tree(at: moved)
        #expect(before.parent(of: Fixture.hill) == Fixture.east)
        try fixture.registry.accept(
            try signed(fixture, version: 2) { configuration in
                let index = try #require(configuration.management.firstIndex { $0.child == Fixture.hill })
                configuration.management[index].to = moved
                configuration.management.append(
                    ManagementEdge(child: Fixture.hill, parent: Fixture.west, from: moved))
            }, now: .epoch)
        for (milliseconds, parent) in [(999_999, Fixture.east), (1_000_000, Fixture.west), (0, Fixture.east)] {
            let tree = fixture.registry.tree(at: WallTime(milliseconds: Int64(milliseconds)))
            #expect(tree.parent(of: Fixture.hill) == parent)
        }
        #expect(fixture.registry.tree(at: WallTime(milliseconds: -1)).parent(of: Fixture.hill) == nil)
    }

    @Test("a configuration whose time has not come waits; its revocations hold at once; a higher version replaces it")
    func waiting() throws {
        let fixture = try Fixture()
        let registry = fixture.registry
        let seen = Mutex<[UInt64]>([])
        registry.observe { configuration in seen.withLock { $0.append(configuration.version) } }
        let now = fixture.time.wallTime
        let later = now.advanced(byMilliseconds: 1_000)
        let second = try signed(fixture, version: 2, name: "将来") { configuration in
            configuration.validFrom = later
            configuration.revokedCertificates = [RevokedCertificate(serialNumber: [7], time: now, reason: "test")]
        }
        #expect(try registry.judge(registry.check(second, now: now), now: now) == .waits)
        #expect(try registry.accept(second, now: now) == .waits)
        #expect(try registry.accept(second, now: now) == .known)
        #expect(registry.version == 1 && registry.newestVersion == 2 && registry.waiting?.version == 2)
        #expect(registry.current.name == "示例")
        #expect(registry.newest == second)
        #expect(registry.revokedCertificates.map(\.serialNumber) == [[7]])
        #expect(throws: Failure("region.sameVersion", "")) {
            try registry.accept(
                try signed(fixture, version: 2, name: "其他") { $0.validFrom = later }, now: now)
        }
        #expect(!registry.advance(to: now) && registry.version == 1)
        let third = try signed(fixture, version: 3, name: "更后") { $0.validFrom = later.advanced(byMilliseconds: 1) }
        #expect(try registry.accept(third, now: now) == .waits)
        #expect(throws: Failure("region.rollback", "")) { try registry.accept(second, now: now) }
        #expect(!registry.advance(to: later), "the one that was replaced never comes")
        #expect(registry.advance(to: later.advanced(byMilliseconds: 1)))
        #expect(registry.current.name == "更后" && registry.waiting == nil && registry.signed == third)
        #expect(seen.withLock { $0 } == [2, 3, 3])
    }

    @Test("what is due takes its place beside what waits, and a higher version that is due takes that one's too")
    func dueBesideWaiting() throws {
        let fixture = try Fixture()
        let registry = fixture.registry
        let now = fixture.time.wallTime
        let later = now.advanced(byMilliseconds: 1_000)
        try registry.accept(try signed(fixture, version: 5) { $0.validFrom = later }, now: now)
        #expect(try registry.accept(try signed(fixture, version: 4, name: "四"), now: now) == .inForce)
        #expect(registry.current.name == "四" && registry.waiting?.version == 5)
        #expect(try registry.accept(try signed(fixture, version: 6, name: "六"), now: now) == .inForce)
        #expect(registry.current.name == "六" && registry.waiting == nil)
        #expect(!registry.advance(to: later))
    }
}
