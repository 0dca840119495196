import Effects
import Ledgers
import NodeRuntime
import Regions
import TestKit
import Testing

@Suite("A service is added by its folder and one line", .serialized)
struct ToyServiceTests {
    /// The line.
    private static let services = ServiceList.all + [AmbulanceService.self]

    private static var options: TestOptions {
        var options = TestOptions()
        options.services = services
        return options
    }

    @Test("its entries are written, travel, are folded and asked for between nodes; who may not write them is refused")
    func region() async throws {
        try await TestRegion.run(.small, Self.options) { configuration in
            configuration.set(AmbulanceSection(nodes: [try NodeID("jucheng")]))
        } _: { region in
            func service(_ id: String) throws -> AmbulanceService {
                try region.node(id).node.service(AmbulanceService.self)
            }
            try await service("jucheng").send("C-1")
            await #expect(throws: Failure("author.noAmbulance", "")) { try await service("yuxian").send("C-2") }
            try await region.waitUntilAcknowledged()
            #expect(try await service("jucheng").trips(knownAt: NodeID("pingding")) == ["C-1"])
            #expect(try await service("pingding").trips(knownAt: NodeID("shi")) == ["C-1"])
        }
    }

    @Test("its keys stand in the files of a region and of a node, and are held against each other")
    func files() throws {
        let sections = ServiceList.sections(of: Self.services)
        let region = try RegionFile.read(
            """
            region: testland
            name: 试验区
            version: 1
            validFrom: 2026-01-01
            units:
              - {id: dc, name: 调度中心, division: 140300, tier: dispatcher, kind: dispatch-centre, node: diaodu}
              - {id: yy, name: 市医院, division: 140300, tier: city, kind: hospital, node: shi}
            nodes:
              - {id: diaodu, name: 调度, tier: dispatcher, unit: dc, division: 140300}
              - {id: shi, name: 市, tier: city, unit: yy, division: 140300}
            management: [{child: shi, parent: diaodu, from: 2026-01-01}]
            ambulances: [shi]
            """, fileName: "region.yaml", sections: sections)
        #expect(region.section(AmbulanceSection.self).nodes.map(\.rawValue) == ["shi"])
        let carried = try RegionConfiguration(wireBytes: region.wireBytes(), sections: sections.region)
        #expect(carried == region)
        for (node, codes) in [("shi", []), ("diaodu", ["config.notInRegion"])] as [(String, [Failure.Code])] {
            let text = "node: \(node)\ndataFolder: data\nlink: {listen: \"0.0.0.0:7443\"}\ngarage: north\n"
            let file = try NodeFile.read(text, fileName: "n.yaml", sections: sections)
            #expect(file.section(AmbulanceGarage.self).name == "north")
            #expect(file.problems(in: region).map(\.code) == codes)
        }
        let unknown = NodeFile.check(
            "node: shi\ndataFolder: data\ngarage: north\n", fileName: "n.yaml", sections: ServiceList.sections)
        #expect(unknown.problems.map(\.code) == ["config.unknownKey"])
    }

    @Test("its methods and kinds stand beside the others, which stay as they are")
    func lists() throws {
        let methods = try ServiceList.methods(of: Self.services)
        #expect(methods.map(\.name) == (try ServiceList.methods().map(\.name)) + ["ambulance.trips"])
        let kinds = Set(ServiceList.projections(of: Self.services).kinds)
        #expect(kinds == Set(ServiceList.projections.kinds).union([.ambulanceTrip]))
    }
}
