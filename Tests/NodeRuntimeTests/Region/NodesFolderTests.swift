import Consultation
import Effects
import Foundation
import Indicators
import NodeRuntime
import Recognition
import Testing
import WorkflowKit

@testable import Regions

/// The files that come with the program must pass the checks that an operator's files pass.
@Suite struct NodesFolderTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Nodes")

    static func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    static func region(_ path: String) throws -> RegionConfiguration {
        try RegionFile.read(at: folder.appending(path: path).path, on: SystemDisk(), sections: ServiceList.sections)
    }

    static let demoNodes = [
        "diaodu", "yangquan-shi", "pingding", "yuxian", "jucheng", "zhangzhuang", "xiyan", "shangshe",
    ]

    @Test func theDemoRegionHasItsEightNodes() throws {
        let region = try Self.region("demo/region.yaml")
        #expect(region.nodes.map(\.id.rawValue) == Self.demoNodes)
        #expect(region.region.rawValue == "yangquan")
        let tree = ManagementTree(region, at: region.validFrom)
        #expect(tree.children(of: try NodeID("pingding")).map(\.rawValue) == ["jucheng", "zhangzhuang"])
        #expect(tree.children(of: try NodeID("yuxian")).map(\.rawValue) == ["shangshe", "xiyan"])
        #expect(region.roster(at: try NodeID("pingding"))?.experts(for: "ecg").count == 2)
        #expect(region.roster(at: try NodeID("yangquan-shi"))?.experts(for: "ecg").count == 1)
        #expect(region.organizationUnit(try OrgUnitID("pingding-renmin"))?.node.rawValue == "pingding")
        #expect(region.indicators.count == 3)
    }

    @Test(arguments: demoNodes)
    func eachNodeFileOfTheDemoFitsTheRegion(_ node: String) throws {
        let region = try Self.region("demo/region.yaml")
        let file = try NodeFile.read(
            Self.text("demo/\(node).yaml"), fileName: "Nodes/demo/\(node).yaml", sections: ServiceList.sections)
        #expect(file.node.rawValue == node)
        #expect(file.dataFolder == "Nodes/demo/data/\(node)")
        #expect(file.problems(in: region) == [])
    }

    @Test func theWholeOfYangquanPassesTheCheck() throws {
        let (configuration, problems) = try RegionFile.check(
            at: Self.folder.appending(path: "yangquan/region.yaml").path, on: SystemDisk(),
            sections: ServiceList.sections)
        #expect(problems == [])
        let region = try #require(configuration)
        #expect(region.nodes.filter { $0.tier == .county }.count == 5)
        #expect(region.nodes.filter { $0.tier == .township }.count == 43)
        let tree = ManagementTree(region, at: region.validFrom)
        #expect(tree.descendants(of: try NodeID("diaodu")).count == 49)
        #expect(
            try RegionConfiguration(wireBytes: region.wireBytes(), sections: ServiceList.sections.region) == region)
    }

    @Test func theStartingCatalogueNamesNoInstitution() throws {
        let catalogue = try Self.text("yangquan/recognition.yaml")
        let region = try RegionFile.read(
            at: Self.folder.appending(path: "yangquan/region.yaml").path, on: SystemDisk(),
            sections: ServiceList.sections)
        for unit in region.organizationUnits {
            #expect(!catalogue.contains(unit.id.rawValue), "\(unit.id)")
            #expect(!catalogue.contains(unit.name), "\(unit.name)")
        }
        #expect(!catalogue.contains("localCodes:"))
        #expect(region.recognition.localCodes.isEmpty == false, "they stand in a file of their own")
    }

    @Test func everyYAMLFileOfTheFolderIsOneOfThese() throws {
        let found = try #require(FileManager.default.enumerator(atPath: Self.folder.path))
        for case let path as String in found where path.hasSuffix(".yaml") && !path.hasPrefix("demo/messages") {
            // What a region.yaml names is read with it.
            if ["recognition.yaml", "scopes.yaml", "codes.yaml"].contains(where: path.hasSuffix) { continue }
            let problems =
                path.hasSuffix("region.yaml")
                ? try RegionFile.check(
                    at: Self.folder.appending(path: path).path, on: SystemDisk(), sections: ServiceList.sections
                ).problems
                : NodeFile.check(try Self.text(path), fileName: path, sections: ServiceList.sections).problems
            #expect(problems == [])
        }
    }
}
