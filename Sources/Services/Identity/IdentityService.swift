package import Calls
import Effects
package import Ledgers
package import ServiceKit

/// Who is who (多码融合): links and separations of identifiers, and what follows from them.
///
/// It has no desk: links travel as entries, and the desks of other services answer by them.
package struct IdentityService: NodeService {
    package static let serviceName = "identity"
    package static let projections: [any Projection] = [IdentityProjection()]
    package static let endpoints: [any EndpointSet.Type] = [IdentityEndpoints.self]
    package static let methods: [Method] = []

    let context: NodeContext

    package init(_ context: NodeContext) async throws {
        self.context = context
    }

    /// Renews this node's links and separations for patient key epochs that have begun, until the task is cancelled.
    package func run() async throws {
        try await IdentityRenewal(context: context).run()
    }

    /// Renews now what ``run()`` renews every hour.
    ///
    /// - Returns: how many entries were written.
    @discardableResult
    package func renew() async throws -> Int { try await IdentityRenewal(context: context).renew() }

    /// The keys of identifiers in every epoch that has begun.
    ///
    /// - Parameter institution: that uses those that do not name their issuer.
    /// - Throws: `identity.tooManyKeys`, `patientKey.noSecret`, `patient.emptyIdentifier`.
    func keys(of identifiers: [PatientIdentifier], within institution: String) throws -> [PatientKeyReference] {
        var keys: [PatientKeyReference] = []
        for item in identifiers {
            let found = try context.patientKeys.all(of: item, within: institution, at: context.now)
            for key in found where !keys.contains(key) { keys.append(key) }
        }
        guard keys.count <= Limits.identityKeys else {
            throw Failure(
                "identity.tooManyKeys", "these identifiers have more than \(Limits.identityKeys) keys",
                remedy: "name fewer identifiers at a time")
        }
        return keys
    }
}
