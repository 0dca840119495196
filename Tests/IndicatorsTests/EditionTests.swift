import Effects
import Ledgers
import Regions
import Testing

@testable import Indicators

struct EditionTests {
    private static let day = "2026-11-21"
    private static let noon = "2026-11-21T12:00:00+08:00"
    private let region: SampleRegion

    init() throws {
        region = try SampleRegion(now: "2026-11-22T10:00:00+08:00")
    }

    @Test func whoHasNotSubmittedIsListedOnEveryLevel() async throws {
        let hill = try await region.open(SampleRegion.hill)
        let east = try await region.open(SampleRegion.east)
        let city = try await region.open(SampleRegion.city)
        try await hill.publish(3, at: Self.noon)
        try await hill.closeNow(Self.day)
        try await east.take(from: hill)
        try await east.closeNow(Self.day)
        try await city.take(from: east)
        try await city.closeNow(Self.day)
        let county = try await east.newest(Self.day)
        #expect(county.missing == [SampleRegion.vale])
        #expect(county.contributions.map(\.unit) == [SampleRegion.hill])
        let whole = try await city.newest(Self.day)
        #expect(whole.missing == [SampleRegion.west])
        #expect(whole.missingBelow == [SampleRegion.vale])
        #expect(whole.total.published == 3)
    }

    @Test func anAmendmentStandsBesideThePublicationAndCountsNothingTwice() async throws {
        let hill = try await region.open(SampleRegion.hill)
        let east = try await region.open(SampleRegion.east)
        try await hill.publish(3, at: Self.noon)
        try await hill.closeNow(Self.day)
        try await east.publish(10, at: Self.noon)
        try await east.take(from: hill)
        #expect(try await east.closeNow(Self.day) == 1)
        let published = try await east.newest(Self.day)
        try await hill.publish(2, at: Self.noon)
        #expect(try await hill.closeNow(Self.day) == 2)
        try await east.take(from: hill)
        #expect(try await east.closeNow(Self.day) == 2)
        let editions = try await east.editions(Self.day)
        #expect(editions.first == published)
        #expect(editions.map(\.total.published) == [13, 15])
        #expect(editions.map { $0.contributions.map(\.version) } == [[1], [2]])
    }

    @Test func anEditionNamesAsCausesWhatItSumsAndTheEditionBefore() async throws {
        let hill = try await region.open(SampleRegion.hill)
        let east = try await region.open(SampleRegion.east)
        guard case .closed(let below, _) = try await hill.service.close(try ReportingPeriod(Self.day), force: true)
        else { return #expect(Bool(false), "the township's period was not closed") }
        guard case .closed(let first, 1) = try await east.service.close(try ReportingPeriod(Self.day), force: true)
        else { return #expect(Bool(false), "the county's period was not closed") }
        try await east.take(from: hill)
        guard case .closed(let second, 2) = try await east.service.close(try ReportingPeriod(Self.day), force: true)
        else { return #expect(Bool(false), "the county's period was not amended") }
        let entry = try #require(try await east.ledger.entry(second))
        #expect(Set(entry.causes) == [below, first])
        #expect(entry.subject == "east/\(Self.day)")
    }

    @Test func closingAgainWithoutNewsWritesNothing() async throws {
        let hill = try await region.open(SampleRegion.hill)
        let first = try await hill.service.close(try ReportingPeriod(Self.day), force: true)
        let again = try await hill.service.close(try ReportingPeriod(Self.day), force: true)
        guard case .closed(let entry, 1) = first else { return #expect(Bool(false), "nothing was published") }
        #expect(again == .unchanged(entry: entry, version: 1))
        #expect(try await hill.editions(Self.day).count == 1)
    }

    @Test func withoutForceAPeriodIsClosedWhenItIsTime() async throws {
        let east = try await region.open(SampleRegion.east, delaySeconds: 86_400)
        let period = try ReportingPeriod(Self.day)
        let outcome = try await east.service.close(period)
        let deadline = period.end.advanced(byMilliseconds: 172_800_000)
        #expect(outcome == .waiting(until: deadline, missing: [SampleRegion.hill, SampleRegion.vale]))
        let today = try await east.service.close(try ReportingPeriod("2026-11-22"))
        let midnight = try WallTime(text: "2026-11-23")
        #expect(today == .waiting(until: midnight, missing: [SampleRegion.hill, SampleRegion.vale]))
    }

    @Test func whatCannotBeClosedIsRefusedWithItsReason() async throws {
        let hill = try await region.open(SampleRegion.hill)
        let root = try await region.open(SampleRegion.root)
        let tomorrow = try ReportingPeriod("2026-11-23")
        let today = try ReportingPeriod("2026-11-22")
        await #expect(throws: Failure("indicators.notBegun", "")) {
            try await hill.service.close(tomorrow, force: true)
        }
        await #expect(throws: Failure("indicators.notAUnit", "")) { try await root.service.close(today, force: true) }
        let before = try ReportingPeriod("1969-11-22")
        await #expect(throws: Failure("indicators.notManaged", "")) {
            try await hill.service.close(before, force: true)
        }
    }

    @Test func figuresOfACountyStayWithTheCityAndThoseOfTheCityReachTheDispatcher() async throws {
        let hill = try await region.open(SampleRegion.hill)
        let east = try await region.open(SampleRegion.east)
        let city = try await region.open(SampleRegion.city)
        let root = try await region.open(SampleRegion.root)
        for (lower, upper) in [(hill, east), (east, city), (city, root)] {
            try await lower.closeNow(Self.day)
            try await upper.take(from: lower)
        }
        #expect(try await city.editions(Self.day, of: SampleRegion.hill).isEmpty)
        #expect(try await city.editions(Self.day, of: SampleRegion.east).count == 1)
        #expect(try await root.editions(Self.day, of: SampleRegion.east).isEmpty)
        #expect(try await root.editions(Self.day, of: SampleRegion.city).count == 1)
    }

    @Test func aUnitThatLostItsFolderAndPublishesAgainIsCountedOnce() async throws {
        let hill = try await region.open(SampleRegion.hill)
        let east = try await region.open(SampleRegion.east)
        try await hill.publish(3, at: Self.noon)
        try await hill.closeNow(Self.day)
        try await east.take(from: hill)
        region.time.advance(milliseconds: 60_000)
        let again = try await region.open(SampleRegion.hill, name: "hill-new")
        try await again.publish(4, at: Self.noon)
        try await again.closeNow(Self.day)
        try await east.take(from: again)
        try await east.closeNow(Self.day)
        let county = try await east.newest(Self.day)
        #expect(county.total.published == 4)
        #expect(try await east.editions(Self.day, of: SampleRegion.hill).count == 2)
    }
}
