import Effects
import Testing

@testable import Links

@Suite("What the log says while a neighbour is not reached") struct LinkOutageTests {
    @Test func `the first attempt, each other reason, and one in ten minutes are warnings`() {
        var outage = LinkOutage()
        let start = MonotonicTime(nanoseconds: 0)
        func isNews(_ reason: String, _ seconds: Int64) -> Bool {
            outage.isNews(reason, at: start.advanced(byMilliseconds: seconds * 1000))
        }
        #expect(isNews("unreachable", 0))
        #expect(!isNews("unreachable", 10))
        #expect(isNews("notAuthenticated", 20))
        #expect(!isNews("unreachable", 30))
        #expect(!isNews("notAuthenticated", 619))
        #expect(isNews("unreachable", 620))
        #expect(outage.attempts == 6)
    }
}
