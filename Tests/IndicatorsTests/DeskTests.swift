import Effects
import Ledgers
import Regions
import Testing
import Wire

@testable import Indicators

@Suite("What a unit says of its own figures") struct DeskTests {
    @Test("every edition with its entry, and what would be published now where that is something else")
    func explaining() async throws {
        let region = try SampleRegion()
        let hill = try await region.open(SampleRegion.hill)
        let period = try ReportingPeriod("2026-11-21")
        try await hill.publish(3, at: "2026-11-21T09:00:00+08:00")
        func explained() async throws -> FigureExplanation {
            try await hill.service.explain(period, of: SampleRegion.hill)
        }
        let open = try await explained()
        #expect(open.editions.isEmpty && open.next?.version == 1)
        #expect(open.next?.own["results-published"].numerator == 3)
        try await hill.closeNow("2026-11-21")
        let published = try await explained()
        #expect(published.editions.map(\.submission) == (try await hill.editions("2026-11-21")))
        #expect(published.next == nil)
        try await hill.publish(1, at: "2026-11-21T09:30:00+08:00")
        let changed = try await explained()
        #expect(changed.editions == published.editions)
        #expect(changed.next?.version == 2 && changed.next?.own["results-published"].numerator == 4)
    }

    @Test("a reminder closes nothing before its time, and says who is missing")
    func reminding() async throws {
        let region = try SampleRegion()
        let east = try await region.open(SampleRegion.east)
        let period = try ReportingPeriod("2026-11-21")
        let outcome = try await east.service.remind(SampleRegion.east, of: period)
        guard case .waiting(let until, let missing) = outcome else {
            Issue.record("closed before its time: \(outcome)")
            return
        }
        #expect(until >= period.end && Set(missing) == [SampleRegion.hill, SampleRegion.vale])
        #expect(try await east.editions("2026-11-21").isEmpty)
        let root = try await region.open(SampleRegion.root)
        await #expect(throws: Failure("indicators.notAUnit", "")) {
            try await root.service.explain(period, of: SampleRegion.root)
        }
    }

    @Test("explanations and outcomes read back the same; cut or changed bytes are read or refused and never trap")
    func wire() throws {
        let submission = try SubmissionWireTests.submission()
        let entry = try #require(submission.contributions.first?.entry)
        var next = submission
        next.version += 1
        let explanation = FigureExplanation(
            unit: submission.unit, editions: [.init(entry: entry, submission: submission)], next: next)
        try Self.readsBack(explanation)
        try Self.readsBack(FigureExplanation(unit: submission.unit, editions: [], next: nil))
        try Self.readsBack(ClosingOutcome.closed(entry: entry, version: 1))
        try Self.readsBack(ClosingOutcome.unchanged(entry: entry, version: 7))
        try Self.readsBack(ClosingOutcome.waiting(until: WallTime(milliseconds: 9), missing: [SampleRegion.vale]))
    }

    @Test("an explanation of another unit's figures, and an outcome of no known kind, are refused")
    func refused() throws {
        let submission = try SubmissionWireTests.submission()
        var foreign = FigureExplanation(unit: SampleRegion.west, editions: [], next: submission)
        let bytes = try foreign.wireBytes()
        #expect(throws: Failure("indicators.malformed", "")) { try FigureExplanation(wireBytes: bytes) }
        var other = submission
        other.period = try ReportingPeriod("2026-11")
        let entry = try #require(submission.contributions.first?.entry)
        foreign = FigureExplanation(
            unit: submission.unit, editions: [.init(entry: entry, submission: submission)], next: other)
        let mixed = try foreign.wireBytes()
        #expect(throws: Failure("indicators.malformed", "")) { try FigureExplanation(wireBytes: mixed) }
        var writer = ProtobufWriter()
        writer.integer(1, UInt64(9))
        let unknown = writer.bytes
        #expect(throws: Failure("indicators.malformed", "")) { try ClosingOutcome(wireBytes: unknown) }
        #expect(throws: Failure("indicators.malformed", "")) { try ClosingOutcome(wireBytes: []) }
    }

    private static func readsBack<Value: WireValue & Equatable>(_ value: Value) throws {
        let bytes = try value.wireBytes()
        #expect(try Value(wireBytes: bytes) == value)
        for end in bytes.indices { _ = try? Value(wireBytes: Array(bytes[..<end])) }
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 0x15
            _ = try? Value(wireBytes: changed)
        }
    }
}
