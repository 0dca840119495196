import Effects
import Regions
import Testing
import Trust
import Wire

@testable import Ledgers

struct LedgerKeyringTests {
    private static let day: Int64 = 86_400_000

    /// Publishes when the township's key ends, and what other keys it has.
    private func publish(
        _ fixture: Fixture, version: UInt64, end: WallTime?, next: (key: SigningKey, from: WallTime)? = nil
    ) throws {
        var configuration = try Fixture.configuration(suite: fixture.suite, keys: fixture.keys, version: version)
        let index = try #require(configuration.nodes.firstIndex { $0.id == Fixture.hill })
        configuration.nodes[index].ledgerKeys[0].to = end
        if let next {
            configuration.nodes[index].ledgerKeys.append(
                LedgerKeyRecord(keyID: next.key.id.bytes, publicKey: next.key.publicKey.bytes, from: next.from))
        }
        try fixture.registry.accept(
            try RegionRegistry.sign(configuration, with: fixture.rootKey), now: fixture.time.wallTime)
    }

    private func open(_ fixture: Fixture, _ keyring: LedgerKeyring) async throws -> Ledger {
        let store = try Fixture.store(fixture.path("keyring"), world: fixture.world)
        return try await Ledger.open(
            Ledger.Setup(
                node: Fixture.hill, store: store, region: fixture.registry, keyring: keyring,
                projections: ProjectionSet([NoteProjection()]), world: fixture.world))
    }

    @Test("the key that began last seals; a new one is taken in while the ledger is open, and by the clock alone")
    func changeOver() async throws {
        let fixture = try Fixture()
        let old = try fixture.key(Fixture.hill)
        let new = try fixture.suite.makeSigningKey(random: fixture.random)
        let keyring = LedgerKeyring(node: Fixture.hill, keys: [old], region: fixture.registry)
        let ledger = try await open(fixture, keyring)
        try await ledger.append(.note("a"))
        let begin = fixture.time.wallTime.advanced(byMilliseconds: Self.day)
        try publish(fixture, version: 2, end: begin.advanced(byMilliseconds: Self.day), next: (new, begin))
        keyring.replace([new], at: fixture.time.wallTime)
        try await ledger.append(.note("b"))
        #expect(
            keyring.standing(at: fixture.time.wallTime)
                == .holds(old.id, until: begin.advanced(byMilliseconds: Self.day)))
        fixture.time.advance(milliseconds: Self.day)
        try await ledger.append(.note("c"))
        let headers = try await ledger.ownBatches(lane: .bulk).map { try fixture.inspected($0).header }
        #expect(headers.map(\.keyID) == [old.id, old.id, new.id])
        #expect(Set(headers.map(\.identity.chain)).count == 1, "one chain goes on under the new key")
        let receiver = try await fixture.open(Fixture.east)
        try await receiver.catchUp(with: ledger)
        #expect(try await receiver.noteCount == 3)
    }

    @Test("nothing is sealed with a key that has ended, nothing is acknowledged, and what appends nothing goes on")
    func ended() async throws {
        let fixture = try Fixture()
        let key = try fixture.key(Fixture.hill)
        let keyring = LedgerKeyring(node: Fixture.hill, keys: [key], region: fixture.registry)
        let ledger = try await open(fixture, keyring)
        try await ledger.append(.note("a"))
        let end = fixture.time.wallTime.advanced(byMilliseconds: 1_000)
        try publish(fixture, version: 2, end: end)
        try await ledger.append(.note("b"))
        fixture.time.advance(milliseconds: 1_000)
        let failure = await #expect(throws: Failure.self) { try await ledger.append(.note("c")) }
        #expect(failure?.code == "ledger.keyEnded")
        #expect(failure?.message.contains("\(key.id) has ended at \(end.chinaText)") == true)
        #expect(keyring.standing(at: fixture.time.wallTime) == .ended(key.id, at: end))
        let stranger = try fixture.seal(
            [.note("z")], as: BatchIdentity(chain: Fixture.chain(Fixture.dale), sequence: 0))
        #expect(try await ledger.take([stranger.batch]).outcomes.map(\.outcome) == [.stored])
        #expect(try await ledger.noteCount == 3)
        try publish(fixture, version: 3, end: end.advanced(byMilliseconds: Self.day))
        try await ledger.append(.note("d"))
        #expect(try await ledger.ownBatches(lane: .bulk).count == 3)
    }

    @Test("a batch that was sealed after its key's end is refused, and taken once the region prolongs the key")
    func prolonged() async throws {
        let fixture = try Fixture()
        let author = try await fixture.open(Fixture.hill)
        try await author.append(.note("a"))
        fixture.time.advance(milliseconds: 1_000)
        let late = try await author.append(.note("b"))
        let batches = try await author.ownBatches(lane: .bulk)
        let stretch = try #require(try await author.sealedStretch(of: late.batch.chain, from: late.batch.sequence))
        #expect(stretch.key == (try fixture.key(Fixture.hill)).id && stretch.last == fixture.time.wallTime)
        try publish(fixture, version: 2, end: stretch.last)
        let receiver = try await fixture.open(Fixture.east)
        try await receiver.take([batches[0]])
        await #expect(throws: Failure("ledger.unknownKey", "")) { try await receiver.take([batches[1]]) }
        try publish(fixture, version: 3, end: stretch.last.advanced(byMilliseconds: 1))
        try await receiver.take([batches[1]])
        #expect(try await receiver.noteCount == 2)
        #expect(try await receiver.verify().isSound)
        #expect(try await receiver.count("SELECT COUNT(*) FROM fork") == 0)
    }

    @Test("a store of another node is not opened")
    func otherOwner() async throws {
        let fixture = try Fixture()
        try await fixture.open(Fixture.hill, name: "shared").store.close()
        let failure = await #expect(throws: Failure.self) { try await fixture.open(Fixture.vale, name: "shared") }
        #expect(failure?.code == "ledger.otherOwner")
        #expect(failure?.message.contains("is of hill, this node is vale") == true)
        try await fixture.open(Fixture.hill, name: "shared").store.close()
    }
}
