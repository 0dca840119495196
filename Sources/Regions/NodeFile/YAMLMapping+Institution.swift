import Effects

extension YAMLMapping {
    /// The institution that a mapping names by its key `unit` or `institution`; one of them must be there.
    package func institution() -> InstitutionReference? {
        let unit = optional("unit") { InstitutionReference.unit(try OrgUnitID($0)) }
        let code = optional("institution") { InstitutionReference.code(try InstitutionCode($0)) }
        if has("unit") == has("institution") {
            let problem = has("unit") ? "both 'unit' and 'institution'" : "neither 'unit' nor 'institution'"
            report(
                "config.institution", "there is \(problem)", key: has("unit") ? "institution" : nil,
                remedy: "name the institution by its unit id in region.yaml, or by its 22-character code")
            return nil
        }
        return unit ?? code
    }
}

extension NodeFile {
    /// What of an institution that an item names does not fit the region; none where it is one of this node's.
    ///
    /// - Parameter item: the dotted path of the item, such as `destinations.0`.
    package func finding(
        _ item: String, _ reference: InstitutionReference, in region: RegionConfiguration
    ) -> NodeFileFinding? {
        let message: String
        if let unit = reference.unit(in: region) {
            guard !region.everDelivers(unit, to: node) else { return nil }
            message = "unit '\(unit.id)' belongs to node '\(unit.node)', not to this one"
        } else {
            message = "the region has no unit '\(reference)'"
        }
        let own = region.organizationUnits(at: node).map(\.id.rawValue)
        let key = if case .unit = reference { "unit" } else { "institution" }
        return NodeFileFinding(
            "\(item).\(key)", message,
            remedy: Spelling.remedy(
                for: reference.description, among: own,
                else: "name a unit of this node" + (own.isEmpty ? "" : ": " + own.joined(separator: ", "))))
    }
}
