import Effects
import Regions
import ServiceKit
import Testing

@testable import Indicators

struct ClosingRuleTests {
    private let period: ReportingPeriod
    private let end: WallTime

    init() throws {
        period = try ReportingPeriod("2026-11-21")
        end = period.end
    }

    private func decide(
        _ tier: Tier, children: Int = 0, missing: Int = 0, closedAt: WallTime? = nil, isChanged: Bool = true,
        secondsAfterEnd: Int64
    ) -> ClosingRule.Decision {
        ClosingRule(tier: tier, schedule: ClosingSchedule(delaySeconds: 100)).decide(
            ClosingRule.Facts(
                period: period, childCount: children, missingCount: missing, closedAt: closedAt, isChanged: isChanged),
            now: after(secondsAfterEnd))
    }

    private func after(_ seconds: Int64) -> WallTime { end.advanced(byMilliseconds: seconds * 1_000) }

    @Test func nothingIsClosedBeforeThePeriodsEnd() {
        #expect(decide(.township, secondsAfterEnd: -1) == .wait(until: end))
        #expect(decide(.county, children: 2, secondsAfterEnd: -1) == .wait(until: end))
    }

    @Test func aTownshipClosesWhenItsDelayHasPassed() {
        #expect(decide(.township, secondsAfterEnd: 99) == .wait(until: after(100)))
        #expect(decide(.township, secondsAfterEnd: 100) == .close)
    }

    @Test func aCountyClosesAsSoonAsAllHaveSubmitted() {
        #expect(decide(.county, children: 2, missing: 0, secondsAfterEnd: 1) == .close)
    }

    @Test func whoIsMissingIsWaitedForLongerOnHigherTiers() {
        #expect(decide(.county, children: 2, missing: 1, secondsAfterEnd: 199) == .wait(until: after(200)))
        #expect(decide(.county, children: 2, missing: 1, secondsAfterEnd: 200) == .close)
        #expect(decide(.city, children: 2, missing: 1, secondsAfterEnd: 299) == .wait(until: after(300)))
        #expect(decide(.city, children: 2, missing: 1, secondsAfterEnd: 300) == .close)
    }

    @Test func anAmendmentComesAtMostOncePerDelayAndOnlyWhereSomethingChanged() {
        let closed = after(200)
        #expect(decide(.county, children: 2, closedAt: closed, isChanged: false, secondsAfterEnd: 900) == .settled)
        #expect(decide(.county, children: 2, closedAt: closed, secondsAfterEnd: 299) == .wait(until: after(300)))
        #expect(decide(.county, children: 2, closedAt: closed, secondsAfterEnd: 300) == .close)
    }

    @Test func whatWasClosedEarlyIsAmendedAtTheRegularTime() {
        #expect(decide(.township, closedAt: after(-500), secondsAfterEnd: 50) == .wait(until: after(100)))
        #expect(decide(.township, closedAt: after(-500), secondsAfterEnd: 100) == .close)
    }

    @Test func theSlowestIndicatorAndThePeriodsKindDecideTheDelay() throws {
        let definitions = FactRule.sample.definitions
        let schedule = ClosingSchedule(
            standardSeconds: 10, byIndicator: ["turnaround": 70, "unknown": 900], of: definitions)
        #expect(schedule.deadline(of: period, tier: .township) == after(70))
        let settings = ClosingSchedule(ClosingDelays(standardSeconds: 20, seconds: ["day": 5]), of: definitions)
        #expect(settings.deadline(of: period, tier: .county) == after(10))
        let month = try ReportingPeriod("2026-11")
        #expect(settings.deadline(of: month, tier: .township) == month.end.advanced(byMilliseconds: 20_000))
        #expect(ClosingSchedule(.unwritten, of: definitions) == ClosingSchedule())
        #expect(ClosingSchedule(delaySeconds: 0).amendment(of: period, after: end) == after(1))
    }
}
