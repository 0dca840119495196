import Effects
import ServiceKit
import Testing
import YilianTestKit

@testable import Console

@Suite("What the node's own endpoints leave in the audit ledger", .serialized)
struct AuditDeclarationTests {
    private static func actions(at node: TestNode) async throws -> [String] {
        try await node.node.context.ledger.read { sql in
            try sql.rows("SELECT action FROM audit ORDER BY at, entry", []).map { try $0.text(0) }
        }
    }

    @Test("is the action that they declare where a person is named, and nothing else")
    func declared() async throws {
        try await TestRegion.run(.small) { region in
            let node = try region.node("jucheng")
            let served = try OperatorAPI.served(by: try await OperatedNode.setup(node))
            for endpoint in served where endpoint.description.method == .get {
                _ = try? await endpoint.respond(EndpointRequest())
            }
            let list = try #require(served.first { $0.description.path == AuditEndpoints.list.description.path })
            _ = try await list.respond(try AuditEndpoints.list.request(AuditFilter(practitioner: "dr-li")))
            #expect(try await Self.actions(at: node) == [])
            let person = IdentifierInfo(type: "MR", authority: "TEST", value: "R-1")
            _ = try await list.respond(try AuditEndpoints.list.request(AuditFilter(patient: person)))
            #expect(try await Self.actions(at: node) == [try #require(list.description.audit)])
        }
    }
}
