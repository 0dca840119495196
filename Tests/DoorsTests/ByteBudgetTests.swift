import Effects
import Synchronization
import Testing

@testable import Doors

@Suite struct ByteBudgetTests {
    private let time = ManualTime()

    private func budget(free: Int = 10) -> ByteBudget {
        ByteBudget(limitBytes: 1_000, freeBytes: free, graceMilliseconds: 100, time: time)
    }

    private func open(_ budget: ByteBudget, isProven: Bool = false) -> (holding: ByteHolding, isEnded: () -> Bool) {
        let ended = Ended()
        let holding = budget.open(isProven: isProven) { ended.set() }
        return (holding, { ended.value })
    }

    @Test func shortMessagesAreTakenAlsoWhileLongOnesUseEverythingUp() {
        let budget = budget()
        let long = open(budget).holding
        #expect(long.take(1_010))
        let short = open(budget).holding
        #expect(short.take(10))
        #expect(!short.take(1))
        #expect(budget.figures.heldBytes == 1_000 && budget.figures.refused == 1)
    }

    @Test func whatIsGivenBackIsThereForOthers() {
        let budget = budget()
        var first: ByteHolding? = open(budget).holding
        #expect(first?.take(900) == true)
        first = nil
        let second = open(budget).holding
        #expect(second.take(1_010))
        #expect(budget.figures.mostHeldBytes == 1_000)
    }

    @Test func aMessageThatHasBeenComingForLongestMakesRoomAStrangersFirst() {
        let budget = budget(free: 0)
        let (proven, stranger, newest) = (open(budget, isProven: true), open(budget), open(budget))
        #expect(proven.holding.take(400) && stranger.holding.take(400))
        #expect(!newest.holding.take(300), "nobody has had its time")
        time.advance(milliseconds: 100)
        #expect(newest.holding.take(300))
        #expect(stranger.isEnded() && !proven.isEnded())
        #expect(!stranger.holding.take(1) && !stranger.holding.settle(), "what has made room is of no use any more")
        #expect(budget.figures.heldBytes == 700)
    }

    @Test func whatIsBeingWorkedOnMakesNoRoom() {
        let budget = budget(free: 0)
        let (whole, newest) = (open(budget), open(budget))
        #expect(whole.holding.take(900) && whole.holding.settle())
        time.advance(milliseconds: 1_000)
        #expect(!newest.holding.take(300))
        #expect(!whole.isEnded())
    }

    /// However many come at once, in whatever order they grow, the bound holds and each that goes on to grow ends.
    @Test func manyThatGrowTogetherStayWithinTheBound() {
        let budget = budget(free: 0)
        let random = SeededRandom(seed: 5)
        var frames = (0..<40).map { _ in open(budget) }
        var (finished, refused) = (0, 0)
        while !frames.isEmpty {
            let index = Int(random.number(below: UInt64(frames.count)))
            let frame = frames[index]
            time.advance(milliseconds: 1)
            if frame.isEnded() || !frame.holding.take(40) {
                refused += 1
                frames.remove(at: index)
            } else if random.number(below: 8) == 0 {
                #expect(frame.holding.settle())
                finished += 1
                frames.remove(at: index)
            }
            #expect(budget.figures.heldBytes <= 1_000)
        }
        #expect(finished > 0 && finished + refused == 40)
        #expect(budget.figures.heldBytes == 0)
    }
}

private final class Ended: Sendable {
    private let state = Mutex(false)
    var value: Bool { state.withLock { $0 } }
    func set() { state.withLock { $0 = true } }
}
