import Effects
import Ledgers
import Regions
import ServiceKit
import Testing

@testable import Indicators

struct RollUpTests {
    private static let day = "2026-11-21"

    private func facts(_ random: SeededRandom, count: Int) throws -> [IndicatorFact] {
        let start = try ReportingPeriod(Self.day).start
        return (0..<count).map { _ in
            let time = start.advanced(byMilliseconds: Int64(random.number(below: 86_400_000)))
            if random.number(below: 3) == 0 {
                let duration = Int64(random.number(below: 7_200_000))
                return IndicatorFact(indicator: "turnaround", time: time, numerator: duration, denominator: 1)
            }
            return IndicatorFact(indicator: "results-published", time: time, numerator: 1, denominator: 1)
        }
    }

    private func sheet(_ facts: [IndicatorFact]) throws -> IndicatorSheet {
        var sheet = IndicatorSheet()
        for fact in facts {
            var parts = IndicatorParts(numerator: fact.numerator, denominator: fact.denominator)
            if fact.indicator == "turnaround" { parts.histogram.add(milliseconds: fact.numerator) }
            try sheet.add(parts, to: fact.indicator)
        }
        return sheet
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func anySplitOfFactsOverSheetsGivesTheSameSum(seed: UInt64) throws {
        let random = SeededRandom(seed: seed)
        let all = try facts(random, count: 60)
        var sheets = [[IndicatorFact]](repeating: [], count: 1 + Int(random.number(below: 8)))
        for fact in all { sheets[Int(random.number(below: UInt64(sheets.count)))].append(fact) }
        var parts = try sheets.map(sheet)
        while parts.count > 1 {
            let part = parts.remove(at: Int(random.number(below: UInt64(parts.count))))
            try parts[Int(random.number(below: UInt64(parts.count)))].add(part)
        }
        #expect(parts.first?.saysTheSame(as: try sheet(all)) == true)
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func anySplitOfFactsOverUnitsGivesTheSameCountyAndCitySums(seed: UInt64) async throws {
        let region = try SampleRegion(seed: seed, now: "2026-11-22T10:00:00+08:00")
        let random = SeededRandom(seed: seed)
        let townships = [SampleRegion.hill, SampleRegion.vale]
        let city = try await region.open(SampleRegion.city)
        let east = try await region.open(SampleRegion.east)
        let below = try facts(random, count: 80)
        let others = try facts(random, count: 20)
        var shares: [NodeID: [IndicatorFact]] = [:]
        for fact in below {
            let unit = (townships + [SampleRegion.east])[Int(random.number(below: 3))]
            shares[unit, default: []].append(fact)
        }
        for township in townships {
            let node = try await region.open(township)
            try await node.count(shares[township] ?? [])
            try await node.closeNow(Self.day)
            try await east.take(from: node)
        }
        try await east.count(shares[SampleRegion.east] ?? [])
        try await east.closeNow(Self.day)
        try await city.count(others)
        try await city.take(from: east)
        try await city.closeNow(Self.day)
        let county = try await east.newest(Self.day)
        let whole = try await city.newest(Self.day)
        #expect(county.total.saysTheSame(as: try sheet(below)))
        #expect(county.own.saysTheSame(as: try sheet(shares[SampleRegion.east] ?? [])))
        #expect(whole.total.saysTheSame(as: try sheet(below + others)))
        #expect(whole.own.saysTheSame(as: try sheet(others)))
        #expect(whole.missing == [SampleRegion.west])
    }

    @Test func aSumThatNoFigureCanHaveIsRefused() throws {
        var parts = IndicatorParts(numerator: Limits.indicatorPart, denominator: 1)
        let before = parts
        #expect(throws: Failure("indicators.overflow", "")) { try parts.add(before) }
    }

    @Test func anImpossibleSubmissionLeavesOutItsOwnUnitAndNobodyElse() async throws {
        let region = try SampleRegion(now: "2026-11-22T10:00:00+08:00")
        let (hill, vale) = (try await region.open(SampleRegion.hill), try await region.open(SampleRegion.vale))
        let east = try await region.open(SampleRegion.east)
        let moment = "2026-11-21T12:00:00+08:00"
        try await vale.publish(5, at: moment)
        try await vale.closeNow(Self.day)
        try await east.publish(2, at: moment)
        let most = IndicatorSheet(["results-published": IndicatorParts(numerator: Limits.indicatorPart, denominator: 1)]
        )
        let submission = IndicatorSubmission(
            unit: SampleRegion.hill, period: try ReportingPeriod(Self.day), version: 1, own: most, total: most,
            contributions: [], missing: [], closedAt: hill.service.context.now)
        let fields = try submission.encoded()
        _ = try await hill.ledger.write(lane: .bulk) { transaction in
            try transaction.append(
                EntryDraft(
                    kind: .indicatorSubmission, subject: submission.subject, fields: fields, headerAudience: .parent))
        }
        for township in [hill, vale] { try await east.take(from: township) }
        try await east.closeNow(Self.day)
        let county = try await east.newest(Self.day)
        #expect(county.total.published == 7)
        #expect(county.missing == [SampleRegion.hill])
        #expect(county.contributions.map(\.unit) == [SampleRegion.vale])
    }

    @Test func factsThatOthersInflateStopAtWhatAFigureMayBe() async throws {
        let region = try SampleRegion(now: "2026-11-22T10:00:00+08:00")
        let hill = try await region.open(SampleRegion.hill)
        let time = try WallTime(text: "2026-11-21T12:00:00+08:00")
        try await hill.count(
            (0..<4_000).map { _ in
                IndicatorFact(indicator: "turnaround", time: time, numerator: .max, denominator: 1)
            })
        try await hill.closeNow(Self.day)
        let newest = try await hill.newest(Self.day)
        #expect(newest.own["turnaround"].numerator == Limits.indicatorPart)
        #expect(newest.own["turnaround"].denominator == 4_000)
    }

    @Test func indicatorsThatThisReleaseDoesNotKnowAreSummedAllTheSame() async throws {
        var sheet = IndicatorSheet(["of-a-newer-release": IndicatorParts(numerator: 2, denominator: 5)])
        try sheet.add(sheet)
        #expect(sheet["of-a-newer-release"] == IndicatorParts(numerator: 4, denominator: 10))
        #expect(sheet.saysTheSame(as: IndicatorSheet()) == false)
        var withZeros = sheet
        try withZeros.add(IndicatorParts(), to: "another")
        #expect(withZeros.saysTheSame(as: sheet))
    }

    @Test func factsCountInThePeriodOfTheirMomentInChinaTime() async throws {
        let region = try SampleRegion(now: "2027-01-02T10:00:00+08:00")
        let hill = try await region.open(SampleRegion.hill)
        try await hill.publish(1, at: "2026-12-30T23:59:59.999+08:00")
        try await hill.publish(2, at: "2026-12-31T00:00:00+08:00")
        try await hill.publish(4, at: "2026-12-31T15:59:59.999Z")
        try await hill.publish(8, at: "2026-12-31T16:00:00Z")
        let expected: [(String, Int64)] = [
            ("2026-12-30", 1), ("2026-12-31", 6), ("2027-01-01", 8), ("2026-12", 7), ("2027-01", 8), ("2026Q4", 7),
            ("2027Q1", 8), ("2026", 7), ("2027", 8),
        ]
        for (period, count) in expected {
            try await hill.closeNow(period)
            let newest = try await hill.newest(period)
            #expect(newest.total.published == count, "\(period)")
        }
    }
}
