import EdgeKit
import Effects
import FHIR
import HL7
import Testing

@testable import Edge

@Suite("What services register, and how the edge finds it")
struct HandlerRegistryTests {
    private static let read: @Sendable (EdgeCall) async throws -> EdgeResponse = { _ in EdgeResponse(200, []) }

    private static func handler(_ code: String, _ event: String) -> HL7Handler {
        HL7Handler(HL7Trigger(code, event, "things")) { _ in .refused([]) }
    }

    private static func resource(_ types: String...) -> FHIRResourceHandler {
        FHIRResourceHandler(types) { _ in .refused([], messageID: "") }
    }

    @Test("nothing is answered by two")
    func once() throws {
        var registry = HandlerRegistry(failures: .edge)
        try registry.add(.read("Task", Self.read))
        try registry.add(.update("Task", Self.read))
        try registry.add(EdgeRoute.plain("GET", "Task/*", name: "beside FHIR", Self.read))
        try registry.add(Self.resource("Bundle"))
        try registry.add(Self.handler("ORU", "R01"))
        try registry.add(Self.handler("ORU", "R40"))
        let twice = Failure("edge.sameHandler", "")
        #expect(throws: twice) { try registry.add(.read("Task", Self.read)) }
        #expect(throws: twice) { try registry.add(.create("Bundle", Self.read)) }
        #expect(throws: twice) { try registry.add(Self.resource("Task", "Bundle")) }
        #expect(throws: twice) { try registry.add(Self.handler("ORU", "R01")) }
        try registry.add(.create("Task", Self.read))
        #expect(throws: twice) { try registry.add(Self.resource("Task")) }
    }

    @Test("of two patterns that match the more specific one names the address, with its methods alone")
    func specific() throws {
        let table = RouteTable(
            routes: [.read("Task", Self.read), .update("Task", Self.read)]
                + EdgeRoute.search("Task", []) { _, _ in
                    EdgeResponse(200, [])
                })
        func found(_ method: String, _ path: String...) -> String {
            switch table.find(method, path) {
            case .route(let route, let captured): "\(route.name) \(captured)"
            case .otherMethods(let methods): methods.joined(separator: " ")
            case .nothing: "nothing"
            }
        }
        #expect(found("GET", "Task", "7") == #"read Task ["7"]"#)
        #expect(found("GET", "Task", "_search") == "POST")
        #expect(found("POST", "Task", "_search") == "search Task []")
        #expect(found("DELETE", "Task", "7") == "GET PUT")
        #expect(found("GET", "Task", "7", "_history") == "nothing")
        #expect(found("GET", "Tasks") == "nothing")
        #expect(table.roots == ["Task"])
    }

    private static func message(_ type: String, _ more: String = "|P|2.5.1") throws -> HL7Message {
        try HL7Message.parse(Array("MSH|^~\\&|A|B|C|D|20261119||\(type)|M\(more)\r".utf8), defaultEncoding: .utf8)
    }

    @Test(
        "a message goes by its type and event; what nobody takes is told what is taken",
        arguments: [
            ("ORU^R01", "ORU^R01"), ("ORU^R01^ORU_R01", "ORU^R01"), ("ORM", "ORM^O01"), ("ORU", "201 MSH-9.2"),
            ("ORU^R99", "201 MSH-9.2: only events R01 and R40 are taken here"),
            ("ADT^A01", "200 MSH-9.1: only ORU^R01 (things), ORU^R40 (things) and ORM^O01 (things) are taken here"),
        ])
    func triggers(_ type: String, _ expected: String) throws {
        var registry = HandlerRegistry(failures: .edge)
        for (code, event) in [("ORU", "R01"), ("ORU", "R40"), ("ORM", "O01")] {
            try registry.add(Self.handler(code, event))
        }
        switch registry.route(of: try Self.message(type)) {
        case .to(let handler): #expect(handler.trigger.description == expected)
        case .nowhere(let problem):
            let told = "\(problem.code.rawValue) \(problem.place): \(problem.text)"
            #expect(told.hasPrefix(expected), "\(told)")
            #expect(HL7Reading.outcome(of: [problem]) == .rejected)
        }
    }

    @Test("a registry that is empty takes nothing")
    func empty() throws {
        guard case .nowhere(let problem) = HandlerRegistry(failures: .edge).route(of: try Self.message("ORU^R01"))
        else {
            Issue.record("an empty registry took a message")
            return
        }
        #expect(problem.text == "no HL7 v2 message is taken here")
    }

    @Test(
        "If-Match and Prefer are read, or refused",
        arguments: [("W/\"3\"", 3), ("\"12\"", 12), ("3", nil), ("W/\"x\"", nil), ("W/\"0\"", nil), ("*", nil)])
    func conditions(_ tag: String, _ version: Int?) throws {
        let request = EdgeRequest(
            method: "PUT", path: [], headers: ["if-match": tag, "prefer": "return=minimal; handling=lenient"])
        #expect(
            request.isLenient && !EdgeRequest(method: "PUT", path: [], headers: ["prefer": "return=minimal"]).isLenient)
        guard let version else {
            #expect(throws: FHIRRefusal.self) { try request.matchedVersion }
            return
        }
        #expect(try request.matchedVersion == version)
        #expect(try EdgeRequest(method: "PUT", path: []).matchedVersion == nil)
    }
}
