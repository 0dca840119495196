import Effects
import Regions

/// Which nodes have an ambulance: `ambulances: [node, …]` of region.yaml.
struct AmbulanceSection: RegionSection {
    static let name = "ambulance"
    static let keys = ["ambulances"]
    static let unwritten = AmbulanceSection(nodes: [])

    var nodes: [NodeID]

    init(nodes: [NodeID]) { self.nodes = nodes }

    init(_ file: inout RegionFileReader) {
        nodes = file.root.list("ambulances", required: false) { try NodeID($0) }
    }

    init(wireBytes: [UInt8]) throws {
        nodes = try String(decoding: wireBytes, as: UTF8.self).split(separator: " ").map { try NodeID(String($0)) }
    }

    func wireBytes() -> [UInt8] { Array(nodes.map(\.rawValue).joined(separator: " ").utf8) }

    func check(in checker: inout RegionChecker) {
        for node in nodes { checker.checkReference(node, item: "ambulances", key: "node") }
    }

    func compare(with old: AmbulanceSection, in difference: inout RegionDifference) {
        difference.compare(old.nodes.map(Self.item), nodes.map(Self.item))
    }

    var contents: SectionContents? {
        SectionContents(Self.name, figures: ["ambulances": nodes.count], lines: ["ambulance: \(nodes.count)"])
    }

    private static func item(_ node: NodeID) -> RegionDifference.Item {
        RegionDifference.Item("ambulance at \(node)", [])
    }
}

/// Where a node's ambulance stands: `garage: name` of its file.
struct AmbulanceGarage: NodeFileSection {
    static let keys = ["garage"]
    static let unwritten = AmbulanceGarage(name: nil)

    var name: String?

    init(name: String?) { self.name = name }

    init(_ root: YAMLMapping, of sections: ConfigurationSections) { name = root.optional("garage", YAMLValue.word) }

    func findings(in region: RegionConfiguration, of file: NodeFile) -> [NodeFileFinding] {
        guard name != nil, !region.section(AmbulanceSection.self).nodes.contains(file.node) else { return [] }
        return [
            NodeFileFinding(
                "garage", "the region gives '\(file.node)' no ambulance", remedy: "add it under 'ambulances'")
        ]
    }
}
