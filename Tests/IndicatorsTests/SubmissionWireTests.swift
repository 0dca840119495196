import Effects
import Ledgers
import Regions
import Testing
import Wire

@testable import Indicators

struct SubmissionWireTests {
    static func submission() throws -> IndicatorSubmission {
        var histogram = DurationHistogram()
        for value in [5, 900, 900, 1 << 30] as [Int64] { histogram.add(milliseconds: value) }
        let own = IndicatorSheet([
            "results-published": IndicatorParts(numerator: 7, denominator: 7),
            "turnaround": IndicatorParts(numerator: 1_805, denominator: 3, histogram: histogram),
        ])
        let entry = EntryID(
            batch: BatchIdentity(
                chain: ChainIdentity(author: SampleRegion.hill, incarnation: 9, lane: .bulk), sequence: 4), index: 2)
        let moment = try WallTime(text: "2026-11-22T06:00:00+08:00")
        return IndicatorSubmission(
            unit: SampleRegion.east, period: try ReportingPeriod("2026-11-21"), version: 3, own: own, total: own,
            contributions: [
                IndicatorSubmission.Contribution(
                    unit: SampleRegion.hill, version: 2, entry: entry, closedAt: moment, missing: [SampleRegion.dale])
            ], missing: [SampleRegion.vale], closedAt: moment)
    }

    @Test func aSubmissionReadsBackTheSame() throws {
        let submission = try Self.submission()
        let bytes = try submission.encoded()
        #expect(try IndicatorSubmission(bytes: bytes) == submission)
        #expect(submission.subject == "east/2026-11-21")
        #expect(submission.missingBelow == [SampleRegion.dale])
    }

    @Test func bytesCutOrChangedAnywhereAreReadOrRefusedButNeverTrap() throws {
        let bytes = try Self.submission().encoded()
        for end in 0..<bytes.count { _ = try? IndicatorSubmission(bytes: Array(bytes[..<end])) }
        for bit in 0..<bytes.count * 8 {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let read = try? IndicatorSubmission(bytes: changed)
            _ = read?.total["turnaround"].histogram.quantile(0.5)
        }
    }

    @Test func aSubmissionThatCannotBeIsRefused() throws {
        var twice = try Self.submission()
        twice.missing = [SampleRegion.hill]
        var itself = try Self.submission()
        itself.missing = [SampleRegion.east]
        var zero = try Self.submission()
        zero.version = 0
        var huge = try Self.submission()
        huge.own = IndicatorSheet(["x": IndicatorParts(numerator: .max, denominator: 1)])
        for bad in [twice, itself, zero] {
            let bytes = try bad.encoded()
            #expect(throws: Failure("indicators.malformed", "")) { try IndicatorSubmission(bytes: bytes) }
        }
        let bytes = try huge.encoded()
        #expect(throws: Failure("wire.outOfRange", "")) { try IndicatorSubmission(bytes: bytes) }
        #expect(throws: Failure.self) { try IndicatorSubmission(bytes: [1, 2, 3]) }
    }
}
