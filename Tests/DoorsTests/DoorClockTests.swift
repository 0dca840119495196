import Effects
import Testing

@testable import Doors

@Suite struct DoorClockTests {
    private static let start = MonotonicTime(nanoseconds: 0)
    private static let deadlines = DoorDeadlines(
        tlsMilliseconds: 1_000, proofMilliseconds: 2_000, messageMilliseconds: 5_000, answerMilliseconds: 3_000,
        idleMilliseconds: 60_000)

    private static func at(_ milliseconds: Int64) -> MonotonicTime { start.advanced(byMilliseconds: milliseconds) }

    @Test func eachPhaseHasItsDeadline() {
        var clock = DoorClock(Self.deadlines, phase: .tls, now: Self.start)
        #expect(clock.deadline == Self.at(1_000))
        clock.enter(.silence, now: Self.at(500))
        #expect(clock.deadline == Self.at(2_500), "the time for the proof begins when TLS is set up")
        clock.enter(.message, now: Self.at(1_000))
        #expect(clock.deadline == Self.at(2_500), "who has not proved itself has no longer for a message")
        clock.prove()
        #expect(clock.deadline == Self.at(6_000))
        clock.enter(.work, now: Self.at(2_000))
        #expect(clock.deadline == nil, "the peer waits for us")
        clock.enter(.answer, now: Self.at(9_000))
        #expect(clock.deadline == Self.at(12_000))
        clock.enter(.silence, now: Self.at(9_500))
        #expect(clock.deadline == Self.at(69_500))
    }

    @Test func anAnswerThatNeedsNoProofBuysNoMoreThanTheTimeForOne() {
        var clock = DoorClock(Self.deadlines, phase: .silence, now: Self.start)
        clock.enter(.work, now: Self.at(1_900))
        clock.enter(.answer, now: Self.at(1_950))
        clock.enter(.silence, now: Self.at(2_000))
        #expect(clock.deadline == Self.at(4_000))
    }
}
