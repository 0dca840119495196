import Effects
import HTTPTypes
import Testing
import YilianTestKit

@testable import Console
@testable import ServiceKit

@Suite("The document of the operator's interface") struct OpenAPITests {
    @Test func everyEndpointIsDescribedOnce() async throws {
        try await TestRegion.run(.small) { region in
            let served = try OperatorAPI.served(by: try await OperatedNode.setup(region.node("pingding")))
            let document = OpenAPIDocument(release: "1", endpoints: served.map(\.description))
            guard case .object(let members) = try document.json(), case .object(let paths) = members["paths"] else {
                Issue.record("the document is no object")
                return
            }
            let operations = paths.values.reduce(0) { count, path in
                if case .object(let methods) = path { count + methods.count } else { count }
            }
            #expect(operations == served.count && operations > 45)
            #expect(paths["/openapi.json"] != nil)
            guard case .object(let components) = members["components"],
                case .object(let schemas) = components["schemas"]
            else {
                Issue.record("the document has no schemas")
                return
            }
            #expect(schemas["CaseEndpoints.AdverseWorkflow.Action"] != nil)
            let misnamed = try schemas.keys.filter { try /[a-zA-Z0-9._-]+/.wholeMatch(in: $0) == nil }
            #expect(misnamed.isEmpty)
        }
    }

    @Test func twoTypesOfOneNameAreNoDocument() {
        var schemas = OpenAPISchemas()
        let one = JSONSchema.object(name: "A", [.init(name: "a", schema: .string, isRequired: true)])
        let other = JSONSchema.object(name: "A", [.init(name: "b", schema: .string, isRequired: true)])
        #expect(throws: Failure("endpoint.undescribed", "")) {
            _ = try schemas.reference(to: one)
            _ = try schemas.reference(to: one)
            _ = try schemas.reference(to: other)
        }
    }

    /// The codes for which HTTP tells more apart than a class does.
    @Test(arguments: [
        "console.unauthorised", "console.wrongTokens", "console.overloaded", "console.tooLarge", "access.tooMany",
        "call.notReachable", "storage.full", "region.rollback", "consultation.tooLate", "ledger.notHeld",
        "nobody.knowsUnknownThings",
    ]) func theStatusOfAFailureIsAmongThoseOfItsClass(_ code: String) {
        let failure = Failure(Failure.Code(rawValue: code), "")
        // Everybody may come without a token, or with a wrong one.
        let ofAll: [HTTPResponse.Status] = [.unauthorized, .tooManyRequests]
        #expect((DocumentedStatuses.of(failure.class) + ofAll).contains(ProblemStatus.of(failure)))
    }
}
