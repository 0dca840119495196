import Effects

extension NodeFile {
    /// What in this file does not fit the region: names that the region lacks, or that belong to another node.
    ///
    /// - Returns: the problems, each where this file's value stands.
    package func problems(in region: RegionConfiguration) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func add(_ key: String, _ message: String, _ remedy: String) {
            problems.append(problem(at: key, message, remedy: remedy))
        }
        guard let ownNode = region.node(node) else {
            let names = region.nodes.map(\.id.rawValue).joined(separator: ", ")
            add(
                "node", "region '\(region.region)' has no node '\(node)'",
                Spelling.remedy(
                    for: node.rawValue, among: region.nodes.map(\.id.rawValue), else: "its nodes are: \(names)"))
            return problems
        }
        for (index, listener) in mllp.enumerated() {
            if let message = institutionProblem(listener.institution, in: region) {
                add(
                    key("mllp.\(index)", listener.institution), message,
                    institutionRemedy(listener.institution, in: region))
            }
        }
        for (index, system) in (https?.systems ?? []).enumerated() {
            if let message = institutionProblem(system.institution, in: region) {
                add(
                    key("https.systems.\(index)", system.institution), message,
                    institutionRemedy(system.institution, in: region))
            }
        }
        for finding in sections.findings(in: region, of: self) {
            add(finding.key, finding.message, finding.remedy)
        }
        if ownNode.tier != .township, linkListen == nil {
            add(
                "node", "'\(node)' is of tier \(ownNode.tier) and has no 'link.listen', so that no child can reach it",
                "add 'link:' with 'listen: host:port'")
        }
        return RegionProblems(problems).problems
    }

    private func institutionProblem(_ reference: InstitutionReference, in region: RegionConfiguration) -> String? {
        guard let unit = reference.unit(in: region) else { return "the region has no unit '\(reference)'" }
        if region.everDelivers(unit, to: node) { return nil }
        return "unit '\(unit.id)' belongs to node '\(unit.node)', not to this one"
    }

    private func institutionRemedy(_ reference: InstitutionReference, in region: RegionConfiguration) -> String {
        let own = region.organizationUnits(at: node).map(\.id.rawValue)
        return Spelling.remedy(
            for: reference.description, among: own,
            else: "name a unit of this node" + (own.isEmpty ? "" : ": " + own.joined(separator: ", ")))
    }

    private func key(_ item: String, _ reference: InstitutionReference) -> String {
        switch reference {
        case .unit: item + ".unit"
        case .code: item + ".institution"
        }
    }

    private func problem(at key: String, _ message: String, remedy: String) -> ConfigurationProblem {
        let origins = effective.filter { $0.key == key } + effective.filter { $0.key == "node" }
        for setting in origins {
            if case .file(let name, let line, let column) = setting.origin {
                return ConfigurationProblem(
                    code: "config.notInRegion", file: name, line: line, column: column, message: message,
                    remedy: remedy)
            }
        }
        return ConfigurationProblem(
            code: "config.notInRegion", file: "", line: 1, column: 1, message: message, remedy: remedy)
    }
}
