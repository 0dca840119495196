import Effects
import Testing

@testable import Regions

@Suite struct ReportingPeriodTests {
    @Test(arguments: [
        ("2026-11-21", "2026-11-21T00:00:00+08:00", "2026-11-22T00:00:00+08:00"),
        ("2028-02-29", "2028-02-29T00:00:00+08:00", "2028-03-01T00:00:00+08:00"),
        ("2026-12-31", "2026-12-31T00:00:00+08:00", "2027-01-01T00:00:00+08:00"),
        ("2026-02", "2026-02-01T00:00:00+08:00", "2026-03-01T00:00:00+08:00"),
        ("2028-02", "2028-02-01T00:00:00+08:00", "2028-03-01T00:00:00+08:00"),
        ("2026-12", "2026-12-01T00:00:00+08:00", "2027-01-01T00:00:00+08:00"),
        ("2026Q1", "2026-01-01T00:00:00+08:00", "2026-04-01T00:00:00+08:00"),
        ("2026Q4", "2026-10-01T00:00:00+08:00", "2027-01-01T00:00:00+08:00"),
        ("2026", "2026-01-01T00:00:00+08:00", "2027-01-01T00:00:00+08:00"),
        ("1900", "1900-01-01T00:00:00+08:00", "1901-01-01T00:00:00+08:00"),
    ])
    func periodsBeginAndEndAtMidnightInChina(_ text: String, _ start: String, _ end: String) throws {
        let period = try ReportingPeriod(text)
        #expect(period.start == (try WallTime(text: start)))
        #expect(period.end == (try WallTime(text: end)))
        #expect(period.description == text)
        #expect(period.contains(period.start) && !period.contains(period.end))
        #expect(period.contains(period.end.advanced(byMilliseconds: -1)))
        #expect(!period.contains(period.start.advanced(byMilliseconds: -1)))
        #expect(ReportingPeriod(period.kind, containing: period.start) == period)
        #expect(ReportingPeriod(period.kind, containing: period.end) == period.next)
        #expect(period.next.previous == period)
    }

    @Test func theDayChangesAtMidnightInChinaAndNotInGreenwich() throws {
        let before = try WallTime(text: "2026-11-20T15:59:59Z")
        let after = try WallTime(text: "2026-11-20T16:00:00Z")
        #expect(ReportingPeriod(.day, containing: before).description == "2026-11-20")
        #expect(ReportingPeriod(.day, containing: after).description == "2026-11-21")
        #expect(ReportingPeriod(.year, containing: try WallTime(text: "2025-12-31T16:00:00Z")).description == "2026")
    }

    @Test(arguments: [
        ("2026-11-21", "2026-11"), ("2026-11", "2026Q4"), ("2026-01", "2026Q1"), ("2026-03", "2026Q1"),
        ("2026-04", "2026Q2"), ("2026Q3", "2026"),
    ])
    func aPeriodLiesInItsParent(_ text: String, _ parent: String) throws {
        let period = try ReportingPeriod(text)
        #expect(period.parent == (try ReportingPeriod(parent)))
        #expect(try ReportingPeriod(parent).contains(period))
        #expect(try !period.contains(ReportingPeriod(parent)))
    }

    @Test func aYearHasNoParent() throws {
        #expect(try ReportingPeriod("2026").parent == nil)
    }

    @Test func periodsCompareByTheirBeginningAndLongerOnesComeFirst() throws {
        let texts = ["2027", "2026-01-01", "2026-01", "2026Q1", "2026", "2026-01-02"]
        let sorted = try texts.map { try ReportingPeriod($0) }.sorted().map(\.description)
        #expect(sorted == ["2026", "2026Q1", "2026-01", "2026-01-01", "2026-01-02", "2027"])
    }

    @Test(arguments: [
        "", "26", "202", "20260", "2026Q0", "2026Q5", "2026Q", "2026q1", "2026-0", "2026-00", "2026-13", "2026-1",
        "2026-11-", "2026-11-00", "2026-11-31", "2026-02-29", "2026-11-21T", "1899", "9999", "２０２６", "-2026",
    ])
    func otherTextsAreRefused(_ text: String) {
        #expect(throws: Failure("period.badText", "")) { try ReportingPeriod(text) }
    }

    @Test func momentsFarAwayAreClampedWithoutATrap() {
        for kind in ReportingPeriod.Kind.allCases {
            for milliseconds in [Int64.min, -1, 0, Int64.max] {
                let period = ReportingPeriod(kind, containing: WallTime(milliseconds: milliseconds))
                #expect(ReportingPeriod.years.contains(period.year))
                #expect(period.start < period.end)
            }
        }
    }

    @Test(arguments: [
        "2026-11-21T08:00:00.5+08:00", "2026-11-21T00:00:00.500Z", "2026-11-20T19:00:00.50-05:00",
    ])
    func momentsAreReadWithTheirOffset(_ text: String) throws {
        #expect(try WallTime(text: text).description == "2026-11-21T00:00:00.500Z")
    }

    @Test(arguments: [
        "2026-11-21 08:00:00Z", "2026-11-21T08:00Z", "2026-11-21T24:00:00Z", "2026-11-21T08:00:00+15:00",
        "2026-11-21T08:00:00.Z", "2026-11-21T08:00:00.1234Z", "2026-11-21T08:00:00ZZ", "21.11.2026", "",
    ])
    func malformedMomentsAreRefused(_ text: String) {
        #expect(throws: Failure("time.badText", "")) { try WallTime(text: text) }
    }

    @Test func momentsArePrintedAsChinaReadsThem() throws {
        #expect(try WallTime(text: "2026-11-20T16:00:00Z").chinaText == "2026-11-21T00:00:00+08:00")
    }
}
