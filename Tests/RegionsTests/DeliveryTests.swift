import Effects
import Testing

@testable import Regions

/// Dated deliveries and delegations of `region.yaml`.
struct DeliveryTests {
    private static let moves = """
        deliveries:
          - {unit: centre, node: hill, to: 2026-07-01}
          - {unit: centre, node: west, from: 2026-07-01}

        """
    private static let lines =
        moves + "delegations:\n  - {unit: hospital, node: hill, from: 2026-03-01, to: 2026-04-01}\n"
        + "registries:\n  - {unit: hospital, node: east, from: 2026-05-01}\n"

    private func read(_ lines: String) throws -> RegionConfiguration {
        try RegionFile.read(lines + SampleRegion.text, fileName: "r", sections: SampleRegion.sections)
    }

    private func time(_ text: String) throws -> WallTime { try WallTime(text: text) }

    private func mayWrite(
        _ node: String, _ unit: String, at moment: String, in region: RegionConfiguration
    ) throws -> Bool {
        let table = DeliveryTable(region)
        let unit = try #require(table.unit(named: unit))
        return try table.mayWrite(try NodeID(node), for: unit, at: { try time(moment) })
    }

    @Test func `a unit delivers by its dated lines, else always to its node, and a delegation adds to that`() throws {
        let region = try read(Self.lines)
        #expect(
            try RegionConfiguration(wireBytes: region.wireBytes(), sections: SampleRegion.sections.region) == region)
        #expect(try mayWrite("hill", "centre", at: "2026-06-30", in: region))
        #expect(try !mayWrite("hill", "centre", at: "2026-07-01", in: region))
        #expect(try mayWrite("west", "centre", at: "2026-07-01", in: region))
        #expect(try !mayWrite("west", "centre", at: "2026-06-30", in: region))
        #expect(try mayWrite("east", "hospital", at: "1999-01-01", in: region))
        #expect(try mayWrite("east", "YQ000002914032111A1001", at: "2026-01-01", in: region))
        #expect(try mayWrite("west", "hospital", at: "2026-01-01", in: region), "it runs that node")
        #expect(try mayWrite("hill", "hospital", at: "2026-03-01", in: region))
        #expect(try !mayWrite("hill", "hospital", at: "2026-04-01", in: region))
        #expect(DeliveryTable(region).unit(named: "nobody") == nil)
        let registries = try ["2026-04-30", "2026-05-01"].map {
            DeliveryTable(region).keepsRegister(try OrgUnitID("hospital"), at: try NodeID("east"), try time($0))
        }
        #expect(registries == [false, true])
        #expect(region.organizationUnits(at: try NodeID("west")).map(\.id.rawValue) == ["centre"])
    }

    @Test(arguments: [
        ("deliveries:\n  - {unit: nobody, node: hill}\n", "region.unknownReference"),
        ("deliveries:\n  - {unit: centre, node: nowhere}\n", "region.unknownReference"),
        ("deliveries:\n  - {unit: centre, node: hill, from: 2026-02-01, to: 2026-01-01}\n", "region.badDates"),
        ("deliveries:\n  - {unit: centre, node: hill}\n  - {unit: centre, node: west}\n", "region.twoDeliveries"),
        (
            "deliveries:\n  - {unit: centre, node: hill, to: 2026-03-01}\n  - {unit: centre, node: west, from: 2026-02-01}\n",
            "region.twoDeliveries"
        ),
        ("deliveries:\n  - {unit: centre, node: west}\n", "region.deliveryNode"),
        ("delegations:\n  - {unit: centre, node: nowhere}\n", "region.unknownReference"),
        ("registries:\n  - {unit: nobody, node: hill}\n", "region.unknownReference"),
        ("registries:\n  - {unit: centre, node: hill, from: 2026-02-01, to: 2026-01-01}\n", "region.badDates"),
        ("deliveries:\n  - {unit: centre, node: hill, until: 2026-03-01}\n", "config.unknownKey"),
    ])
    func mistakes(_ lines: String, _ code: String) throws {
        let problems = RegionFile.check(lines + SampleRegion.text, fileName: "r", sections: SampleRegion.sections)
            .problems
        #expect(problems.map(\.code.rawValue).contains(code), "\(problems)")
    }

    @Test func `what began before the next version was published may not change, unless it is a correction`() throws {
        let region = try read("")
        func next(_ lines: String, _ publishedAt: String = "2026-05-01") throws -> RegionConfiguration {
            var next = try read(lines)
            next.version = region.version + 1
            next.publishedAt = try time(publishedAt)
            return next
        }
        #expect(try region.isReplaced(by: try next(Self.moves)))
        // Published after the day of the move, the same lines speak of the past.
        #expect(throws: Failure("region.changesPast", "")) {
            try region.isReplaced(by: try next(Self.moves, "2026-08-01"))
        }
        var correction = try next(Self.moves, "2026-08-01")
        correction.corrected = correction.version
        #expect(try region.isReplaced(by: correction))
        // A node that missed the correction takes what follows it.
        var later = correction
        later.version += 1
        #expect(try region.isReplaced(by: later))
        // And one that missed a version knows less of what was past then; its publisher knows all.
        var skipping = try next(Self.moves, "2026-08-01")
        skipping.version += 1
        #expect(try region.isReplaced(by: skipping))
        #expect(throws: Failure("region.changesPast", "")) { try region.isReplaced(by: skipping, isDirect: true) }
        let delegation = "delegations:\n  - {unit: centre, node: west, from: 2026-04-01}\n"
        #expect(throws: Failure("region.changesPast", "")) { try region.isReplaced(by: try next(delegation)) }
        #expect(try region.isReplaced(by: try next(delegation, "2026-04-01")))
        let registry = "registries:\n  - {unit: centre, node: west, from: 2026-04-01}\n"
        #expect(throws: Failure("region.changesPast", "")) { try region.isReplaced(by: try next(registry)) }
        #expect(try region.isReplaced(by: try next(registry, "2026-04-01")))
    }

    @Test func `units and nodes end, they never vanish`() throws {
        let region = try read("")
        var next = region
        next.version += 1
        next.organizationUnits.removeAll { $0.id.rawValue == "centre" }
        #expect(throws: Failure("region.vanished", "")) { try region.isReplaced(by: next) }
        next = region
        next.version += 1
        next.nodes.removeAll { $0.id.rawValue == "hill" }
        #expect(throws: Failure("region.vanished", "")) { try region.isReplaced(by: next) }
    }

    @Test func `a region has one dispatcher at a time, and the tree knows which`() throws {
        let line = "  - {id: root, name: 调度, tier: dispatcher, unit: hq, division: 140300}\n"
        func text(_ old: String, _ new: String) -> String {
            let changed = SampleRegion.changed(
                line,
                "  - {id: root, name: 调度, tier: dispatcher, unit: hq, division: 140300\(old)}\n"
                    + "  - {id: root2, name: 调度二, tier: dispatcher, unit: hq, division: 140300\(new)}\n")
            return changed.replacing(
                "  - {child: city, parent: root, from: 2026-01-01}",
                with: "  - {child: city, parent: root, from: 2026-01-01, to: 2026-09-01}\n"
                    + "  - {child: city, parent: root2, from: 2026-09-01}")
        }
        let region = try RegionFile.read(
            text(", to: 2026-09-01", ", from: 2026-09-01"), fileName: "r", sections: SampleRegion.sections)
        #expect(
            try RegionConfiguration(wireBytes: region.wireBytes(), sections: SampleRegion.sections.region) == region)
        for (moment, root) in [("2026-08-31", "root"), ("2026-09-01", "root2")] {
            let tree = ManagementTree(region, at: try time(moment))
            #expect(tree.root?.rawValue == root)
            #expect(tree.depth(of: try NodeID("hill")) == 3)
        }
        let problems = RegionFile.check(text("", ", from: 2026-09-01"), fileName: "r", sections: SampleRegion.sections)
            .problems
        #expect(problems.map(\.code) == ["region.dispatcherCount"])
    }
}
