package import Effects
import InventoryKit
import Links
import NodeReports
import ServiceKit
import WorkflowKit

extension FailureCatalogue {
    /// What a node may answer or log, its services included.
    package static let node = foundation.adding(
        FailureDefinition.workflowKit, FailureDefinition.inventoryKit, FailureDefinition.links,
        FailureDefinition.nodeReports, FailureDefinition.nodeRuntime, ServiceList.all.flatMap { $0.failures })
}
