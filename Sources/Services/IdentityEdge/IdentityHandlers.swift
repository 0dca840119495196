package import EdgeKit
import FHIR
import Identity
package import ServiceKit

/// What identities answer to hospitals' systems: whether a person is known, and under which other identifiers.
package enum IdentityHandlers: HospitalHandlers {
    package static func register(with registry: inout HandlerRegistry, of node: any ServiceDirectory) throws {
        let desk = PersonDesk(
            identity: try node.service(IdentityService.self),
            source: node.offers((any IdentitySourcing).self).first?.identitySource ?? .none,
            time: node.context.world.time)
        try registry.add(.operation("POST", "Patient", match) { try await desk.match($0) })
        try registry.add(.operation("GET", "Patient", crossReference) { try await desk.crossReference($0) })
    }

    private static let match = CapabilityStatement.Operation(
        name: "match", definition: "http://hl7.org/fhir/OperationDefinition/Patient-match",
        documentation: "By identifiers; name, birth date and sex are compared, never searched for.")

    private static let crossReference = CapabilityStatement.Operation(
        name: "ihe-pix", definition: "https://profiles.ihe.net/ITI/PIXm/OperationDefinition/IHE.PIXm.pix",
        documentation: "From one identifier to the others that lie at this node, as ITI-83 asks.")
}
