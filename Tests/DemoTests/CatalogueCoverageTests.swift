import Effects
import Foundation
import NodeRuntime
import Recognition
import Regions
import Testing

@testable import Demo

/// What the demo's laboratories send is held against the demo's recognition catalogue.
@Suite struct CatalogueCoverageTests {
    /// Left out of the catalogue on purpose: ratios and estimates of other items, descriptions, blood groups, HIV.
    private static let leftOut: Set<String> = [
        "AST/ALT", "A/G", "eAG", "HIV-Ag/Ab", "RPR", "ABO", "RhD", "U-COL", "U-CLA", "F-COL", "F-CON", "F-MUC", "F-WBC",
        "F-RBC", "F-OVA",
    ]
    private static let ordersLeftOut: Set<String> = ["DBCG", "SQ4", "XX"]

    private let index: RecognitionIndex
    private let units: [OrgUnitID]

    init() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Nodes/demo/region.yaml").path
        let region = try RegionFile.read(at: folder, on: SystemDisk(), sections: ServiceList.sections)
        index = RecognitionIndex(region.recognition)
        let nodes = Set(DemoInstitution.all.map(\.node))
        units = region.organizationUnits.filter { nodes.contains($0.node.rawValue) && $0.institution != nil }.map(\.id)
    }

    @Test func everyInstitutionsCodesStandForItemsInTheUnitsAndSpecimensThatItSends() throws {
        #expect(units.count == DemoInstitution.all.count)
        for unit in units {
            for panel in LaboratoryCatalogue.panels {
                let order = index.resolve(codes: [("L", panel.code)], unit: unit)
                #expect((order == nil) == Self.ordersLeftOut.contains(panel.code), "\(panel.code)")
                for item in panel.items where !Self.leftOut.contains(item.code) {
                    let code = try #require(
                        index.resolve(codes: [("urn:oid:2.999.1403.1", item.code)], unit: unit), "\(item.code)")
                    let known = try #require(index.item(code, version: 1))
                    #expect(index.unit(named: item.unit) == known.unit, "\(item.code) in \(item.unit)")
                    #expect(index.specimen(named: panel.specimen) == known.specimen, "\(item.code)")
                }
            }
            for examination in ExaminationCatalogue.imaging + ExaminationCatalogue.ecg {
                let code = try #require(index.resolve(codes: [("L", examination.code)], unit: unit))
                #expect(index.item(code, version: 1)?.name == examination.name)
            }
        }
    }

    @Test func whatIsLeftOutIsNotMapped() {
        for code in Self.leftOut.union(Self.ordersLeftOut) {
            #expect(index.resolve(codes: [("L", code)], unit: units.first) == nil, "\(code)")
        }
    }
}
