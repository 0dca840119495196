package import Effects
package import FHIR

extension OperationOutcome {
    /// The resource with the correlation id as its id, so that a person can name it to the node's operator.
    package func json(id: String) -> JSONValue {
        var object: JSONObject = ["resourceType": "OperationOutcome", "id": .string(id)]
        object["issue"] = json["issue"]
        return .object(object)
    }

    /// A searchset with an entry that says what is missing from it; the searchset as it is where nothing is.
    package func added(to bundle: JSONValue, id: String) -> JSONValue {
        guard !issues.isEmpty, var object = bundle.object else { return bundle }
        let entry: JSONValue = ["resource": json(id: id), "search": ["mode": "outcome"]]
        object["entry"] = .array((object["entry"]?.items ?? []) + [entry])
        return .object(object)
    }
}

extension OperationOutcome.IssueType {
    /// FHIR's word for a failure's class.
    package init(of failureClass: FailureClass) {
        switch failureClass {
        case .invalid: self = .invalid
        case .forbidden: self = .forbidden
        case .absent: self = .notFound
        case .conflict: self = .conflict
        case .tooLate: self = .businessRule
        case .retry: self = .transient
        case .broken: self = .exception
        }
    }
}
