package import Effects
import Links
import ServiceKit
import WorkflowKit

extension FailureCatalogue {
    /// What a node may answer or log, its services included.
    package static let node = foundation.adding(
        FailureDefinition.workflowKit, FailureDefinition.links, FailureDefinition.nodeRuntime,
        ServiceList.all.flatMap { $0.failures })
}
