import Effects
import NodeReports
import NodeRuntime
import Regions
import ServiceKit
import Testing
import YilianTestKit

@Suite("What a child may say, and of whom", .serialized)
struct HostileReportTests {
    /// A city's board that nobody tells anything but the test, with the keys of those below.
    private struct City {
        let region: TestRegion
        let time: ManualTime
        let board: ReportBoard

        init(_ region: TestRegion) throws {
            self.region = region
            let node = try region.node("shi").node
            time = ManualTime(wallTime: node.context.world.time.wallTime)
            board = ReportBoard(node: node.context.node, region: node.setup.region, time: time)
        }

        func report(of id: String, secondsLater: Int64 = 0) throws -> NodeReport {
            let now = time.wallTime
            return NodeReport(
                node: try NodeID(id), madeAt: now.advanced(byMilliseconds: secondsLater * 1_000), startedAt: now,
                release: "1", configurationVersion: 1)
        }

        func item(_ report: NodeReport, signedBy id: String? = nil, ago: Int = 0) throws -> ReportBundle.Item {
            let key = try region.node(id ?? report.node.rawValue).identity.signingKey
            return ReportBundle.Item(try SignedNodeReport(report, key: key), agoMilliseconds: ago)
        }

        func take(_ items: [ReportBundle.Item], from child: String) throws -> String? {
            do {
                // As it comes over a link.
                try board.take(
                    try ReportBundle(wireBytes: try ReportBundle(items).wireBytes()), from: try NodeID(child))
                return nil
            } catch let failure as Failure { return failure.code.rawValue }
        }

        func heard(of id: String) throws -> NodeReport? { board.word(of: try NodeID(id))?.report }
    }

    private func withCity(_ body: @Sendable (City) throws -> Void) async throws {
        try await TestRegion.run(.small) { region in try body(try City(region)) }
    }

    @Test("it speaks of itself and of whoever is below it, and of nobody else")
    func subtree() async throws {
        try await withCity { city in
            let ofItself = try city.item(try city.report(of: "pingding"))
            let ofChild = try city.item(try city.report(of: "jucheng"))
            #expect(try city.take([ofItself, ofChild], from: "pingding") == nil)
            #expect(try city.heard(of: "jucheng") != nil)
            for other in ["yuxian", "shi", "diaodu"] {
                city.time.advance(milliseconds: 20_000)
                #expect(
                    try city.take([try city.item(try city.report(of: other))], from: "pingding")
                        == "nodeReport.notBelow",
                    "\(other)")
                #expect(try city.heard(of: other) == nil)
            }
            city.time.advance(milliseconds: 20_000)
            // Whoever is below a child is no child.
            let late = try city.item(try city.report(of: "jucheng"))
            #expect(try city.take([late], from: "jucheng") == "nodeReport.notBelow")
            #expect(try city.take([late], from: "somebody-else") == "nodeReport.notBelow")
        }
    }

    @Test("what another one signed is refused, and its bearer is not listened to for ten seconds")
    func signatures() async throws {
        try await withCity { city in
            let forged = try city.item(try city.report(of: "jucheng"), signedBy: "pingding")
            let honest = try city.item(try city.report(of: "pingding"))
            #expect(try city.take([forged, honest], from: "pingding") == "nodeReport.unsigned")
            #expect(try city.heard(of: "jucheng") == nil)
            #expect(try city.take([honest], from: "pingding") == "nodeReport.tooOften")
            #expect(try city.take([try city.item(try city.report(of: "yuxian"))], from: "yuxian") == nil)
            city.time.advance(milliseconds: 10_000)
            #expect(try city.take([honest], from: "pingding") == nil)
            #expect(try city.heard(of: "pingding") != nil)
        }
    }

    @Test("an older report takes no newer one's place, and one that is said again makes nothing younger")
    func replays() async throws {
        try await withCity { city in
            let first = try city.report(of: "jucheng")
            #expect(try city.take([try city.item(first)], from: "pingding") == nil)
            city.time.advance(milliseconds: 10_000)
            let second = try city.report(of: "jucheng")
            #expect(try city.take([try city.item(second)], from: "pingding") == nil)
            let heardAt = city.board.word(of: try NodeID("jucheng"))?.heardAt
            city.time.advance(milliseconds: 10_000)
            #expect(try city.take([try city.item(first), try city.item(second)], from: "pingding") == nil)
            #expect(try city.heard(of: "jucheng") == second)
            #expect(city.board.word(of: try NodeID("jucheng"))?.heardAt == heardAt)
        }
    }

    @Test("a report from another time is not taken: of the bearer it is an error, of one below it is passed over")
    func clocks() async throws {
        try await withCity { city in
            let ahead = try city.report(of: "pingding", secondsLater: 301)
            #expect(try city.take([try city.item(ahead)], from: "pingding") == "nodeReport.clock")
            city.time.advance(milliseconds: 10_000)
            let behind = try city.report(of: "jucheng", secondsLater: -301)
            let own = try city.report(of: "pingding")
            #expect(try city.take([try city.item(behind), try city.item(own)], from: "pingding") == nil)
            #expect(try city.heard(of: "jucheng") == nil)
            #expect(try city.heard(of: "pingding") == own)
            // The same word is in order where its bearer says how long it lay.
            city.time.advance(milliseconds: 10_000)
            #expect(try city.take([try city.item(behind, ago: 311_000)], from: "pingding") == nil)
            #expect(try city.heard(of: "jucheng") == behind)
        }
    }

    @Test("what is too long or too many is refused before anybody looks at a signature")
    func sizes() async throws {
        try await withCity { city in
            var report = try city.report(of: "pingding")
            report.missing = try (0..<200).map { number in
                .init(
                    node: try NodeID("t\(number)"), since: city.time.wallTime,
                    reason: String(repeating: "长", count: 900))
            }
            let item = try city.item(report)
            // What is said is cut by whoever says it; what is heard is refused.
            let read = try SignedNodeReport(wireBytes: try item.report.wireBytes())
            #expect(read.report.missing.count == Limits.missingChildrenPerReport)
            #expect(read.report.missing.allSatisfy { $0.reason.utf8.count <= Limits.reportTextBytes })
            let many = ReportBundle(Array(repeating: item, count: Limits.reportsPerBundle + 1))
            #expect(throws: Failure.self) { try ReportBundle(wireBytes: try many.wireBytes()) }
        }
    }

    @Test("a report that is cut anywhere is refused, and never ends the process")
    func cut() async throws {
        try await withCity { city in
            let bytes = try ReportBundle([try city.item(try city.report(of: "pingding"))]).wireBytes()
            for length in 1..<bytes.count {
                guard let bundle = try? ReportBundle(wireBytes: Array(bytes.prefix(length))) else { continue }
                try? city.board.take(bundle, from: try NodeID("pingding"))
                city.time.advance(milliseconds: 20_000)
            }
            #expect(try city.heard(of: "pingding") == nil)
        }
    }
}
