package import Effects
import Links
import ServiceKit

extension FailureCatalogue {
    /// What a node may answer or log, its services included.
    package static let node = foundation.adding(
        FailureDefinition.links, FailureDefinition.nodeRuntime, ServiceList.all.flatMap { $0.failures })
}
