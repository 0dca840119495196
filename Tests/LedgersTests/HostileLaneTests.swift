import Effects
import Regions
import Storage
import Synchronization
import Testing
import Trust
import Wire

@testable import Ledgers

/// One author sends batch after batch of entries that take as many steps as an entry may.
@Suite("The disk as a lane, against hostile entries") struct HostileLaneTests {
    /// Notes; those that are called labour take steps, and time with them: one step is a microsecond here.
    private struct LabourProjection: Projection {
        static let stepsPerEntry = 4_000
        let clock: GroupCommitTests.WorkClock
        let notes = NoteProjection()

        var name: String { notes.name }
        var declared: [DeclaredKind] { notes.declared }
        var tables: [StaticString] { notes.tables }
        var migrations: [Migration] { notes.migrations }

        func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
            if entry.subject == "labour" {
                try (transaction as? MeteredTransaction)?.take(Self.stepsPerEntry)
                clock.work(Int64(Self.stepsPerEntry / 1_000))
            }
            try notes.fold(entry, in: transaction, context: context)
        }
    }

    /// Whether all of the flood is on the disk.
    private final class Flood: Sendable {
        private let hasEnded = Mutex(false)

        var isOver: Bool { hasEnded.withLock { $0 } }

        func end() { hasEnded.withLock { $0 = true } }
    }

    /// What one commit may last: bulk's time, and one batch that was begun when that was nearly over.
    private static let commitMilliseconds =
        max(Limits.bulkMillisecondsPerCommit, Limits.foreignClinicalMillisecondsPerCommit)
        + Int64(Limits.foldStepsPerBatch + Limits.foldStepsPerBatch / 4 + 2 * LabourProjection.stepsPerEntry) / 1_000

    private static let batches = 60

    @Test(
        "while one author floods a lane, a clinical entry of this node waits for two commits, another author's for three",
        arguments: [Lane.bulk, .clinical])
    func bulkDelaysNoClinicalEntry(lane: Lane) async throws {
        let fixture = try Fixture()
        let clock = GroupCommitTests.WorkClock()
        var world = fixture.world
        world.time = clock
        let ledger = try await fixture.open(
            Fixture.east, projections: [LabourProjection(clock: clock)], world: world)
        func batches(_ author: NodeID, _ lane: Lane, _ subjects: [[String]]) throws -> [InspectedBatch] {
            var previous: Digest?
            return try subjects.enumerated().map { sequence, subjects in
                let identity = BatchIdentity(chain: Fixture.chain(author, lane), sequence: UInt64(sequence))
                let sealed = try fixture.seal(
                    subjects.map { EntryDraft.note($0) }, as: identity, previous: previous)
                previous = sealed.headerDigest
                return try fixture.inspected(sealed.batch)
            }
        }
        let flood = try batches(
            Fixture.hill, lane, Array(repeating: Array(repeating: "labour", count: 100), count: Self.batches))
        let honest = try batches(Fixture.vale, .clinical, (0..<30).map { ["result \($0)"] })
        let began = clock.monotonicTime
        let state = Flood()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { state.end() }
                _ = try await ledger.ingest(flood, lane: lane)
            }
            while clock.monotonicTime == began, !state.isOver { await Task.yield() }
            var (own, other): ([Int64], [Int64]) = ([], [])
            for batch in honest {
                guard !state.isOver else { break }
                var start = clock.monotonicTime
                try await ledger.write(lane: .clinical) { _ = try $0.append(.note("urgent")) }
                own.append(clock.monotonicTime.milliseconds(since: start))
                start = clock.monotonicTime
                let receipt = try await ledger.ingest([batch], lane: .clinical)
                #expect(receipt.outcomes.map(\.outcome) == [.stored])
                other.append(clock.monotonicTime.milliseconds(since: start))
            }
            try #require(own.count >= 3, "the flood was over too soon")
            // A thread that is kept waiting between a look at the clock and its write makes one of them look slower.
            let (ownMedian, otherMedian) = (own.sorted()[own.count / 2], other.sorted()[other.count / 2])
            #expect(ownMedian <= 2 * Self.commitMilliseconds, "own: \(own) ms of work")
            #expect(otherMedian <= 3 * Self.commitMilliseconds, "another's: \(other) ms of work")
            for wait in own + other { #expect(wait <= 8 * Self.commitMilliseconds, "\(own), \(other) ms of work") }
            try await group.waitForAll()
        }
        let whole = clock.monotonicTime.milliseconds(since: began)
        #expect(whole > 20 * Self.commitMilliseconds, "the flood was \(whole) ms of work: too little to tell")
        let reasons = Set(try await ledger.setAsideRows().map(\.reason))
        #expect(reasons == ["ledger.tooMuchWork"])
    }
}
