package import Effects
import Links
import NodeReports
import ServiceKit
import WorkflowKit

extension FailureCatalogue {
    /// What a node may answer or log, its services included.
    package static let node = foundation.adding(
        FailureDefinition.workflowKit, FailureDefinition.links, FailureDefinition.nodeRuntime,
        FailureDefinition.nodeReports,
        ServiceList.all.flatMap { $0.failures })
}
