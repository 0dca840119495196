import Effects
import Foundation
import Hummingbird
import ServiceKit
import Testing

@testable import Console

@Suite struct OperatorProblemTests {
    private struct Answer: Codable, Equatable, Sendable {
        var word: String
    }

    private struct Stranger: Codable, Sendable {
        var name: String
    }

    /// An error whose text must not leave the node.
    private struct Secret: Error, CustomStringConvertible {
        var description: String { "张三 140321196804129172" }
    }

    private static let good = Endpoint<NoQuestion, Answer>(
        .get, "good", summary: "A good one.", question: .none, answer: .json)
    private static let bad = Endpoint<NoQuestion, Answer>(
        .get, "bad", summary: "A bad one.", question: .none, answer: .json)
    private static let secret = Endpoint<NoQuestion, Answer>(
        .get, "secret", summary: "One that fails by a fault.", question: .none, answer: .json)
    private static let asking = Endpoint<Answer, Answer>(
        .post, "json", summary: "One that is asked something.", question: .json, answer: .json)

    private static let served = [
        good.serve { _ in Answer(word: "好") },
        bad.serve { _ in
            throw Failure("ledger.notHeld", "this node does not hold the entry", place: "a/1", remedy: "ask elsewhere")
        },
        secret.serve { _ in throw Secret() }, asking.serve { $0 },
    ]

    private static func routes(_ router: Router<BasicRequestContext>) {
        OperatorAPI.add(served, to: router.group("v1"))
    }

    @Test func theSocketIsForItsOwnerAlone() async throws {
        let served = try ServedRoutes()
        let mode = try await served.serve({ Self.routes($0) }) { try World.system.disk.mode(served.socket) }
        #expect(mode == 0o600)
    }

    @Test func anAnswerComesBackAsItWasGiven() async throws {
        let served = try ServedRoutes()
        let answer: Answer = try await served.serve({ Self.routes($0) }) {
            try await ConsoleClient.with(.socket(path: served.socket)) { try await $0.ask(Self.good) }
        }
        #expect(answer == Answer(word: "好"))
    }

    @Test func aFailureKeepsCodePlaceAndRemedyAndGetsACorrelation() async throws {
        let served = try ServedRoutes()
        let failure = await #expect(throws: Failure.self) {
            try await served.serve({ Self.routes($0) }) {
                try await ConsoleClient.with(.socket(path: served.socket)) { client -> Answer in
                    try await client.ask(Self.bad)
                }
            }
        }
        #expect(failure?.code == "ledger.notHeld")
        #expect(failure?.place == "a/1")
        #expect(failure?.remedy == "ask elsewhere")
        #expect(failure?.message.contains("correlation 01") == true)
    }

    @Test func anUnexpectedErrorTellsNothing() async throws {
        let served = try ServedRoutes()
        let failure = await #expect(throws: Failure.self) {
            try await served.serve({ Self.routes($0) }) {
                try await ConsoleClient.with(.socket(path: served.socket)) { client -> Answer in
                    try await client.ask(Self.secret)
                }
            }
        }
        #expect(failure?.code == "console.internal")
        #expect(failure?.description.contains("张三") == false)
        #expect(failure?.description.contains("1403211968") == false)
    }

    @Test func aProblemHasItsClassAndItsChinese() throws {
        let failure = Failure("ledger.notHeld", "this node does not hold the entry", place: "a/1")
        let problem = ProblemInfo(failure, in: .console, correlation: "01K")
        let json = String(decoding: try OperatorJSON.bytes(problem), as: UTF8.self)
        #expect(json.contains(#""class":"absent""#) && json.contains(#""correlation":"01K""#))
        #expect(json.contains(#""messageChinese":"本节点没有该条目""#) && json.contains(#""place":"a/1""#))
        #expect(problem.remedy == FailureCatalogue.console["ledger.notHeld"]?.remedy.english)
        #expect(try OperatorJSON.value(ProblemInfo.self, from: Array(json.utf8), place: nil) == problem)
        let unknown = ProblemInfo(Failure("nobody.knows", "x"), in: .console)
        #expect(unknown.failureClass == "broken" && !unknown.messageChinese.isEmpty && unknown.remedyChinese == nil)
    }

    @Test(arguments: ["nothing", "good/more"]) func anUnknownRouteIsSaidToBe(_ path: String) async throws {
        let served = try ServedRoutes()
        let failure = await #expect(throws: Failure.self) {
            try await served.serve({ Self.routes($0) }) {
                try await ConsoleClient.with(.socket(path: served.socket)) { client -> Answer in
                    try await client.ask(
                        Endpoint<NoQuestion, Answer>(
                            .get, path, summary: "One that is not served.", question: .none, answer: .json))
                }
            }
        }
        #expect(failure?.code == "console.noSuchRoute")
    }

    @Test func aBodyThatIsNoJSONIsRefusedWithoutQuotingIt() async throws {
        let served = try ServedRoutes()
        let failure = await #expect(throws: Failure.self) {
            try await served.serve({ Self.routes($0) }) {
                try await ConsoleClient.with(.socket(path: served.socket)) { client -> Stranger in
                    try await client.ask(
                        Endpoint<Stranger, Stranger>(
                            .post, "json", summary: "Another question.", question: .json, answer: .json),
                        Stranger(name: "李四"))
                }
            }
        }
        #expect(failure?.code == "console.badRequest")
        #expect(failure?.description.contains("李四") == false)
    }

    @Test func withoutATokenNothingIsAnswered() async throws {
        let served = try ServedRoutes()
        let tokens = try OperatorTokens(["0123456789abcdef0123456789abcdef"])
        let failure = await #expect(throws: Failure.self) {
            try await served.serve(tokens: tokens, { Self.routes($0) }) {
                try await ConsoleClient.with(.socket(path: served.socket)) { client -> Answer in
                    try await client.ask(Self.good)
                }
            }
        }
        #expect(failure?.code == "console.unauthorised")
    }

    @Test func aNodeThatIsNotThereIsNotReachable() async throws {
        let failure = await #expect(throws: Failure.self) {
            try await ConsoleClient.with(.socket(path: "/tmp/yilian-there-is-none.sock")) { client -> Answer in
                try await client.ask(Self.good)
            }
        }
        #expect(failure?.code == "console.notReachable")
    }
}
