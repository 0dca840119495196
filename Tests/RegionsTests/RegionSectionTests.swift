import Consultation
import Effects
import Testing

@testable import Regions

/// The section of a service that does not exist: ambulances, each at a node.
private struct AmbulanceSection: RegionSection {
    static let name = "ambulances"
    static let keys = ["ambulances"]
    static let unwritten = AmbulanceSection(nodes: [])

    var nodes: [String]

    init(nodes: [String]) { self.nodes = nodes }

    init(_ file: inout RegionFileReader) {
        nodes = []
        for item in file.root.mappings("ambulances", required: false, what: "an ambulance", keys: ["node"]) {
            guard let node = item.required("node", YAMLValue.word) else { continue }
            file.place("ambulances.\(nodes.count)", at: item)
            nodes.append(node)
        }
    }

    init(wireBytes: [UInt8]) throws {
        guard !wireBytes.isEmpty, wireBytes.allSatisfy({ $0 < 0x80 }) else { throw Self.unreadable }
        nodes = String(decoding: wireBytes, as: UTF8.self).split(separator: " ").map(String.init)
    }

    func wireBytes() -> [UInt8] { Array(nodes.joined(separator: " ").utf8) }

    func check(in checker: inout RegionChecker) {
        for (index, node) in nodes.enumerated() where checker.configuration.nodes.allSatisfy({ $0.id.rawValue != node })
        {
            checker.find(
                "region.unknownReference", "ambulances.\(index)", key: "node", "there is no node '\(node)'",
                remedy: checker.nearest(
                    to: node, among: checker.configuration.nodes.map(\.id.rawValue), else: "correct it"))
        }
    }

    func compare(with old: AmbulanceSection, in difference: inout RegionDifference) {
        difference.compare(
            old.nodes.map { RegionDifference.Item("ambulance at \($0)", []) },
            nodes.map { RegionDifference.Item("ambulance at \($0)", []) })
    }
}

@Suite("A service's section of the region configuration") struct RegionSectionTests {
    private static let sections = ConfigurationSections(
        region: SampleRegion.sections.region + [AmbulanceSection.self], node: SampleRegion.sections.node)

    private func region(_ more: String) throws -> RegionConfiguration {
        try RegionFile.read(SampleRegion.text + "\n" + more, fileName: "r.yaml", sections: Self.sections)
    }

    @Test("its key is read by it and by no region that does not know it; what is wrong is named by line")
    func reading() throws {
        #expect(try region("ambulances: [{node: hill}]").section(AmbulanceSection.self).nodes == ["hill"])
        #expect(try region("").section(AmbulanceSection.self) == .unwritten)
        let text = SampleRegion.text + "\nambulances:\n  - {node: east}\n  - {node: hil}\n"
        let problem = RegionFile.check(text, fileName: "r.yaml", sections: Self.sections).problems
        #expect(problem.map(\.code) == ["region.unknownReference"])
        #expect(problem.map(\.line) == [SampleRegion.line(of: "hil}", in: text)])
        #expect(problem.map(\.remedy) == ["did you mean 'hill'?"])
        let unknown = RegionFile.check(text, fileName: "r.yaml", sections: SampleRegion.sections).problems
        #expect(unknown.map(\.code) == ["config.unknownKey"])
    }

    @Test("a release that does not know it carries the bytes that it came as, and one that does reads them")
    func carrying() throws {
        let written = try region("ambulances: [{node: hill}, {node: east}]")
        let bytes = try written.wireBytes()
        let older = try RegionConfiguration(wireBytes: bytes, sections: SampleRegion.sections.region)
        #expect(older != written && older.serviceLevels == written.serviceLevels)
        #expect(try older.wireBytes() == bytes)
        #expect(try RegionConfiguration(wireBytes: older.wireBytes(), sections: Self.sections.region) == written)
        #expect(
            try RegionConfiguration(wireBytes: region("").wireBytes(), sections: []).wireBytes().count < bytes.count)
    }

    @Test("one that cannot be read, is inconsistent or stands twice makes no configuration of the bytes")
    func refusing() throws {
        var inconsistent = try region("")
        inconsistent.set(AmbulanceSection(nodes: ["nowhere"]))
        let bytes = try inconsistent.wireBytes()
        #expect(throws: Failure("region.unknownReference", "")) {
            try RegionConfiguration(wireBytes: bytes, sections: Self.sections.region)
        }
        for change in [[0xFF], []] as [[UInt8]] {
            var message = try PBRegionConfiguration(serializedBytes: bytes)
            let index = try #require(message.sections.firstIndex { $0.name == "ambulances" })
            message.sections[index].bytes = change.asData
            let bent: [UInt8] = try message.serializedBytes()
            #expect(throws: Failure("region.badBytes", "")) {
                try RegionConfiguration(wireBytes: bent, sections: Self.sections.region)
            }
        }
        var message = try PBRegionConfiguration(serializedBytes: bytes)
        message.sections.append(message.sections[0])
        let twice: [UInt8] = try message.serializedBytes()
        #expect(throws: Failure("region.badBytes", "")) { try RegionConfiguration(wireBytes: twice, sections: []) }
    }

    @Test("what says no more than nothing is not kept, and a difference names what came and went")
    func comparing() throws {
        var (old, new) = (try region(""), try region("ambulances: [{node: hill}]"))
        #expect(RegionDifference(from: old, to: new).changes.map(\.description) == ["added ambulance at hill"])
        #expect(RegionDifference(from: new, to: old).changes.map(\.description) == ["removed ambulance at hill"])
        new.set(AmbulanceSection.unwritten)
        #expect(new == old)
        old.set(AmbulanceSection(nodes: ["east"]))
        new.set(AmbulanceSection(nodes: ["east"]))
        #expect(new == old)
        new.set(AmbulanceSection(nodes: ["west"]))
        #expect(new != old)
    }
}
