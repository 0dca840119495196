import RecognitionTestKit
import Testing
import YilianTestKit

@Suite("Outages", .serialized)
struct OutageTests {
    private func publish(_ range: Range<Int>, at node: TestNode) async throws {
        for number in range { try await node.publish(TestReport("J-\(number)", of: People.patient(number))) }
    }

    private func expectEverything(_ count: Int, _ region: TestRegion) async throws {
        for id in ["jucheng", "pingding", "shi"] {
            let counts = try await region.node(id).reportCounts()
            #expect(counts.results == count, "results at \(id)")
            #expect(counts.versions == count, "versions at \(id)")
        }
        for node in region.allNodes { #expect(try await node.verifyLedger() == [], "\(node.id)") }
    }

    @Test(
        "a county that was down for a whole day of publishing gets everything, once",
        arguments: TestOptions.LinkKind.allCases)
    func countyDown(links: TestOptions.LinkKind) async throws {
        try await TestRegion.run(.small, TestOptions(links: links)) { region in
            try await region.node("pingding").stop()
            try await publish(0..<60, at: try region.node("jucheng"))
            #expect(try await region.unacknowledged().count > 0)
            try await region.node("pingding").start()
            try await region.waitUntilAcknowledged()
            try await expectEverything(60, region)
        }
    }

    @Test("links that are cut and healed in the middle lose nothing", arguments: TestOptions.LinkKind.allCases)
    func cuts(links: TestOptions.LinkKind) async throws {
        try await TestRegion.run(.small, TestOptions(links: links)) { region in
            let township = try region.node("jucheng")
            try await publish(0..<10, at: township)
            try region.cut("jucheng", "pingding")
            try await publish(10..<20, at: township)
            try region.heal("jucheng", "pingding")
            try region.cut("pingding", "shi")
            try await publish(20..<30, at: township)
            try region.heal("pingding", "shi")
            try await publish(30..<40, at: township)
            try await region.waitUntilAcknowledged()
            try await expectEverything(40, region)
        }
    }

    @Test(
        "every result that was acknowledged survives the killing of any one node",
        arguments: ["jucheng", "pingding", "shi"])
    func killed(victim: String) async throws {
        try await TestRegion.run(.small) { region in
            let township = try region.node("jucheng")
            let acknowledged = try await withThrowingTaskGroup(of: [Int].self) { group in
                for lane in 0..<4 {
                    group.addTask {
                        var taken: [Int] = []
                        for number in (lane * 20)..<(lane * 20 + 20) {
                            do {
                                try await publish(number..<(number + 1), at: township)
                                taken.append(number)
                            } catch {
                                // The township is down at this moment: its system was told no and goes on.
                                try await region.wait(for: "the township's return") { township.isRunning }
                            }
                        }
                        return taken
                    }
                }
                group.addTask {
                    try await region.wait(for: "some results") {
                        guard township.isRunning else { return true }
                        return try await township.reportCounts().results > 10
                    }
                    try await region.node(victim).kill()
                    try await region.node(victim).start()
                    return []
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            try await region.waitUntilAcknowledged()
            #expect(acknowledged.count > 10)
            for number in acknowledged {
                let found = try await region.node("shi").find(People.patient(number)).results
                #expect(found.count == 1 && found.first?.versionCount == 1, "result \(number)")
            }
            for node in region.allNodes { #expect(try await node.verifyLedger() == [], "\(node.id)") }
        }
    }

    @Test("a slow link is slow and nothing else")
    func slow() async throws {
        try await TestRegion.run(.small) { region in
            try region.slow("pingding", "shi", by: .milliseconds(80))
            try await publish(0..<10, at: try region.node("jucheng"))
            try await region.waitUntilAcknowledged()
            try await expectEverything(10, region)
        }
    }

    @Test("a neighbour that says nothing any more is given up after its time, and found again")
    func held() async throws {
        try await TestRegion.run(.small, TestOptions(clock: .manual)) { region in
            try await region.wait(for: "links") { try region.areLinked("pingding", "shi") }
            try region.hold("pingding", "shi")
            for _ in 0..<30 {
                region.clock.advance(by: .seconds(1))
                try await region.wait(for: "a turn") { true }
            }
            try await region.wait(for: "the link to be given up") {
                region.clock.advance(by: .seconds(1))
                return try !region.areLinked("pingding", "shi")
            }
            try await publish(0..<5, at: try region.node("jucheng"))
            try region.heal("pingding", "shi")
            try await region.wait(for: "a new link") {
                region.clock.advance(by: .milliseconds(100))
                return try region.areLinked("pingding", "shi")
            }
            try await region.waitUntilAcknowledged()
            try await expectEverything(5, region)
        }
    }
}
