import Effects
import Inventory
import ServiceKit
import Testing
import YilianTestKit

/// The verbs of `yilian inventory`, over two real processes.
@Suite struct InventoryVerbTests {
    private static let inventories = """
        inventories:
          - {id: shi-beds, name: 住院床位, kind: bed, unit: shi-yy, node: shi, holdSeconds: 600, wishSeconds: 600}

        """

    @Test func aBedIsOfferedHeldConfirmedAndGivenBack() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        let disk = SystemDisk()
        let yaml = region.folder + "/region.yaml"
        try disk.write(try disk.readText(yaml) + Self.inventories, to: yaml)
        try await region.issueAndPublish()
        let listed = try await region.yilian("region", "check", "region.yaml")
        #expect(listed.status == 0, "\(listed.errors)")
        _ = try await region.running("diaodu") { parent in
            let link = try #require(parent.link)
            _ = try await region.running("shi", ["--parent", link]) { _ in try await Self.course(region) }
        }
    }

    private static func course(_ region: TrialRegion) async throws {
        let shi = ["--data", region.data("shi")]
        func run(_ arguments: String...) async throws -> BuiltProgram.Outcome {
            try await BuiltProgram.run(["inventory"] + arguments + shi, in: region.folder)
        }
        func json<Value: Decodable>(_ type: Value.Type, _ outcome: BuiltProgram.Outcome) throws -> Value {
            try #require(outcome.status == 0, "\(outcome.errors)")
            return try OperatorJSON.value(type, from: Array(outcome.output.utf8), place: nil)
        }
        let offer = ["inventory", "offer", "shi-beds", "--lot", "ward", "--units", "1-2", "--practitioner", "nurse"]
        _ = try await region.wait(for: "its parent's word", offer + shi) { $0.status == 0 }
        let stock = try json(StockInfo.self, try await run("stock", "shi-beds", "--json"))
        #expect(stock.isOwners && stock.lines.map(\.free) == [2])
        let hold = ["hold", "shi-beds", "--practitioner", "dr-wang", "--reference", "shi.01KB", "--json"]
        let outcome = try await BuiltProgram.run(["inventory"] + hold + shi, in: region.folder)
        let held = try json(HoldReceiptInfo.self, outcome)
        #expect(held.unit == 1 && held.state == "held" && held.until != nil)
        let again = try await run("hold", "shi-beds", "--practitioner", "dr-wang", "--id", held.hold)
        #expect(again.status == 0 && again.output.contains("it was so before"), "\(again.output) \(again.errors)")
        let confirmed = try await run("confirm", held.hold, "--practitioner", "dr-wang", "--json")
        #expect(try json(HoldReceiptInfo.self, confirmed).state == "confirmed")
        let shown = try json(HoldInfo.self, try await run("show", held.hold, "--json"))
        #expect(shown.steps.map(\.event) == ["held", "confirmed"] && shown.reference == "shi.01KB")
        _ = try await run("hold", "shi-beds", "--practitioner", "dr-li")
        let none = try await run("hold", "shi-beds", "--practitioner", "dr-he")
        #expect(none.status == 1 && none.errors.contains("inventory.none"), "\(none.errors)")
        let wish = try json(WishInfo.self, try await run("wish", "shi-beds", "--practitioner", "dr-he", "--json"))
        let released = try await run("release", held.hold, "--practitioner", "nurse")
        #expect(released.status == 0, "\(released.errors)")
        let turn = ["inventory", "show", wish.hold, "--json"] + shi
        _ = try await region.wait(for: "the wish's turn", turn) { $0.output.contains("\"held\"") }
        let holds = try await run("holds", "--inventory", "shi-beds")
        #expect(holds.status == 0 && holds.output.contains(wish.hold) && holds.output.contains("released"))
        let list = try await run("list")
        #expect(list.output.contains("shi-beds") && list.output.contains("住院床位"))
    }
}
