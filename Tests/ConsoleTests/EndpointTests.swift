import Effects
import Testing

@testable import Console
@testable import ServiceKit

@Suite("An endpoint is what its types say") struct EndpointTests {
    enum Colour: String, Codable, CaseIterable { case red, green }

    struct Part: Codable, Equatable, Sendable {
        var name: String
        var count: UInt32?
    }

    struct Whole: Codable, Equatable, Sendable {
        var colour: Colour
        var parts: [Part]
        var sizes: [String: Int]
        var first: Part?
        var share: Double
    }

    struct Filter: Codable, Equatable, Sendable {
        var name: String
        var limit: UInt32?
        var isNew: Bool?
        var colour: Colour?
    }

    private let ask = Endpoint<Filter, Whole>(.get, "a", summary: "Asks.", question: .query, answer: .json)
    private let tell = Endpoint<Whole, Part>(.post, "b", summary: "Tells.", question: .json, answer: .json)

    @Test func aSchemaNamesWhatTheTypeDecodes() throws {
        let part = JSONSchema.object(
            name: "EndpointTests.Part",
            [
                .init(name: "name", schema: .string, isRequired: true),
                .init(name: "count", schema: .integer(0...4_294_967_295), isRequired: false),
            ])
        #expect(
            try JSONSchema.read(Whole.self).get()
                == .object(
                    name: "EndpointTests.Whole",
                    [
                        .init(name: "colour", schema: .words(["red", "green"]), isRequired: true),
                        .init(name: "parts", schema: .array(part), isRequired: true),
                        .init(name: "sizes", schema: .map(.integer(.min ... .max)), isRequired: true),
                        .init(name: "first", schema: part, isRequired: false),
                        .init(name: "share", schema: .number, isRequired: true),
                    ]))
    }

    @Test func aTypeThatReadsItselfByHandIsNoSchema() {
        struct ByHand: Decodable {
            init(from decoder: any Decoder) throws { _ = try decoder.unkeyedContainer() }
        }
        #expect(throws: Failure("endpoint.undescribed", "")) { try JSONSchema.read(ByHand.self).get() }
    }

    private func answer(_ request: EndpointRequest) async throws -> String {
        let served = ask.serve { filter in
            #expect(filter.name == "心电 &=")
            return Whole(colour: filter.colour ?? .red, parts: [], sizes: [:], first: nil, share: 1)
        }
        return String(decoding: try await served.respond(request).body, as: UTF8.self)
    }

    @Test func aQuestionComesAsItWasAsked() async throws {
        let filter = Filter(name: "心电 &=", limit: 4_294_967_295, isNew: true, colour: .green)
        let request = try ask.request(filter)
        #expect(request.query.map(\.name) == ["colour", "isNew", "limit", "name"])
        #expect(try await answer(request) == #"{"colour":"green","parts":[],"share":1,"sizes":{}}"#)
    }

    @Test(arguments: [
        [("name", "a"), ("limit", "-1")], [("name", "a"), ("limit", "4294967296")], [("name", "a"), ("limit", "")],
        [("name", "a"), ("isNew", "yes")], [("name", "a"), ("colour", "blue")], [("name", "a"), ("name", "b")],
        [("limit", "1")], [("name", "a"), ("limt", "1")], [("name", "a\u{0}")],
    ]) func aParameterThatIsWrongUnknownMissingOrTwiceIsRefused(_ query: [(String, String)]) async {
        let request = EndpointRequest(query: query.map { .init(name: $0.0, value: $0.1) })
        await #expect(throws: Failure("console.badRequest", "")) { try await answer(request) }
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"colour":"blue","parts":[],"sizes":{},"share":1}"#,
        #"{"colour":"red","parts":[{"name":"a","count":-1}],"sizes":{},"share":1}"#,
        #"{"colour":"red","parts":[{"name":"a\u0000"}],"sizes":{},"share":1}"#,
        #"{"colour":"red","parts":[],"sizes":{"a":"b"},"share":1}"#,
        #"{"colour":"red","parts":[],"sizes":{},"share":1,"first":{"name":"a","nmae":"李四"}}"#,
        #"{"colour":"red","parts":null,"sizes":{},"share":1}"#,
    ]) func aBodyThatIsNotTheQuestionIsRefusedWithoutQuotingIt(_ body: String) async {
        let served = tell.serve { $0.parts.first ?? Part(name: "none") }
        let failure = await #expect(throws: Failure.self) {
            try await served.respond(EndpointRequest(body: Array(body.utf8)))
        }
        #expect(failure?.code == "console.badRequest")
        #expect(failure?.description.contains("李四") == false)
    }

    @Test func whatNobodyAskedForIsRefused() async {
        let served = Endpoint<NoQuestion, Part>(.get, "c", summary: "C.", question: .none, answer: .json).serve { _ in
            Part(name: "")
        }
        for request in [EndpointRequest(query: [.init(name: "a", value: "b")]), EndpointRequest(body: [1])] {
            await #expect(throws: Failure("console.badRequest", "")) { try await served.respond(request) }
        }
    }

    @Test func whoeverMustBeNamedIs() async {
        let endpoint = Endpoint<Part, Part>(
            .post, "d", summary: "D.", role: .practitioner { $0.name }, question: .json, answer: .json)
        let served = endpoint.serve { part in
            Issue.record("nobody asks, and is answered")
            return part
        }
        await #expect(throws: Failure("access.incomplete", "")) {
            try await served.respond(try endpoint.request(Part(name: "")))
        }
    }
}
