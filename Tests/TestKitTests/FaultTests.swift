import RecognitionTestKit
import Testing
import YilianTestKit

@Suite("Faults that a test makes", .serialized)
struct FaultTests {
    private func whenLinked(
        _ links: TestOptions.LinkKind, _ body: @Sendable (TestRegion) async throws -> Void
    ) async throws {
        try await TestRegion.run(.small, TestOptions(links: links)) { region in
            try await region.wait(for: "links") {
                try region.areLinked("jucheng", "pingding") && region.areLinked("pingding", "shi")
            }
            try await body(region)
        }
    }

    @Test(
        "a cut link is down and stays down until it is healed; others are not touched",
        arguments: TestOptions.LinkKind.allCases)
    func cut(links: TestOptions.LinkKind) async throws {
        try await whenLinked(links) { region in
            try region.cut("pingding", "shi")
            try await region.wait(for: "the cut") { try !region.areLinked("pingding", "shi") }
            try await region.node("jucheng").publish(TestReport("J-1", of: TestRegionTests.wang))
            try await region.wait(for: "the county") { try await region.node("pingding").reportCounts().results == 1 }
            #expect(try await region.node("shi").reportCounts().results == 0)
            #expect(try region.areLinked("jucheng", "pingding"))
            await #expect {
                try await region.waitUntilAcknowledged(timeout: .milliseconds(200))
            } throws: { error in
                let text = (error as? TestFailure)?.description ?? ""
                return text.contains("at pingding and") && text.contains("at shi")
            }
            try region.heal("pingding", "shi")
            try await region.waitUntilAcknowledged()
            #expect(try await region.node("shi").reportCounts().results == 1)
        }
    }

    @Test("a slow link takes its time", arguments: TestOptions.LinkKind.allCases)
    func slow(links: TestOptions.LinkKind) async throws {
        try await whenLinked(links) { region in
            try await region.waitUntilAcknowledged()
            try region.slow("jucheng", "pingding", by: .milliseconds(300))
            let before = region.clock.wallMilliseconds
            try await region.node("jucheng").publish(TestReport("J-1", of: TestRegionTests.wang))
            try await region.waitUntilAcknowledged()
            #expect(region.clock.wallMilliseconds - before >= 300)
        }
    }

    @Test("a stopped node says so, keeps what it had, and takes part again when it is started")
    func stopped() async throws {
        try await whenLinked(.memory) { region in
            let township = try region.node("jucheng")
            try await township.publish(TestReport("J-1", of: TestRegionTests.wang))
            await township.stop()
            #expect(!township.isRunning)
            await #expect { try await township.publish(TestReport("J-2", of: TestRegionTests.wang)) } throws: {
                ($0 as? TestFailure)?.code == "testkit.stopped"
            }
            try await township.start()
            try await township.start()
            #expect(try await township.reportCounts().results == 1)
            try await region.waitUntilAcknowledged()
            await township.kill()
            #expect(!township.isRunning)
            try await township.restart()
            try await region.waitUntilAcknowledged()
        }
    }

    @Test("a copy of one node's folder is not put in the place of another's")
    func copies() async throws {
        try await whenLinked(.memory) { region in
            let copy = try await region.node("jucheng").copyFolder()
            await #expect { try await region.node("pingding").restoreFolder(copy) } throws: {
                ($0 as? TestFailure)?.code == "testkit.otherNode"
            }
            #expect(try region.node("jucheng").isRunning)
        }
    }

    @Test("a manual clock stands still, and jumps when it is told to")
    func clock() async throws {
        try await TestRegion.run(.small, TestOptions(clock: .manual)) { region in
            let before = region.clock.wallMilliseconds
            try await region.node("jucheng").publish(TestReport("J-1", of: TestRegionTests.wang))
            #expect(region.clock.wallMilliseconds == before)
            region.clock.advance(by: .seconds(3_600))
            #expect(region.clock.wallMilliseconds == before + 3_600_000)
            try await region.waitUntilAcknowledged()
        }
    }

    @Test("a wait that is in vain says what it waited for")
    func timeout() async throws {
        try await TestRegion.run(.small) { region in
            await #expect {
                try await region.wait(for: "the impossible", timeout: .milliseconds(50)) { false }
            } throws: { error in
                let failure = error as? TestFailure
                return failure?.code == "testkit.timeout" && failure?.message.contains("the impossible") == true
            }
        }
    }
}
