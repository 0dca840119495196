import Effects
import Testing

@testable import WorkflowKit

@Suite("When a watch looks at all of its cases") struct WatchPaceTests {
    private let start = MonotonicTime(nanoseconds: 5_000_000_000)

    @Test func `all are looked at when the region has changed and when the node may decide from now on`() {
        var pace = WatchPace(hasRounds: false, now: start)
        #expect(pace.isRoundDue(at: 1, mayDecide: false, now: start))
        pace.hadRound(at: 1, mayDecide: false, now: start)
        #expect(!pace.isRoundDue(at: 1, mayDecide: false, now: start))
        #expect(pace.pauseMilliseconds(isDone: true, now: start) == 2_000, "the parent is asked again")
        #expect(pace.isRoundDue(at: 1, mayDecide: true, now: start))
        pace.hadRound(at: 1, mayDecide: true, now: start)
        #expect(pace.pauseMilliseconds(isDone: true, now: start) == nil)
        #expect(pace.pauseMilliseconds(isDone: false, now: start) == 2_000)
        #expect(pace.isRoundDue(at: 2, mayDecide: true, now: start))
    }

    /// The parent was silent for so long that the node might decide, came back in the middle of a look with more than lies
    /// here, and has given it back before the next look.
    @Test func `what was left alone is looked at again, though the node may decide before and after`() {
        var pace = WatchPace(hasRounds: false, now: start)
        pace.hadRound(at: 1, mayDecide: true, now: start)
        #expect(!pace.isRoundDue(at: 1, mayDecide: true, now: start))
        pace.hasLeftAlone()
        #expect(pace.isRoundDue(at: 1, mayDecide: true, now: start))
        #expect(pace.pauseMilliseconds(isDone: true, now: start) == 2_000, "nobody else may wake it")
        pace.hadRound(at: 1, mayDecide: true, now: start)
        #expect(pace.pauseMilliseconds(isDone: true, now: start) == nil)
    }

    @Test func `of workflows with attempts all are looked at now and then`() {
        var pace = WatchPace(hasRounds: true, now: start)
        pace.hadRound(at: 1, mayDecide: true, now: start)
        #expect(pace.pauseMilliseconds(isDone: true, now: start) == 60_000)
        let later = start.advanced(byMilliseconds: 60_000)
        #expect(pace.isRoundDue(at: 1, mayDecide: true, now: later))
    }

    @Test func `who has left something alone says so once`() {
        let hasLeftAlone = LeftAlone()
        #expect(!hasLeftAlone.take())
        hasLeftAlone.note()
        hasLeftAlone.note()
        #expect(hasLeftAlone.take() && !hasLeftAlone.take())
    }
}
