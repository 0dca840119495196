import FHIR

/// Reads names of people and organizations.
enum FHIRPerson {
    /// A HumanName.
    static func name(_ name: JSONValue) -> String? {
        name["text"]?.string?.nonEmpty
            ?? PersonRule.name(
                family: name["family"]?.string ?? "",
                given: FHIRElement.items(name["given"]).compactMap(\.string))
    }

    /// The name behind a reference: of a practitioner, a role's practitioner or organization, or an organization; else
    /// the reference's display text.
    static func name(_ reference: JSONValue?, in bundle: FHIRBundle, from entry: FHIRBundle.Entry) -> String? {
        guard let reference else { return nil }
        let found = reference["reference"]?.string.flatMap { bundle.resolve($0, from: entry) }
        if let found, let name = name(of: found, in: bundle, mayFollow: true) { return name }
        return reference["display"]?.string?.nonEmpty
    }

    private static func name(of entry: FHIRBundle.Entry, in bundle: FHIRBundle, mayFollow: Bool) -> String? {
        switch entry.resource.type {
        case "Organization": return entry.resource.string("name")?.nonEmpty
        case "PractitionerRole" where mayFollow:
            for element in ["practitioner", "organization"] {
                let reference = entry.resource[element]
                if let next = reference?["reference"]?.string.flatMap({ bundle.resolve($0, from: entry) }),
                    let name = name(of: next, in: bundle, mayFollow: false)
                {
                    return name
                }
                if let display = reference?["display"]?.string?.nonEmpty { return display }
            }
            return nil
        default: return entry.resource.items("name").first.flatMap(name)
        }
    }
}
