import Effects
import Ledgers
import Regions
import Testing

@testable import Indicators

struct ClosingRunTests {
    private static let day = "2026-11-21"
    private static let noon = "2026-11-21T12:00:00+08:00"

    /// Runs services while `body` lets time pass.
    private func run(_ nodes: [SampleNode], _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for node in nodes {
                group.addTask {
                    do { try await node.service.run() } catch is CancellationError {}
                }
            }
            try await body()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// Lets time pass in steps until a condition holds.
    ///
    /// Time moves only while every service waits for it, so what is due at a moment is done at that moment.
    private func pass(
        _ region: SampleRegion, nodes: Int, stepSeconds: Int64 = 60, upToSeconds: Int64,
        until condition: () async throws -> Bool
    ) async throws -> Bool {
        for _ in 0...(upToSeconds / stepSeconds) {
            while region.time.sleeperCount < nodes { await Task.yield() }
            if try await condition() { return true }
            region.time.advance(milliseconds: stepSeconds * 1_000)
        }
        return false
    }

    @Test func aTownshipClosesByItselfWhenItsDelayHasPassed() async throws {
        let region = try SampleRegion(now: "2026-11-21T23:50:00+08:00")
        let hill = try await region.open(SampleRegion.hill)
        try await hill.publish(3, at: Self.noon)
        try await run([hill]) {
            let early = try await pass(region, nodes: 1, upToSeconds: 4_100) {
                try await !hill.editions(Self.day).isEmpty
            }
            #expect(!early)
            let closed = try await pass(region, nodes: 1, upToSeconds: 300) {
                try await !hill.editions(Self.day).isEmpty
            }
            #expect(closed)
        }
        let submission = try await hill.newest(Self.day)
        #expect(submission.closedAt >= (try WallTime(text: "2026-11-22T01:00:00+08:00")))
        #expect(submission.total.published == 3)
        #expect(try await hill.editions("2026-11-20").isEmpty)
        #expect(try await hill.editions("2026-11").isEmpty)
    }

    @Test func aCountyClosesAsSoonAsAllHaveSubmittedAndTheCityAfterIt() async throws {
        let region = try SampleRegion(now: "2026-11-21T23:50:00+08:00")
        let townships = [try await region.open(SampleRegion.hill), try await region.open(SampleRegion.vale)]
        let east = try await region.open(SampleRegion.east, delaySeconds: 86_400)
        for township in townships { try await township.publish(2, at: Self.noon) }
        try await run(townships + [east]) {
            let closed = try await pass(region, nodes: 3, upToSeconds: 7_200) {
                for township in townships { try await east.take(from: township) }
                return try await !east.editions(Self.day).isEmpty
            }
            #expect(closed)
        }
        let county = try await east.newest(Self.day)
        #expect(county.version == 1)
        #expect(county.missing.isEmpty)
        #expect(county.total.published == 4)
        #expect(county.closedAt < (try WallTime(text: "2026-11-22T02:00:00+08:00")))
    }

    @Test func whoIsLateIsLeftOutAtTheDeadlineAndAmendedAtMostOncePerDelay() async throws {
        let region = try SampleRegion(now: "2026-11-21T23:50:00+08:00")
        let hill = try await region.open(SampleRegion.hill)
        let vale = try await region.open(SampleRegion.vale)
        let east = try await region.open(SampleRegion.east, delaySeconds: 3_600)
        try await east.publish(1, at: Self.noon)
        try await run([east]) {
            let closed = try await pass(region, nodes: 1, upToSeconds: 8_400) {
                try await !east.editions(Self.day).isEmpty
            }
            #expect(closed)
            try await hill.publish(2, at: Self.noon)
            try await hill.closeNow(Self.day)
            try await east.take(from: hill)
            try await vale.publish(4, at: Self.noon)
            try await vale.closeNow(Self.day)
            try await east.take(from: vale)
            let amended = try await pass(region, nodes: 1, upToSeconds: 5_000) {
                try await east.editions(Self.day).count == 2
            }
            #expect(amended)
        }
        let editions = try await east.editions(Self.day)
        #expect(editions.map(\.missing) == [[SampleRegion.hill, SampleRegion.vale], []])
        #expect(editions.map(\.total.published) == [1, 7])
        let spacing = try #require(editions.last).closedAt.milliseconds(since: try #require(editions.first).closedAt)
        #expect(spacing >= 3_600_000)
    }

    @Test func periodsThatEndedWhileTheNodeWasDownAreClosedWhenItRunsAgain() async throws {
        let region = try SampleRegion(now: "2026-11-27T12:00:00+08:00")
        let before = try await region.open(SampleRegion.hill)
        try await before.publish(3, at: "2026-11-28T12:00:00+08:00")
        region.time.advance(milliseconds: 5 * 86_400_000)
        let hill = try await region.open(SampleRegion.hill)
        let expected = ["2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30", "2026-12-01", "2026-11"]
        try await run([hill]) {
            let closed = try await pass(region, nodes: 1, stepSeconds: 1, upToSeconds: 60) {
                try await !hill.editions("2026-11").isEmpty
            }
            #expect(closed)
        }
        var sums: [Int64?] = []
        for period in expected { sums.append(try await hill.editions(period).first?.total.published) }
        #expect(sums == [0, 3, 0, 0, 0, 3])
        #expect(try await hill.editions("2026-11-26").isEmpty)
        #expect(try await hill.editions("2026-12-02").isEmpty)
    }

    @Test func factsThatComeAfterTheClosingMakeAnAmendment() async throws {
        let region = try SampleRegion(now: "2026-11-30T23:50:00+08:00")
        let hill = try await region.open(SampleRegion.hill)
        try await hill.publish(3, at: "2026-11-30T12:00:00+08:00")
        try await run([hill]) {
            let closed = try await pass(region, nodes: 1, upToSeconds: 7_200) {
                try await !hill.editions("2026-11").isEmpty
            }
            #expect(closed)
            try await hill.publish(2, at: "2026-11-30T13:00:00+08:00")
            let amended = try await pass(region, nodes: 1, upToSeconds: 7_200) {
                let day = try await hill.editions("2026-11-30").count
                let month = try await hill.editions("2026-11").count
                return day == 2 && month == 2
            }
            #expect(amended)
        }
        #expect(try await hill.editions("2026-11-30").map(\.total.published) == [3, 5])
        #expect(try await hill.editions("2026-11").map(\.total.published) == [3, 5])
    }

    @Test func theDispatcherClosesNothing() async throws {
        let region = try SampleRegion(now: "2026-11-30T23:50:00+08:00")
        let root = try await region.open(SampleRegion.root)
        try await run([root]) {
            let closed = try await pass(region, nodes: 1, stepSeconds: 3_600, upToSeconds: 100_000) {
                try await !root.table().isEmpty
            }
            #expect(!closed)
        }
    }
}
