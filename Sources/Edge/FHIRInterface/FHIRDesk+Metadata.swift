import EdgeKit
import FHIR
import NodeRuntime

extension FHIRDesk {
    /// What the services of this node have registered, as FHIR describes it.
    static func metadata(_ intake: MessageIntake, _ request: EdgeRequest) -> JSONValue {
        let (routes, handlers) = (intake.registry.routes, intake.registry.resources)
        let capabilities =
            handlers.flatMap { $0.types.map { FHIRCapability($0, "create") } } + routes.compactMap(\.capability)
        return CapabilityStatement(
            softwareVersion: intake.node.setup.release, date: intake.node.startedAt.description,
            description: "Yilian node \(intake.node.context.node)", address: request.baseURL,
            resources: FHIRCapability.resources(capabilities),
            systemInteractions: handlers.flatMap(\.systemInteractions)
        ).json
    }
}
