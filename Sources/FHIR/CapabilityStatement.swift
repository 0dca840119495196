/// What a node's FHIR edge can do, as `GET /fhir/metadata` tells it.
package struct CapabilityStatement: Equatable, Sendable {
    package struct Resource: Equatable, Sendable {
        package var type: String
        /// `read`, `search-type`, `create`.
        package var interactions: [String]
        /// Search parameters with their types: `("patient.identifier", "token")`.
        package var searchParameters: [SearchParameter]

        /// Operations on the type: `$match` without the sign.
        package var operations: [Operation]

        package init(
            type: String, interactions: [String], searchParameters: [SearchParameter] = [],
            operations: [Operation] = []
        ) {
            self.type = type
            self.interactions = interactions
            self.searchParameters = searchParameters
            self.operations = operations
        }
    }

    package struct Operation: Equatable, Sendable {
        package var name: String
        /// The canonical address of its definition.
        package var definition: String
        package var documentation: String

        package init(name: String, definition: String, documentation: String) {
            self.name = name
            self.definition = definition
            self.documentation = documentation
        }
    }

    package struct SearchParameter: Equatable, Sendable {
        package var name: String
        package var type: String
        package var documentation: String?

        package init(name: String, type: String, documentation: String? = nil) {
            self.name = name
            self.type = type
            self.documentation = documentation
        }
    }

    package var softwareVersion: String
    /// A FHIR dateTime: when this statement became true.
    package var date: String
    package var description: String
    package var address: String?
    package var resources: [Resource]
    /// Interactions of the whole edge: `transaction`, `batch`.
    package var systemInteractions: [String]

    package init(
        softwareVersion: String, date: String, description: String, address: String? = nil, resources: [Resource],
        systemInteractions: [String] = ["transaction", "batch"]
    ) {
        self.softwareVersion = softwareVersion
        self.date = date
        self.description = description
        self.address = address
        self.resources = resources
        self.systemInteractions = systemInteractions
    }

    package var json: JSONValue {
        var implementation: JSONObject = ["description": .string(description)]
        if let address { implementation["url"] = .string(address) }
        let rest: JSONValue = [
            "mode": "server",
            "security": ["description": "HTTPS with a bearer token for each hospital system."],
            "resource": .array(resources.map(Self.json)),
            "interaction": .array(systemInteractions.map { ["code": .string($0)] }),
        ]
        return [
            "resourceType": "CapabilityStatement", "status": "active", "date": .string(date), "kind": "instance",
            "software": ["name": "Yilian", "version": .string(softwareVersion)],
            "implementation": .object(implementation), "fhirVersion": "4.0.1",
            "format": ["json", "application/fhir+json"], "rest": .array([rest]),
        ]
    }

    private static func json(_ resource: Resource) -> JSONValue {
        var object: JSONObject = ["type": .string(resource.type)]
        if !resource.interactions.isEmpty {
            object["interaction"] = .array(resource.interactions.map { ["code": .string($0)] })
        }
        if !resource.searchParameters.isEmpty {
            object["searchParam"] = .array(
                resource.searchParameters.map { parameter in
                    var item: JSONObject = ["name": .string(parameter.name), "type": .string(parameter.type)]
                    if let documentation = parameter.documentation { item["documentation"] = .string(documentation) }
                    return .object(item)
                })
        }
        if !resource.operations.isEmpty {
            object["operation"] = .array(
                resource.operations.map { operation in
                    [
                        "name": .string(operation.name), "definition": .string(operation.definition),
                        "documentation": .string(operation.documentation),
                    ]
                })
        }
        return .object(object)
    }
}
