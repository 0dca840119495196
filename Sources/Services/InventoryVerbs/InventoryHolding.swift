import ArgumentParser
import Effects
import Inventory
import ServiceKit
import VerbKit

/// Who acts about a hold.
struct HolderOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Who acts, as the hospital names its staff.", valueName: "id"))
    var practitioner: String

    @Option(help: ArgumentHelp("The unit where the practitioner works; the node's first.", valueName: "unit"))
    var unit: String?
}

/// The verb `yilian inventory hold`.
struct InventoryHold: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Hold a unit until it is confirmed or the hold ends.",
        discussion: """
            Whoever loses the answer asks again with --id and gets the same one. Where nobody can be asked it says what
            was last known, and never guesses.

            Example: yilian inventory hold pingding-beds --reference jucheng.01KB… --practitioner dr-wang --data DIR
            """)
    static let endpoint = InventoryEndpoints.hold

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

    func question() -> HoldRequest {
        HoldRequest(
            inventory: inventory, lot: lot, id: id, at: at, reference: reference, practitioner: holder.practitioner,
            unit: holder.unit)
    }

    func show(_ receipt: HoldReceiptInfo) { InventorySheet.show(receipt) }
}

/// The verb `yilian inventory wish`.
struct InventoryWish: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "wish", abstract: "Leave a wish that waits its turn, also while the owner is away.",
        discussion: """
            Nodes take turns. A wish is granted, taken back, or lapses at its end; `inventory show` says which.

            Example: yilian inventory wish pingding-beds --practitioner dr-wang --data DIR
            """)
    static let endpoint = InventoryEndpoints.wish

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

    func question() -> HoldRequest {
        HoldRequest(
            inventory: inventory, lot: lot, until: until, reference: reference, practitioner: holder.practitioner,
            unit: holder.unit)
    }

    func show(_ wish: WishInfo) { Terminal.line(wish.hold) }
}

/// A verb about one hold or wish.
struct HoldVerb<Change: HoldChange>: AskingVerb {
    static var configuration: CommandConfiguration { Change.configuration }
    static var endpoint: Endpoint<HoldAction, Change.Answer> { Change.endpoint }

    @OptionGroup var node: NodeOptions
    @OptionGroup var holder: HolderOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The hold's id.", valueName: "hold"))
    var hold: String

    func question() -> HoldAction { HoldAction(hold: hold, practitioner: holder.practitioner, unit: holder.unit) }

    func show(_ answer: Change.Answer) { Change.show(answer) }
}

/// What is done to one hold or wish.
protocol HoldChange {
    associatedtype Answer: Encodable & Sendable
    static var configuration: CommandConfiguration { get }
    static var endpoint: Endpoint<HoldAction, Answer> { get }
    static func show(_ answer: Answer)
}

/// What the verb `yilian inventory confirm` does.
enum InventoryConfirm: HoldChange {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: "Confirm a hold where it was made: the patient comes.",
        discussion: "Example: yilian inventory confirm jucheng.01KB… --practitioner dr-wang --data DIR")
    static let endpoint = InventoryEndpoints.confirm

    static func show(_ receipt: HoldReceiptInfo) { InventorySheet.show(receipt) }
}

/// What the verb `yilian inventory release` does.
enum InventoryRelease: HoldChange {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Give a hold back, where it was made or at the place that has the unit.",
        discussion: "Example: yilian inventory release jucheng.01KB… --practitioner nurse-li --data DIR")
    static let endpoint = InventoryEndpoints.release

    static func show(_ receipt: HoldReceiptInfo) { InventorySheet.show(receipt) }
}

/// What the verb `yilian inventory take-back` does.
enum InventoryTakeBack: HoldChange {
    static let configuration = CommandConfiguration(
        commandName: "take-back", abstract: "Take a wish back that waits.",
        discussion: "Example: yilian inventory take-back jucheng.01KB… --practitioner dr-wang --data DIR")
    static let endpoint = InventoryEndpoints.takeBack

    static func show(_ info: HoldInfo) { InventorySheet.show(info) }
}
