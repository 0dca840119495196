import Effects
import Foundation
import Ledgers
import Regions
import ServiceKit
import Testing

@testable import Indicators

struct ShowTests {
    private static let day = "2026-11-21"
    private static let noon = "2026-11-21T12:00:00+08:00"

    @Test func aCountyShowsItselfAndEachUnitBelowWithWhoIsMissing() async throws {
        let region = try SampleRegion(
            now: "2026-11-22T00:10:00+08:00",
            indicators: [
                IndicatorChoice(id: "turnaround", name: "时长"), IndicatorChoice(id: "results-published", name: ""),
            ])
        let hill = try await region.open(SampleRegion.hill)
        let east = try await region.open(SampleRegion.east)
        try await hill.publish(3, at: Self.noon)
        try await hill.count([
            IndicatorFact(
                indicator: "turnaround", time: try WallTime(text: Self.noon), numerator: 750_000, denominator: 1)
        ])
        try await hill.closeNow(Self.day)
        try await east.take(from: hill)
        try await east.publish(10, at: Self.noon)

        let report = try await east.service.show(try ReportingPeriod(Self.day))
        #expect(report.isOver)
        #expect(report.units.map(\.unit) == ["east", "hill", "vale"])
        #expect(report.units.map(\.state) == [.waiting, .published, .missing])
        let own = try #require(report.units.first)
        #expect(own.closesBy == "2026-11-22T02:00:00+08:00")
        let live = try #require(own.live)
        #expect(live.isLive && live.version == 0 && live.missing == ["vale"])
        #expect(live.figures.map(\.indicator) == ["turnaround", "results-published"])
        let turnaround = try #require(live.figures.first)
        #expect(turnaround.chineseName == "时长")
        #expect(turnaround.chineseText == "12分30秒")
        #expect(turnaround.englishText == "12 min 30 s")
        #expect(abs((turnaround.p90Milliseconds ?? 0) - 750_000) < 25_000)
        let results = try #require(live.figures.last)
        #expect(results.numerator == 13 && results.ownNumerator == 10 && results.chineseText == "13")
        #expect(results.englishName == "results published")
        #expect(report.rows.count == 4)
        #expect(report.rows.first?.contributors == ["hill"])
    }

    @Test func publishedFiguresStayAndTheDifferenceIsShownAsLive() async throws {
        let region = try SampleRegion(now: "2026-11-22T10:00:00+08:00")
        let hill = try await region.open(SampleRegion.hill)
        try await hill.publish(3, at: Self.noon)
        try await hill.closeNow(Self.day)
        let published = try await hill.service.show(try ReportingPeriod(Self.day))
        #expect(published.units.first?.live == nil)
        #expect(published.units.first?.stateName == "已发布")
        try await hill.publish(1, at: Self.noon)
        let after = try #require(try await hill.service.show(try ReportingPeriod(Self.day)).units.first)
        #expect(after.editions == published.units.first?.editions)
        #expect(after.live?.figures.first?.numerator == 4)
        #expect(after.current?.version == 1)
        try await hill.closeNow(Self.day)
        let amended = try #require(try await hill.service.show(try ReportingPeriod(Self.day)).units.first)
        #expect(amended.state == .amended)
        #expect(amended.editions.first == published.units.first?.editions.first)
        #expect(amended.editions.map(\.version) == [1, 2])
    }

    @Test func aPeriodClosedOnCommandBeforeItsEndIsMarked() async throws {
        let region = try SampleRegion(now: "2026-11-21T18:00:00+08:00")
        let hill = try await region.open(SampleRegion.hill)
        let open = try await hill.service.show(try ReportingPeriod(Self.day))
        #expect(!open.isOver && open.units.first?.state == .open)
        try await hill.closeNow(Self.day)
        let report = try await hill.service.show(try ReportingPeriod(Self.day))
        #expect(report.units.first?.editions.first?.isEarly == true)
    }

    @Test func aReportIsJSON() async throws {
        let region = try SampleRegion(now: "2026-11-22T10:00:00+08:00")
        let city = try await region.open(SampleRegion.city)
        try await city.closeNow(Self.day)
        let report = try await city.service.show(try ReportingPeriod(Self.day))
        let data = try JSONEncoder().encode(report)
        #expect(try JSONDecoder().decode(PeriodReport.self, from: data) == report)
        let rows = try JSONEncoder().encode(report.rows)
        let text = String(decoding: rows, as: UTF8.self)
        for key in ["\"unit\":", "\"numerator\":", "\"denominator\":", "\"missing\":[\"east\",\"west\"]"] {
            #expect(text.contains(key))
        }
    }

    @Test func aDispatcherShowsTheCityAndNothingOfItsOwn() async throws {
        let region = try SampleRegion(now: "2026-11-22T10:00:00+08:00")
        let city = try await region.open(SampleRegion.city)
        let root = try await region.open(SampleRegion.root)
        try await city.publish(2, at: Self.noon)
        try await city.closeNow(Self.day)
        try await root.take(from: city)
        let report = try await root.service.show(try ReportingPeriod(Self.day))
        #expect(report.units.map(\.unit) == ["city"])
        #expect(report.rows.first?.numerator == 2)
    }

    @Test func durationsReadAsPeopleSayThem() {
        #expect(DurationText.chinese(milliseconds: 8_290) == "8.2秒")
        #expect(DurationText.chinese(milliseconds: 7_509_000) == "2小时05分")
        #expect(DurationText.english(milliseconds: 7_509_000) == "2 h 05 min")
        #expect(DurationText.english(milliseconds: -5) == "0.0 s")
    }
}
