import Effects
import RecognitionTestKit
import Testing
import YilianTestKit

@Suite("A region in a test", .serialized)
struct TestRegionTests {
    static let wang = TestPatient("王试一", identifier: "149900195001010018")

    @Test(
        "starts with every kind of links, signatures and clock",
        arguments: TestOptions.LinkKind.allCases, TestOptions.Signatures.allCases)
    func kinds(links: TestOptions.LinkKind, signatures: TestOptions.Signatures) async throws {
        for clock in [TestOptions.Clock.system, .manual] {
            let options = TestOptions(links: links, signatures: signatures, clock: clock)
            try await TestRegion.run(.small, options) { region in
                try await region.node("jucheng").publish(TestReport("J-1", of: Self.wang))
                try await region.waitUntilAcknowledged()
                #expect(try await region.node("shi").reportCounts().results == 1)
            }
        }
    }

    @Test("a part of Yangquan has eight nodes, each in its tier and with its own folder")
    func yangquan() async throws {
        try await TestRegion.run(.yangquan) { region in
            let nodes = region.allNodes
            #expect(
                nodes.map(\.id) == [
                    "diaodu", "shi", "pingding", "jucheng", "zhangzhuang", "yuxian", "xiyan", "shangshe",
                ])
            #expect(Set(nodes.map(\.folder)).count == 8)
            #expect(nodes.map(\.tier).filter { $0 == "township" }.count == 4)
            try await region.wait(for: "all links") {
                try [("shi", "diaodu"), ("pingding", "shi"), ("yuxian", "shi"), ("xiyan", "yuxian")]
                    .allSatisfy { try region.areLinked($0, $1) }
            }
        }
    }

    @Test("its folder is removed at the end, also when the test throws, and kept where it is to be")
    func folder() async throws {
        struct Planted: Error {}
        let disk = SystemDisk()
        let first = try await TestRegion.run(.small) { $0.folder }
        #expect(!disk.exists(first))
        let noted = Noted()
        await #expect(throws: Planted.self) {
            try await TestRegion.run(.small) { region in
                await noted.keep(region.folder)
                #expect(disk.exists(region.folder + "/jucheng/ledger.sqlite"))
                throw Planted()
            }
        }
        #expect(await noted.text.map { disk.exists($0) } == false)
        let kept = try await TestRegion.run(.small, TestOptions(keepsFolder: true)) { $0.folder }
        #expect(disk.exists(kept + "/jucheng/ledger.sqlite"))
        try disk.remove(kept)
    }

    @Test("lives between two functions where a test framework wants that")
    func started() async throws {
        let region = try await TestRegion.start(.small)
        try await region.node("jucheng").publish(TestReport("J-1", of: Self.wang))
        try await region.waitUntilAcknowledged()
        try await region.stop()
        #expect(!SystemDisk().exists(region.folder))
        #expect(region.allNodes.allSatisfy { !$0.isRunning })
        await #expect { try await region.node("jucheng").start() } throws: { $0 is TestFailure }
    }

    @Test("a tree without a dispatcher, with an id twice, or with a tier that is out of place is refused with a reason")
    func badTrees() async throws {
        let trees: [(TestTree, String)] = [
            (.city("shi"), "testkit.noDispatcher"),
            (.dispatcher("a", .city("b", .county("c"), .county("c"))), "region.duplicateID"),
            (.dispatcher("a", .township("b")), "region.badTier"), (.dispatcher("Not a name"), "region.badName"),
        ]
        for (tree, code) in trees {
            await #expect {
                try await TestRegion.run(tree) { _ in }
            } throws: { error in
                let failure = error as? TestFailure
                return failure?.code == code || failure?.description.contains(code) == true
            }
        }
    }

    @Test("an unknown node is an error that names those that there are")
    func unknownNode() async throws {
        try await TestRegion.run(.small) { region in
            #expect { try region.node("nobody") } throws: { error in
                (error as? TestFailure)?.description.contains("jucheng") == true
            }
        }
    }
}

/// Keeps a text across a closure that throws.
actor Noted {
    private(set) var text: String?

    func keep(_ text: String) { self.text = text }
}
