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
        let named =
            mllp.enumerated().map { ("mllp.\($0)", $1.institution) }
            + (https?.systems ?? []).enumerated().map { ("https.systems.\($0)", $1.institution) }
        for finding in named.compactMap({ finding($0, $1, in: region) }) {
            add(finding.key, finding.message, finding.remedy)
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
