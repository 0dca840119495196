import Effects
package import Regions

/// The experts who may act at a node, as its file names them.
package struct ExpertsHere: NodeFileSection {
    package static let keys = ["experts"]
    package static let unwritten = ExpertsHere()

    /// None where every expert whom the region's rosters place here may.
    package var experts: [String]?

    package init(experts: [String]? = nil) {
        self.experts = experts
    }

    package init(_ root: YAMLMapping, of sections: ConfigurationSections) {
        let experts = root.list("experts", required: false) { try NameForm.check($0, "an expert's id") }
        root.checkUnique(experts, key: "experts")
        self.init(experts: root.has("experts") ? experts : nil)
    }

    package func findings(in region: RegionConfiguration, of file: NodeFile) -> [NodeFileFinding] {
        let known = region.rosters.flatMap(\.experts)
        let own = known.filter { $0.node == file.node }.map(\.id)
        return (experts ?? []).enumerated().compactMap { index, expert in
            let entered = known.first { $0.id == expert }
            guard entered?.node != file.node else { return nil }
            return NodeFileFinding(
                "experts.\(index)",
                entered.map { "expert '\(expert)' works at '\($0.node)', not here" }
                    ?? "no roster of the region has an expert '\(expert)'",
                remedy: Spelling.remedy(
                    for: expert, among: own, else: "correct the id, or the rosters in region.yaml"))
        }
    }
}
