import ArgumentParser
import Console
import Effects
import Inventory
import VerbKit

/// Who acts about a hold.
struct HolderOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Who acts, as the hospital names its staff.", valueName: "id"))
    var practitioner: String

    @Option(help: ArgumentHelp("The unit where the practitioner works; the node's first.", valueName: "unit"))
    var unit: String?
}

/// The verb `yilian inventory hold`.
struct InventoryHold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Hold a unit until it is confirmed or the hold ends.",
        discussion: """
            Whoever loses the answer asks again with --id and gets the same one. Where nobody can be asked it says what
            was last known, and never guesses.

            Example: yilian inventory hold pingding-beds --reference jucheng.01KB… --practitioner dr-wang --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var holder: HolderOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The inventory's id.", valueName: "inventory"))
    var inventory: String

    @Option(help: ArgumentHelp("A lot by its name; whichever ends first where it is not given.", valueName: "lot"))
    var lot: String?

    @Option(help: ArgumentHelp("The id of the case for which it is.", valueName: "id"))
    var reference: String?

    @Option(help: ArgumentHelp("The id of an earlier try whose answer was lost.", valueName: "hold"))
    var id: String?

    @Option(help: ArgumentHelp("A node to which the owner has allotted units; else the owner.", valueName: "node"))
    var at: String?

    func run() async throws {
        let request = HoldRequest(
            inventory: inventory, lot: lot, id: id, at: at, reference: reference, practitioner: holder.practitioner,
            unit: holder.unit)
        let receipt: HoldReceiptInfo = try await node.talk { try await $0.ask(InventoryEndpoints.hold, request) }
        if output.json { try Terminal.json(receipt) } else { InventorySheet.show(receipt) }
    }
}

/// The verb `yilian inventory wish`.
struct InventoryWish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wish", abstract: "Leave a wish that waits its turn, also while the owner is away.",
        discussion: """
            Nodes take turns. A wish is granted, taken back, or lapses at its end; `inventory show` says which.

            Example: yilian inventory wish pingding-beds --practitioner dr-wang --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var holder: HolderOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The inventory's id.", valueName: "inventory"))
    var inventory: String

    @Option(help: ArgumentHelp("A lot by its name; any where it is not given.", valueName: "lot"))
    var lot: String?

    @Option(help: ArgumentHelp("The id of the case for which it is.", valueName: "id"))
    var reference: String?

    @Option(help: ArgumentHelp("When the wish ends; as the region says where it is not given.", valueName: "time"))
    var until: String?

    func run() async throws {
        let request = HoldRequest(
            inventory: inventory, lot: lot, until: until, reference: reference, practitioner: holder.practitioner,
            unit: holder.unit)
        let wish: WishInfo = try await node.talk { try await $0.ask(InventoryEndpoints.wish, request) }
        if output.json { try Terminal.json(wish) } else { Terminal.line(wish.hold) }
    }
}

/// The verb `yilian inventory confirm`.
struct InventoryConfirm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: "Confirm a hold where it was made: the patient comes.",
        discussion: "Example: yilian inventory confirm jucheng.01KB… --practitioner dr-wang --data DIR")

    @OptionGroup var node: NodeOptions
    @OptionGroup var holder: HolderOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The hold's id.", valueName: "hold"))
    var hold: String

    func run() async throws {
        let action = HoldAction(hold: hold, practitioner: holder.practitioner, unit: holder.unit)
        let receipt: HoldReceiptInfo = try await node.talk { try await $0.ask(InventoryEndpoints.confirm, action) }
        if output.json { try Terminal.json(receipt) } else { InventorySheet.show(receipt) }
    }
}

/// The verb `yilian inventory release`.
struct InventoryRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Give a hold back, where it was made or at the place that has the unit.",
        discussion: "Example: yilian inventory release jucheng.01KB… --practitioner nurse-li --data DIR")

    @OptionGroup var node: NodeOptions
    @OptionGroup var holder: HolderOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The hold's id.", valueName: "hold"))
    var hold: String

    func run() async throws {
        let action = HoldAction(hold: hold, practitioner: holder.practitioner, unit: holder.unit)
        let receipt: HoldReceiptInfo = try await node.talk { try await $0.ask(InventoryEndpoints.release, action) }
        if output.json { try Terminal.json(receipt) } else { InventorySheet.show(receipt) }
    }
}

/// The verb `yilian inventory take-back`.
struct InventoryTakeBack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "take-back", abstract: "Take a wish back that waits.",
        discussion: "Example: yilian inventory take-back jucheng.01KB… --practitioner dr-wang --data DIR")

    @OptionGroup var node: NodeOptions
    @OptionGroup var holder: HolderOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The hold's id.", valueName: "hold"))
    var hold: String

    func run() async throws {
        let action = HoldAction(hold: hold, practitioner: holder.practitioner, unit: holder.unit)
        let info: HoldInfo = try await node.talk { try await $0.ask(InventoryEndpoints.takeBack, action) }
        if output.json { try Terminal.json(info) } else { InventorySheet.show(info) }
    }
}
