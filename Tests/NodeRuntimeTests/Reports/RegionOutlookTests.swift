import Effects
import NodeReports
import Regions
import Testing
import YilianTestKit

@Suite("How a node sees those below it")
struct RegionOutlookTests {
    private static let now = WallTime(milliseconds: 1_780_000_000_000)

    private static func report(of id: String, missing: [NodeReport.Missing] = []) throws -> NodeReport {
        var report = NodeReport(
            node: try NodeID(id), madeAt: now, startedAt: now, release: "1", configurationVersion: 1)
        report.missing = missing
        return report
    }

    /// - Parameters:
    ///   - words: how old everybody's last word is, in seconds.
    ///   - down: children without a link.
    private static func states(
        _ region: TestRegion, words: [String: Int64], down: Set<String> = [], paused: Set<String> = [],
        missing: [String: [NodeReport.Missing]] = [:]
    ) throws -> [String: RegionOutlook.State] {
        let outlook = RegionOutlook(
            own: try report(of: "shi"), tree: region.tree, now: now,
            link: {
                .init(
                    isUp: !down.contains($0.rawValue), since: now, reason: "cut",
                    isPaused: paused.contains($0.rawValue))
            },
            word: { node in
                words[node.rawValue].flatMap { age in
                    (try? report(of: node.rawValue, missing: missing[node.rawValue] ?? [])).map { ($0, age * 1_000) }
                }
            })
        return Dictionary(uniqueKeysWithValues: outlook.lines.map { ($0.node.rawValue, $0.state) })
    }

    @Test("fresh words are up, old ones stale, missed ones broken, and what a dead parent would know is unknown")
    func states() async throws {
        try await TestRegion.run(.small) { region in
            let all: [String: Int64] = ["pingding": 5, "yuxian": 5, "jucheng": 20]
            #expect(try Self.states(region, words: all).values.allSatisfy { $0 == .up })
            let old = try Self.states(region, words: all.merging(["jucheng": 46]) { $1 })
            #expect(old["jucheng"] == .stale)
            let missing = NodeReport.Missing(node: try NodeID("jucheng"), since: Self.now, reason: "it is off")
            let broken = try Self.states(region, words: all, missing: ["pingding": [missing]])
            #expect(broken["jucheng"] == .broken(since: Self.now, reason: "it is off"))
            let dead = try Self.states(region, words: all, down: ["pingding"], missing: ["pingding": [missing]])
            #expect(dead["pingding"] == .broken(since: Self.now, reason: "cut"))
            #expect(dead["jucheng"] == .unknown, "a dead county's last word says nothing of now")
            let paused = try Self.states(region, words: all, down: ["pingding"], paused: ["pingding", "yuxian"])
            #expect(paused["pingding"] == .paused(since: Self.now, reason: "cut") && paused["jucheng"] == .unknown)
            #expect(paused["yuxian"] == .up, "what is up is not down, whatever was meant")
            let silent = try Self.states(region, words: ["yuxian": 46])
            #expect(silent["pingding"] == .unknown && silent["jucheng"] == .unknown && silent["yuxian"] == .stale)
        }
    }

    @Test("a parent stands before its children, and nobody stands twice")
    func order() async throws {
        try await TestRegion.run(.yangquan) { region in
            let outlook = RegionOutlook(
                own: try Self.report(of: region.allNodes.first?.id ?? ""), tree: region.tree, now: Self.now,
                link: { _ in .init(isUp: true, since: Self.now, reason: "") }, word: { _ in nil })
            #expect(outlook.lines.count == region.allNodes.count)
            var seen: Set<NodeID> = []
            for line in outlook.lines {
                #expect(line.parent.map(seen.contains) ?? true)
                #expect(seen.insert(line.node).inserted)
            }
        }
    }
}
