import Effects
import Ledgers
import NodeReports
import NodeRuntime
import Regions
import Testing
import YilianTestKit

@Suite("What nodes say of themselves reaches those above", .serialized)
struct RegionReportTests {
    /// How a node sees itself and those below it.
    static func outlook(_ node: YilianNode) async throws -> [NodeID: RegionOutlook.Line] {
        let now = node.context.world.time.wallTime
        let monotonic = node.context.world.time.monotonicTime
        let outlook = RegionOutlook(
            own: try await node.reports.own(), tree: node.setup.region.tree(at: now), now: now,
            link: { child in
                let status = node.hub.status(of: child)
                return .init(isUp: status.state == .up, since: status.since, reason: status.explanation)
            },
            word: { child in
                node.reports.board.word(of: child).map { ($0.report, monotonic.milliseconds(since: $0.heardAt)) }
            })
        return Dictionary(uniqueKeysWithValues: outlook.lines.map { ($0.node, $0) })
    }

    /// Waits until a node sees what it should, while time goes on.
    private static func wait(
        _ region: TestRegion, at id: String, for what: String,
        until holds: ([NodeID: RegionOutlook.Line]) -> Bool
    ) async throws -> [NodeID: RegionOutlook.Line] {
        var seen: [NodeID: RegionOutlook.Line] = [:]
        try await region.wait(for: what) {
            region.clock.advance(by: .seconds(3))
            seen = try await outlook(try region.node(id).node)
            return holds(seen)
        }
        return seen
    }

    @Test("the city sees its counties and their townships, the county its own, and nothing of it is an entry")
    func seen() async throws {
        try await TestRegion.run(.small, TestOptions(clock: .manual)) { region in
            var before: [String: LedgerStatistics] = [:]
            for handle in region.allNodes {
                before[handle.id] = try await handle.node.context.ledger.statistics()
            }
            let city = try await Self.wait(region, at: "shi", for: "everybody's word at the city") { lines in
                lines.values.allSatisfy { $0.state == .up && $0.report != nil }
            }
            #expect(Set(city.keys.map(\.rawValue)) == ["shi", "pingding", "yuxian", "jucheng"])
            let township = try #require(city[try NodeID("jucheng")])
            #expect(township.parent?.rawValue == "pingding")
            #expect(township.report?.configurationVersion == region.configurationVersion)
            let county = try await Self.outlook(try region.node("pingding").node)
            #expect(Set(county.keys.map(\.rawValue)) == ["pingding", "jucheng"])
            for handle in region.allNodes {
                #expect(try await handle.node.context.ledger.statistics() == before[handle.id], "\(handle.id)")
            }
        }
    }

    @Test(
        "a township that is killed is broken with its reason; below a county that is killed all is unknown, not broken")
    func killed() async throws {
        try await TestRegion.run(.small, TestOptions(clock: .manual)) { region in
            let (county, township) = (try NodeID("pingding"), try NodeID("jucheng"))
            _ = try await Self.wait(region, at: "shi", for: "the township's word") { $0[township]?.state == .up }
            await (try region.node("jucheng")).kill()
            let without = try await Self.wait(region, at: "shi", for: "the township to be missed") { lines in
                if case .broken = lines[township]?.state { true } else { false }
            }
            guard case .broken(_, let reason) = without[township]?.state else { return }
            #expect(!reason.isEmpty)
            #expect(without[county]?.state == .up)
            try await (try region.node("jucheng")).start()
            _ = try await Self.wait(region, at: "shi", for: "the township to be back") { $0[township]?.state == .up }
            await (try region.node("pingding")).kill()
            let alone = try await Self.wait(region, at: "shi", for: "the county to be missed") { lines in
                if case .broken = lines[county]?.state { true } else { false }
            }
            #expect(alone[township]?.state == .unknown)
            #expect(alone[township]?.lastWordAt != nil, "its last word is still known")
            try await (try region.node("pingding")).start()
            _ = try await Self.wait(region, at: "shi", for: "everybody to be back") { lines in
                lines.values.allSatisfy { $0.state == .up }
            }
        }
    }
}
