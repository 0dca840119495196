import EdgeKit
import Effects
import Recognition
import Regions
import Testing

@testable import Edge
@testable import RecognitionEdge

@Suite("A node above that refuses")
struct RefusedAboveTests {
    private static func answer(_ error: any Error) throws -> FindAnswer {
        FindAnswer(
            summaries: [], asked: [], unreached: [.init(node: try NodeID("shi"), error, since: .epoch)])
    }

    @Test("is shown with its reason, never as one that cannot be reached")
    func refused() throws {
        let answer = try Self.answer(Failure("access.expired", "the access statement has expired"))
        #expect(answer.unreached.map(\.reason) == ["access.expired"])
        #expect(answer.unreached.first?.since == nil)
        let issue = try #require(ResultDesk.issues(answer, shown: 0, of: 0).first)
        #expect(issue.code == .forbidden)
        #expect(issue.diagnostics.contains("refused the question (access.expired)"))
        #expect(!issue.diagnostics.contains("reached"))
    }

    @Test("and one that cannot be reached as that, with since when")
    func unreached() throws {
        let answer = try Self.answer(Failure("call.notReachable", "there is no link"))
        #expect(answer.unreached.first?.since == .epoch)
        let issue = try #require(ResultDesk.issues(answer, shown: 0, of: 0).first)
        #expect(issue.code == .transient)
        #expect(issue.diagnostics.contains("was not reached"))
    }

    @Test("a refusal keeps its status at the order interface")
    func statuses() {
        #expect(PlainRefusal(Failure("access.expired", "x")).status == 403)
        #expect(PlainRefusal(Failure("call.notReachable", "x")).status == 504)
        #expect(PlainRefusal(Failure("ledger.entryID", "x")).status == 400)
        #expect(PlainRefusal(Failure("recognition.decisionFinal", "x")).status == 409)
        #expect(PlainRefusal(Failure("access.expired", "x")).headers["Retry-After"] == nil)
    }
}
