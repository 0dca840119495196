import Effects
import SQLiteStorage
import Storage
import Testing

@testable import Simulator

/// A store on a simulated disk, whose power a test cuts.
private struct Machine {
    let scheduler = Scheduler(seed: 1)
    let volume: SimulatedVolume
    private var lives = 0
    private(set) var life: Life

    init(_ name: String) throws {
        try SimulatedVFS.register(random: scheduler.random)
        volume = SimulatedVolume(name, scheduler: scheduler)
        SimulatedVFS.attach(volume)
        life = Life(number: 0)
        volume.mount(life)
    }

    mutating func start(onBroken: @escaping @Sendable (Failure) -> Void = { _ in }) throws -> SQLiteStore {
        lives += 1
        life = Life(number: lives)
        volume.mount(life)
        let world = World(
            time: ManualTime(), random: scheduler.random, disk: MemoryDisk(), makeWorker: { _ in InlineWorker() })
        return try SQLiteStore(path: SimulatedVFS.path(volume, life, "test.sqlite"), world: world, onBroken: onBroken)
    }

    func losePower() {
        life.end()
        volume.losePower(scheduler.random)
    }
}

extension Store {
    fileprivate func prepare() async throws {
        _ = try await write {
            try $0.execute("CREATE TABLE IF NOT EXISTS note (number BIGINT NOT NULL PRIMARY KEY)", [])
        }
    }

    fileprivate func note(_ number: Int) async throws {
        _ = try await write { try $0.execute("INSERT INTO note (number) VALUES ($1)", [number]) }
    }

    fileprivate func count() async throws -> Int {
        try await read { Int(try $0.row("SELECT COUNT(*) FROM note", [])?.integer(0) ?? -1) }
    }
}

/// One after the other: SQLite's list of file systems is the process's.
@Suite(.serialized) struct VolumeTests {
    /// Commits, cuts the power, opens again, 40 times.
    ///
    /// - Returns: how many acknowledged commits were gone, over all cuts.
    private func lostCommits(_ name: String, _ mode: SimulatedVolume.Synchronising) async throws -> Int {
        var machine = try Machine(name)
        var lost = 0
        var next = 0
        for cut in 0..<40 {
            let store = try machine.start()
            try await store.prepare()
            let before = try await store.count()
            machine.volume.synchronising = mode
            let more = 1 + cut % 5
            for _ in 0..<more {
                next += 1
                try await store.note(next)
            }
            machine.losePower()
            machine.volume.synchronising = .works
            let again = try machine.start()
            try await again.prepare()
            lost += before + more - (try await again.count())
            machine.losePower()
        }
        return lost
    }

    /// Across checkpoints, of which every 128 commits make one.
    @Test func withoutSynchronisedCommitsTheDatabaseStaysWhole() async throws {
        var machine = try Machine("whole")
        var next = 0
        for cut in 0..<12 {
            machine.volume.synchronising = .works
            let store = try machine.start()
            try await store.prepare()
            let before = try await store.count()
            #expect(before <= next)
            let verdict = try await store.read { try $0.row("PRAGMA integrity_check", [])?.text(0) }
            #expect(verdict == "ok")
            machine.volume.synchronising = .onlyAtCheckpoints
            for _ in 0..<(100 + 37 * cut) {
                next += 1
                try await store.note(next)
            }
            machine.losePower()
        }
    }

    @Test func whatIsCommittedSurvivesPowerCuts() async throws {
        #expect(try await lostCommits("full", .works) == 0)
    }

    @Test func aDiskThatSynchronisesAtCheckpointsOnlyLosesCommits() async throws {
        #expect(try await lostCommits("normal", .onlyAtCheckpoints) > 0)
    }

    @Test func aFailedSynchronisationEndsTheStore() async throws {
        var machine = try Machine("failing")
        let heard = Heard()
        let store = try machine.start { heard.add($0) }
        try await store.prepare()
        machine.volume.synchronising = .fails
        await #expect(throws: Failure.self) { try await store.note(1) }
        machine.volume.synchronising = .works
        // Never again, although the disk would work now.
        await #expect(throws: Failure.self) { try await store.note(2) }
        #expect(heard.codes == ["storage.broken"])
        #expect(machine.volume.failedSynchronisations > 0)
    }

    /// A commit whose synchronisation failed, or never came because the process died, is there after a start; who is
    /// told so must find it after a power cut.
    @Test func whatAStartShowsSurvivesAPowerCut() async throws {
        var machine = try Machine("shown")
        try await machine.start().prepare()
        var shownUnsynchronised = 0
        for number in 1...40 {
            let store = try machine.start()
            // The first commit after a start begins the log anew, and synchronises its head before it writes anything.
            try await store.note(1_000 + number)
            let before = try await store.count()
            machine.volume.synchronising = .fails
            await #expect(throws: Failure.self) { try await store.note(number) }
            machine.life.end()
            machine.volume.synchronising = .works
            let shown = try await machine.start().count()
            if shown > before { shownUnsynchronised += 1 }
            machine.losePower()
            #expect(try await machine.start().count() == shown)
            machine.life.end()
        }
        #expect(shownUnsynchronised > 0)
    }

    @Test func aStoreDoesNotOpenOnADiskThatCannotSynchroniseWhatItHolds() async throws {
        var machine = try Machine("unsynchronised")
        try await machine.start().prepare()
        machine.life.end()
        machine.volume.synchronising = .fails
        #expect(throws: Failure.self) { _ = try machine.start() }
    }

    @Test func aFullDiskRefusesAndGoesOnWhenThereIsRoom() async throws {
        var machine = try Machine("narrow")
        let store = try machine.start()
        try await store.prepare()
        machine.volume.capacity = machine.volume.usedBytes
        let failure = await #expect(throws: Failure.self) { for number in 1...50 { try await store.note(number) } }
        #expect(failure?.code == "storage.full")
        machine.volume.capacity = nil
        let before = try await store.count()
        try await store.note(1_000)
        #expect(try await store.count() == before + 1)
    }

    @Test func aDeadProcessWritesNothingMore() async throws {
        var machine = try Machine("dead")
        let store = try machine.start()
        try await store.prepare()
        try await store.note(1)
        machine.life.end()
        await #expect(throws: Failure.self) { try await store.note(2) }
        let next = try machine.start()
        #expect(try await next.count() == 1)
    }

    @Test func databasesElsewhereAreTheMachines() async throws {
        _ = try Machine("other")
        let folder = "/tmp/yilian-vfs-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
        defer { try? SystemDisk().remove(folder) }
        let store = try SQLiteStore(path: folder + "/real.sqlite", world: .system, onBroken: { _ in })
        try await store.prepare()
        try await store.note(1)
        try await store.close()
        #expect(SystemDisk().exists(folder + "/real.sqlite"))
    }
}

// Its workers run everything at once on the test's own task.
private final class Heard: @unchecked Sendable {
    private(set) var codes: [String] = []

    func add(_ failure: Failure) { codes.append(failure.code.rawValue) }
}
