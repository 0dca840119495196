import ArgumentParser
import Console
import Effects
import Inventory
import ServiceKit
import VerbKit

/// The verbs of `yilian inventory`.
struct InventoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inventory", abstract: "Offer, hold and give back beds, outpatient numbers and examination slots.",
        discussion: "Example: yilian inventory stock pingding-beds --data /var/lib/yilian/jucheng",
        subcommands: [
            InventoryList.self, InventoryStock.self, InventoryHold.self, HoldVerb<InventoryConfirm>.self,
            HoldVerb<InventoryRelease>.self, InventoryWish.self, HoldVerb<InventoryTakeBack>.self, InventoryHolds.self,
            InventoryShow.self, InventoryOffer.self, LotVerb<InventoryClose>.self, InventoryAllot.self,
            LotVerb<InventoryGiveBack>.self,
        ])
}

/// The verb `yilian inventory list`.
struct InventoryList: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show the region's inventories.",
        discussion: "Example: yilian inventory list --data DIR")
    static let endpoint = InventoryEndpoints.list

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func question() -> NoQuestion { NoQuestion() }

    func show(_ found: [InventoryInfo]) {
        guard !found.isEmpty else { return Terminal.say(Wording("no inventories", "没有资源池")) }
        var table = TextTable("INVENTORY", "KIND", "NAME", "UNIT", "OWNER", ">HOLD", ">WISH")
        for item in found {
            table.add(
                item.inventory, item.kind, item.name, item.unit, item.owner, Shown.seconds(Int64(item.holdSeconds)),
                Shown.seconds(Int64(item.wishSeconds)))
        }
        Terminal.line(table.text)
    }
}

/// The verb `yilian inventory stock`.
struct InventoryStock: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "stock", abstract: "Show what is free of an inventory, and since when that is known.",
        discussion: """
            The owner says it; where it cannot be reached, what was last known, with its age. Exit code 3: it is not the
            owner who says it.

            Example: yilian inventory stock pingding-beds --data DIR
            """)
    static let endpoint = InventoryEndpoints.stock

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The inventory's id.", valueName: "inventory"))
    var inventory: String

    func question() -> StockOrder { StockOrder(inventory: inventory) }
    func show(_ stock: StockInfo) { InventorySheet.show(stock) }
    func ending(_ stock: StockInfo) -> ExitCode? { stock.isOwners ? nil : .degraded }
}

/// The verb `yilian inventory holds`.
struct InventoryHolds: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holds",
        abstract: "Show the holds and wishes that a node knows of, those that changed last first.",
        discussion: "Example: yilian inventory holds --inventory pingding-beds --data DIR")

    @OptionGroup var node: NodeOptions
    @OptionGroup var limit: LimitOption
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("Only those of one inventory.", valueName: "inventory"))
    var inventory: String?

    func run() async throws {
        let found: [HoldInfo] = try await node.talk {
            try await $0.ask(InventoryEndpoints.holds, HoldsOrder(inventory: inventory, limit: limit.asked))
        }
        try limit.show(found, isForPeople: !output.json) { holds in
            if output.json { return try Terminal.json(holds) }
            guard !holds.isEmpty else { return Terminal.say(Wording("no holds", "没有预留")) }
            var table = TextTable("HOLD", "INVENTORY", "LOT", ">UNIT", "STATE", "UNTIL", "CASE")
            for hold in holds {
                table.add(
                    hold.hold, hold.inventory, hold.lot.isEmpty ? "-" : hold.lot, hold.unit == 0 ? "-" : "\(hold.unit)",
                    hold.state, Shown.moment(hold.until), hold.reference.isEmpty ? "-" : hold.reference)
            }
            Terminal.line(table.text)
        }
    }
}

/// The verb `yilian inventory show`.
struct InventoryShow: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what became of a hold or a wish.",
        discussion: "Example: yilian inventory show jucheng.01KBJ2V8Q4N6Z0M3T5X7Y9C1D2 --data DIR")
    static let endpoint = InventoryEndpoints.show

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The hold's id.", valueName: "hold"))
    var hold: String

    func question() -> HoldOrder { HoldOrder(id: hold) }

    func show(_ info: HoldInfo) { InventorySheet.show(info) }
}
