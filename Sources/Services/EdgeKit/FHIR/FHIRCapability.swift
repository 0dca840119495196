package import FHIR

/// What one route adds to the CapabilityStatement.
package struct FHIRCapability: Sendable, Equatable {
    package var type: String
    /// `read`, `search-type`, `create`, `update`; none for an operation.
    package var interaction: String?
    package var searchParameters: [CapabilityStatement.SearchParameter]
    package var operation: CapabilityStatement.Operation?

    package init(
        _ type: String, _ interaction: String? = nil, searchParameters: [CapabilityStatement.SearchParameter] = [],
        operation: CapabilityStatement.Operation? = nil
    ) {
        self.type = type
        self.interaction = interaction
        self.searchParameters = searchParameters
        self.operation = operation
    }

    /// The resources of a CapabilityStatement, each type once, in the order in which they come.
    package static func resources(_ capabilities: [FHIRCapability]) -> [CapabilityStatement.Resource] {
        var resources: [CapabilityStatement.Resource] = []
        for capability in capabilities {
            let index = resources.firstIndex { $0.type == capability.type } ?? resources.endIndex
            if index == resources.endIndex { resources.append(.init(type: capability.type, interactions: [])) }
            if let interaction = capability.interaction, !resources[index].interactions.contains(interaction) {
                resources[index].interactions.append(interaction)
            }
            resources[index].searchParameters += capability.searchParameters
            if let operation = capability.operation { resources[index].operations.append(operation) }
        }
        return resources
    }
}
