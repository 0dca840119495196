import Testing

@testable import RecognitionEdge

@Suite("Times of results in JSON") struct ReportedTimeTests {
    @Test(arguments: [
        ("20261126083005+0800", "2026-11-26T08:30:05+08:00"), ("20261126003005+0000", "2026-11-26T08:30:05+08:00"),
        ("20261126083005.120", "2026-11-26T08:30:05+08:00"), ("202611260830", "2026-11-26T08:30:00+08:00"),
        ("2026-11-26T00:30:05Z", "2026-11-26T08:30:05+08:00"), ("20261126", "2026-11-26"),
        ("20261126+0800", "2026-11-26"), ("2026-11-26", "2026-11-26"), ("202611", "2026-11"), ("2026", "2026"),
        ("2026-11", "2026-11"), ("昨天", "昨天"), ("", ""),
    ]) func `every form of a message becomes the one form`(_ written: String, _ text: String) {
        #expect(ReportedTime.text(written) == text)
    }
}
