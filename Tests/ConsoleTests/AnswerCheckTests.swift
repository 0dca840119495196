import Effects
import ServiceKit
import Testing

@testable import Console

@Suite("Answers that an endpoint does not declare")
struct AnswerCheckTests {
    private struct Shelf: Codable, Sendable {
        var name: String
        var count: UInt32
    }

    private static let endpoint = Endpoint<NoQuestion, Shelf>(
        .get, "shelf", summary: "A shelf.", question: .none, answer: .json, failures: [.absent])

    private func check() throws -> AnswerCheck {
        try #require(AnswerCheck(Self.endpoint.description) { $0 == AnswerCheck.variable ? "1" : nil })
    }

    @Test("are checked only where the environment says so")
    func off() {
        #expect(AnswerCheck(Self.endpoint.description) { _ in nil } == nil)
    }

    @Test(
        "are refused: a property that is missing, of another type, or unknown",
        arguments: [#"{"name":"a"}"#, #"{"name":"a","count":"1"}"#, #"{"name":"a","count":1,"more":2}"#, "[]"])
    func shapes(json: String) throws {
        let check = try check()
        #expect(throws: Failure("console.undeclared", "")) { try check.check(answer: Array(json.utf8)) }
        try check.check(answer: Array(#"{"name":"a","count":1}"#.utf8))
    }

    @Test("are refused: a failure of a class that the endpoint does not name")
    func failures() throws {
        let check = try check()
        try check.check(failure: Failure("console.notHere", ""))
        try check.check(failure: Failure("console.unauthorised", ""))
        #expect(throws: Failure("console.undeclared", "")) {
            try check.check(failure: Failure("consultation.tooLate", ""))
        }
    }
}
