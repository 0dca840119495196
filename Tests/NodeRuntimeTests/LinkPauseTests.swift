import Effects
import Links
import NodeRuntime
import RecognitionTestKit
import Regions
import ServiceKit
import Testing
import YilianTestKit

@Suite("A link that an operator pauses", .serialized)
struct LinkPauseTests {
    private static func acts(_ node: TestNode) async throws -> [OperatorAct] {
        try await node.node.context.ledger.read { try OperatorAct.newest(limit: 10, in: $0).map(\.act) }
    }

    @Test("it ends at once, says by whom and why on both sides, stays down over a restart, and loses nothing")
    func pause() async throws {
        try await TestRegion.run(.small) { region in
            let county = try region.node("pingding")
            let (parent, child) = (try NodeID("pingding"), try NodeID("jucheng"))
            let reason = try OperatorReason("the line is repaired")
            try await county.node.pauseLink(to: child, because: reason, by: "wu")
            try await region.wait(for: "the link to be down") { try !region.areLinked("pingding", "jucheng") }
            let status = try county.node.hub.status(of: child)
            #expect(status.pause?.actor == "wu" && status.explanation.hasPrefix("paused by 'wu' since "))
            #expect(status.explanation.hasSuffix(": the line is repaired"))
            let township = try region.node("jucheng")
            try await region.wait(for: "the township to be told") {
                try township.node.hub.status(of: parent).lastError?.contains("[paused]") ?? false
            }
            try await township.publish(TestReport("J-1", of: People.wang))

            try await county.restart()
            #expect(try county.node.hub.status(of: child).pause?.reason == "the line is repaired")
            try await region.wait(for: "the township to have tried again") {
                try township.node.hub.status(of: parent).lastError?.contains("[paused]") ?? false
            }
            #expect(try !region.areLinked("pingding", "jucheng"))

            try await county.node.resumeLink(to: child, by: "li")
            try await region.waitUntilAcknowledged()
            #expect(try await county.reportCounts().results == 1)
            let acts = try await Self.acts(county)
            #expect(acts.map(\.action) == [.linkResumed, .linkPaused] && acts.map(\.actor) == ["li", "wu"])
            #expect(acts.last?.reason == "the line is repaired")
        }
    }

    @Test("a parent that is paused is not dialled, and is dialled at once when it is resumed")
    func parent() async throws {
        try await TestRegion.run(.small) { region in
            let township = try region.node("jucheng")
            let parent = try NodeID("pingding")
            try await township.node.pauseLink(to: parent, because: try OperatorReason("x"), by: "node")
            try await region.wait(for: "the link to be down") { try !region.areLinked("pingding", "jucheng") }
            try await township.restart()
            let tried = try await township.node.tryLink(to: parent)
            #expect(tried.problem == .link(.paused) && !tried.isWell)
            #expect(tried.findings.first { $0.step == .certificate }?.outcome == .well, "the way is tried all the same")
            #expect(tried.findings.first { $0.step == .handshake }?.outcome == .skipped)
            #expect(try !region.areLinked("pingding", "jucheng"))
            try await township.node.resumeLink(to: parent, by: "node")
            try await region.wait(for: "the link to be up") { try region.areLinked("pingding", "jucheng") }
        }
    }

    @Test("whoever comes back first, the node keeps to what its store says last")
    func order() async throws {
        try await TestRegion.run(.small) { region in
            let node = try region.node("pingding").node
            let child = try NodeID("jucheng")
            let reason = try OperatorReason("x")
            for _ in 0..<40 {
                await withTaskGroup(of: Void.self) { group in
                    for actor in ["wu", "li", "an"] {
                        group.addTask { try? await node.pauseLink(to: child, because: reason, by: actor) }
                        group.addTask { try? await node.resumeLink(to: child, by: actor) }
                    }
                }
                let stored = try await node.context.ledger.read { sql in
                    try sql.row("SELECT actor FROM link_pause WHERE node = $1", [child.rawValue])?.text(0)
                }
                #expect(node.hub.status(of: child).pause?.actor == stored)
            }
        }
    }

    @Test("only a neighbour's link is paused, once, and only a paused one resumed")
    func refusals() async throws {
        try await TestRegion.run(.small) { region in
            let node = try region.node("pingding").node
            let reason = try OperatorReason("x")
            func code(_ body: () async throws -> Void) async -> Failure.Code? {
                await #expect(throws: Failure.self) { try await body() }?.code
            }
            let (stranger, child) = (try NodeID("diaodu"), try NodeID("jucheng"))
            #expect(
                await code { try await node.pauseLink(to: stranger, because: reason, by: "wu") } == "link.noNeighbour")
            #expect(await code { try await node.resumeLink(to: child, by: "wu") } == "link.notPaused")
            try await node.pauseLink(to: child, because: reason, by: "wu")
            #expect(
                await code { try await node.pauseLink(to: child, because: reason, by: "li") } == "link.pausedAlready")
            #expect(node.pauses.pause(of: child)?.actor == "wu")
            #expect(await code { _ = try await node.tryLink(to: stranger) } == "link.noNeighbour")
        }
    }
}

@Suite("A test of a link", .serialized)
struct LinkTrialTests {
    @Test("a link that is up is left as it is, and what its handshake found is told")
    func up() async throws {
        try await TestRegion.run(.small) { region in
            let township = try region.node("jucheng")
            let parent = try NodeID("pingding")
            let since = try township.node.hub.status(of: parent).since
            let trial = try await township.node.tryLink(to: parent)
            #expect(trial.isWell, "\(trial.findings)")
            #expect(trial.findings.map(\.step) == LinkTrial.Step.allCases)
            #expect(try township.node.hub.status(of: parent).since == since && region.areLinked("pingding", "jucheng"))
            let child = try await region.node("pingding").node.tryLink(to: try NodeID("jucheng"))
            #expect(child.isWell, "\(child.findings)")
        }
    }

    @Test("where the way is cut the connection fails, and a child that has not dialled is to be tested from there")
    func cut() async throws {
        try await TestRegion.run(.small) { region in
            try region.cut("pingding", "jucheng")
            let (township, county) = (try region.node("jucheng"), try region.node("pingding"))
            try await region.wait(for: "the link to be down") { try !region.areLinked("pingding", "jucheng") }
            let trial = try await township.node.tryLink(to: try NodeID("pingding"))
            #expect(trial.findings.first { $0.step == .connection }?.outcome == .failed, "\(trial.findings)")
            #expect(trial.findings.last?.outcome == .skipped)
            #expect(trial.problem == .link(.unreachable))
            #expect(try await county.node.tryLink(to: try NodeID("jucheng")).problem == .notDialled)
            // The test of a way that is there again ends with a handshake, and the node's own dialling follows it.
            try region.heal("pingding", "jucheng")
            let again = try await township.node.tryLink(to: try NodeID("pingding"))
            #expect(again.isWell, "\(again.findings)")
            try await region.wait(for: "the link to be up") { try region.areLinked("pingding", "jucheng") }
        }
    }
}
