package import Effects
import InventoryKit
import Links
import NodeReports
import ServiceKit
import WorkflowKit

extension FailureCatalogue {
    /// What a service says of its failures, with what the workflow kit says of those of its cases.
    private static func completed(_ service: any NodeService.Type) -> [FailureDefinition] {
        let workflows = (service as? any WorkflowOffer.Type)?.workflows ?? []
        return workflows.reduce(service.failures) { $1.completed($0) }
    }

    /// What a node may answer or log, its services included.
    package static let node = foundation.adding(
        FailureDefinition.workflowKit, FailureDefinition.inventoryKit, FailureDefinition.links,
        FailureDefinition.nodeReports, FailureDefinition.nodeRuntime, ServiceList.all.flatMap(completed))
}
