import Testing
import VerbKit

@testable import RecognitionVerbs

@Suite struct ShownTests {
    @Test(arguments: [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1_572_864, "1.5 MiB")])
    func bytesHaveUnits(_ count: Int, _ text: String) {
        #expect(Shown.bytes(count) == text)
    }

    @Test(arguments: [(5, "5 s"), (119, "119 s"), (600, "10 min"), (7200, "2 h"), (200_000, "2 d")])
    func secondsHaveUnits(_ seconds: Int64, _ text: String) {
        #expect(Shown.seconds(seconds) == text)
    }

    @Test(arguments: [
        ("20261126083005+0800", "2026-11-26T08:30:05+08:00"), ("20261126003005+0000", "2026-11-26T08:30:05+08:00"),
        ("2026-11-26T00:30:05Z", "2026-11-26T08:30:05+08:00"), ("202611260830", "2026-11-26T08:30:00+08:00"),
        ("20261126", "2026-11-26"), ("20261126+0800", "2026-11-26"), ("2026-11-26", "2026-11-26"),
        ("2026-11", "2026-11"), ("昨天", "昨天"),
        ("20261399", "20261399"),
    ]) func timesOfResultsHaveOneForm(_ written: String, _ shown: String) {
        #expect(Shown.reported(written) == shown)
        #expect(Shown.reported(nil) == "-")
    }

    @Test func nounsAreCounted() {
        #expect(Shown.count(1, "entry") == "1 entry")
        #expect(Shown.count(2, "entry") == "2 entries")
        #expect(Shown.count(3, "batch") == "3 batches")
        #expect(Shown.count(0, "report") == "0 reports")
    }
}
