import Foundation
import Testing

@testable import Regions

/// The files that come with the program must pass the checks that an operator's files pass.
@Suite struct NodesFolderTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Nodes")

    static func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    static let demoNodes = [
        "diaodu", "yangquan-shi", "pingding", "yuxian", "jucheng", "zhangzhuang", "xiyan", "shangshe",
    ]

    @Test func theDemoRegionHasItsEightNodes() throws {
        let region = try RegionFile.read(Self.text("demo/region.yaml"), fileName: "Nodes/demo/region.yaml")
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
        let region = try RegionFile.read(Self.text("demo/region.yaml"), fileName: "region.yaml")
        let file = try NodeFile.read(Self.text("demo/\(node).yaml"), fileName: "Nodes/demo/\(node).yaml")
        #expect(file.node.rawValue == node)
        #expect(file.dataFolder == "Nodes/demo/data/\(node)")
        #expect(file.problems(in: region) == [])
    }

    @Test func theWholeOfYangquanPassesTheCheck() throws {
        let (configuration, problems) = RegionFile.check(
            try Self.text("yangquan/region.yaml"), fileName: "Nodes/yangquan/region.yaml")
        #expect(problems == [])
        let region = try #require(configuration)
        #expect(region.nodes.filter { $0.tier == .county }.count == 5)
        #expect(region.nodes.filter { $0.tier == .township }.count == 43)
        let tree = ManagementTree(region, at: region.validFrom)
        #expect(tree.descendants(of: try NodeID("diaodu")).count == 49)
        #expect(try RegionConfiguration(wireBytes: region.wireBytes()) == region)
    }

    @Test func everyYAMLFileOfTheFolderIsOneOfThese() throws {
        let found = try #require(FileManager.default.enumerator(atPath: Self.folder.path))
        for case let path as String in found where path.hasSuffix(".yaml") && !path.hasPrefix("demo/messages") {
            let isRegion = path.hasSuffix("region.yaml")
            let text = try Self.text(path)
            let problems =
                isRegion
                ? RegionFile.check(text, fileName: path).problems : NodeFile.check(text, fileName: path).problems
            #expect(problems == [])
        }
    }
}
