import Effects
import Ledgers
import Regions
import Synchronization
import Testing
import Trust

@testable import Simulator

@Suite struct SimulatorPartsTests {
    @Test func aWaitIsEndedByItsDeadlineOrByTheEndOfItsProcessAndByNothingAfterIt() async {
        let scheduler = Scheduler(seed: 1)
        let life = Life(number: 1)
        let time = SimulatedTime(scheduler, clock: CivilClock(start: WallTime(milliseconds: 0)), life: life)
        let deadline = MonotonicTime(nanoseconds: 5_000_000)
        let expired = Mutex(0)
        func runAll() { #expect(scheduler.run(stepLimit: 100, until: { false }) == .standstill) }

        await time.limit(until: deadline, expire: { expired.withLock { $0 += 1 } }) { runAll() }
        #expect(expired.withLock { $0 } == 1)
        #expect(scheduler.now == deadline)

        let later = deadline.advanced(byMilliseconds: 5)
        await time.limit(until: later, expire: { expired.withLock { $0 += 1 } }) {}
        runAll()
        #expect(expired.withLock { $0 } == 1)
        #expect(scheduler.now == deadline)

        await time.limit(until: later, expire: { expired.withLock { $0 += 1 } }) { life.end() }
        runAll()
        #expect(expired.withLock { $0 } == 2)
        #expect(scheduler.now == deadline)
    }

    @Test func aSecretThatIsSealedFromASeedOpensAsAnyOther() throws {
        let random = SeededRandom(seed: 5)
        let key = try Trust.Suite.ed25519.makeBoxKey(random: random)
        let secret = random.bytes(32)
        let context = Array("region epoch".utf8)
        let box = try SeededBox.seal(
            secret, to: key.publicKey, context: context, random: SeededRandom(seed: 6))
        #expect(try key.open(box, context: context) == secret)
        let again = try SeededBox.seal(
            secret, to: key.publicKey, context: context, random: SeededRandom(seed: 6))
        #expect(box == again)
        #expect(throws: Failure.self) { try key.open(box, context: context + [0]) }
    }

    @Test func aFileLosesOnlyWhatWasNotSynchronised() {
        for seed in 0..<200 {
            let file = SimulatedFile()
            file.write([UInt8](repeating: 1, count: 3_000), at: 0)
            file.synchronise()
            file.write([UInt8](repeating: 2, count: 2_000), at: 1_000)
            file.write([UInt8](repeating: 3, count: 600), at: 4_000)
            file.loseUnsynchronised(SeededRandom(seed: UInt64(seed)))
            let bytes = file.bytes
            #expect(bytes.count >= 3_000)
            #expect(bytes[0..<1_000].allSatisfy { $0 == 1 })
            #expect(bytes[1_000..<3_000].allSatisfy { $0 == 1 || $0 == 2 })
        }
    }

    @Test func aPlanOutOfBoundsIsRefused() {
        #expect(throws: Failure.self) { try SimulationPlan(seed: 1, hours: 0).check() }
        #expect(throws: Failure.self) { try SimulationPlan(seed: 1, counties: 5, townships: 4).check() }
        #expect(throws: Never.self) { try SimulationPlan(seed: 1).check() }
    }

    @Test func aRunThatTriesTooLittleDoesNotCount() {
        let plan = SimulationPlan(seed: 1, hours: 1)
        let outcome = Simulation.Outcome(
            seed: 1, trace: "", events: 0, steps: 0, virtualMilliseconds: 0, results: 299, requests: 19, answered: 0,
            claims: 0, lostWithDisk: 0, sealedByThieves: 0, faults: ["kill": 49], violations: [], log: [])
        #expect(outcome.shortfalls(of: plan).count == 5)
    }

    /// Else a workload may go on after its time, and look like an answer that never comes.
    @Test func everythingThatIsPlannedComesBeforeTheFaultsEnd() throws {
        let plan = SimulationPlan(seed: 7, hours: 0.5)
        let shared = try SharedSimulation(plan, plays: [], services: [])
        for count in [0, 1, 2, 500] {
            let moments = shared.moments(count)
            #expect(moments.count == count)
            #expect(moments == moments.sorted())
            #expect(moments.allSatisfy { (0..<plan.milliseconds).contains($0) })
        }
    }

    @Test func aBentMessageDiffersInOneNumberAndInNothingElse() {
        // Fields 1 (a number), 2 (text), 3 (a number), 4 (fixed64), as protobuf writes them.
        let message: [UInt8] = [0x08, 0x05, 0x12, 0x02, 0x61, 0x62, 0x18, 0x07, 0x21, 1, 2, 3, 4, 5, 6, 7, 8]
        let (text, fixed) = (Array(message[2..<6]), Array(message[8...]))
        var (first, third) = (0, 0)
        for seed in 0..<200 {
            let bent = BentMessage.bend(message, SeededRandom(seed: UInt64(seed)))
            if bent.starts(with: message.prefix(6)) { third += 1 } else { first += 1 }
            #expect(bent.suffix(9) == fixed[...])
            #expect(bent.starts(with: [0x08]) && bent.indices.contains { bent[$0...].starts(with: text) })
        }
        #expect(first > 50 && third > 50)
        for nothing in [[], [0x12, 0x01, 0x61], [0xff], [0x12, 0x7f]] as [[UInt8]] {
            #expect(BentMessage.bend(nothing, SeededRandom(seed: 1)) == nothing)
        }
    }

    @Test func theSimulationKnowsWhatAThiefSealed() throws {
        let plan = SimulationPlan(seed: 7, hours: 0.5)
        let shared = try SharedSimulation(plan, plays: [], services: [])
        let member = try #require(shared.region.members.last)
        let key = StolenKey(of: member, incarnation: 77, random: shared.random)
        shared.thefts.begin(key)
        let draft = EntryDraft(kind: EntryKind(999), subject: "x", fields: [1], headerAudience: .region)
        let sealed = try key.seal([.init(draft: draft, time: nil)], lane: .bulk, at: shared.region.start)
        let registry = try RegionRegistry(
            rootKey: shared.region.rootKey.publicKey, initial: shared.firstConfiguration, sections: [],
            now: shared.region.start)
        let opened = try BatchInspector(keys: registry).inspect(sealed.batch, receivedTime: shared.region.start)
        let entry = try #require(opened.entries.first)
        #expect(entry.author == member.id && shared.thefts.wrote("\(entry.id)"))
        #expect(!shared.thefts.wrote("\(member.id)/4e/bulk/0/0"))
        // Refused batches leave no gap, taken ones are followed.
        #expect(key.id(0, lane: .bulk) == entry.id)
        key.took(sealed)
        #expect(key.id(0, lane: .bulk).batch.sequence == 1)
    }

    @Test func everyKindOfFaultFitsIntoASeedAndMore() {
        #expect(FaultKind.allCases.count * 3 < SimulationPlan(seed: 1).faults)
    }
}
