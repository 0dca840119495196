import ArgumentParser
import Console
import Effects
import Inventory
import VerbKit

/// Which units of which lot.
struct LotOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The inventory's id.", valueName: "inventory"))
    var inventory: String

    @Option(help: ArgumentHelp("The lot: a ward, a doctor's morning, a device's hour.", valueName: "lot"))
    var lot: String

    @Option(help: ArgumentHelp("The first and the last, such as 1-20.", valueName: "units"))
    var units: String

    @Option(help: ArgumentHelp("Who does it, as the hospital names its staff.", valueName: "id"))
    var practitioner: String

    func show(_ info: UnitsInfo, json: Bool) throws {
        if json { return try Terminal.json(info) }
        Terminal.line("\(info.inventory), \(info.lot), \(info.units): \(info.entry)")
    }

    func order(to: String? = nil) -> UnitsOrder {
        UnitsOrder(inventory: inventory, lot: lot, units: units, to: to, practitioner: practitioner)
    }
}

/// The verb `yilian inventory offer`.
struct InventoryOffer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offer", abstract: "Offer units of a lot, or say anew when they are for.",
        discussion: """
            Example: yilian inventory offer pingding-numbers --lot wang-1203-am --units 1-10 --ends 2026-12-03T12:00:00+08:00
              --label 王主任上午 --practitioner nurse-li --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var lot: LotOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("When they are for; for any time where it is not given.", valueName: "time"))
    var starts: String?

    @Option(help: ArgumentHelp("From then on they are not given any more.", valueName: "time"))
    var ends: String?

    @Option(help: ArgumentHelp("What people call the lot.", valueName: "text"))
    var label: String?

    func run() async throws {
        var order = lot.order()
        order.starts = starts
        order.ends = ends
        order.label = label
        let asked = order
        let info: UnitsInfo = try await node.talk { try await $0.ask(InventoryEndpoints.offer, asked) }
        try lot.show(info, json: output.json)
    }
}

/// The verb `yilian inventory close`.
struct InventoryClose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Take units out that nobody has.",
        discussion:
            "Example: yilian inventory close pingding-beds --lot ward-3 --units 7 --practitioner nurse-li --data DIR")

    @OptionGroup var node: NodeOptions
    @OptionGroup var lot: LotOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let order = lot.order()
        let info: UnitsInfo = try await node.talk { try await $0.ask(InventoryEndpoints.close, order) }
        try lot.show(info, json: output.json)
    }
}

/// The verb `yilian inventory allot`.
struct InventoryAllot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "allot", abstract: "Let another node decide about units, until it gives them back.",
        discussion: """
            That node goes on giving them while this one is away.

            Example: yilian inventory allot pingding-beds --lot ward-3 --units 1-4 --to-node yuxian --practitioner nurse-li
              --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var lot: LotOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The node that decides about them from then on.", valueName: "node"))
    var toNode: String

    func run() async throws {
        let order = lot.order(to: toNode)
        let info: UnitsInfo = try await node.talk { try await $0.ask(InventoryEndpoints.allot, order) }
        try lot.show(info, json: output.json)
    }
}

/// The verb `yilian inventory give-back`.
struct InventoryGiveBack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "give-back", abstract: "Give units back to their owner that were allotted to this node.",
        discussion:
            "Example: yilian inventory give-back pingding-beds --lot ward-3 --units 1-4 --practitioner nurse-he --data DIR"
    )

    @OptionGroup var node: NodeOptions
    @OptionGroup var lot: LotOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let order = lot.order()
        let info: UnitsInfo = try await node.talk { try await $0.ask(InventoryEndpoints.giveBack, order) }
        try lot.show(info, json: output.json)
    }
}
