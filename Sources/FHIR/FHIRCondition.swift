/// A reference by a search condition (FHIR R4, "Conditional References"): `Patient?identifier=system|value`.
package struct FHIRCondition: Hashable, Sendable {
    package var type: String
    /// Empty where the identifier must have none; `nil` where any will do.
    package var system: String?
    package var value: String

    package init(type: String, system: String?, value: String) {
        self.type = type
        self.system = system
        self.value = value
    }

    /// - Returns: `nil` where the reference is no condition, or one on something else than one identifier.
    package init?(reference: String) {
        let halves = reference.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let type = halves[0].split(separator: "/").last else { return nil }
        let parameters = halves[1].split(separator: "&")
        guard parameters.count == 1, parameters[0].hasPrefix("identifier="),
            let token = PercentCoding.decode(parameters[0].dropFirst("identifier=".count))
        else { return nil }
        let parts = token.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let value = parts.last, !value.isEmpty else { return nil }
        self.init(type: String(type), system: parts.count > 1 ? parts[0] : nil, value: value)
    }

    /// The identifier that the condition names, as an element.
    package var identifier: JSONValue {
        var json: JSONObject = [:]
        if let system, !system.isEmpty { json["system"] = .string(system) }
        json["value"] = .string(value)
        return .object(json)
    }
}
