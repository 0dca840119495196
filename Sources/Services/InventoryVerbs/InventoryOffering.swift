import ArgumentParser
import Effects
import Inventory
import ServiceKit
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

    func order(to: String? = nil) -> UnitsOrder {
        UnitsOrder(inventory: inventory, lot: lot, units: units, to: to, practitioner: practitioner)
    }
}

/// A verb that asks something of units; their entry is shown.
protocol UnitsVerb: AskingVerb where Question == UnitsOrder, Answer == UnitsInfo {}

extension UnitsVerb {
    func show(_ info: UnitsInfo) {
        Terminal.line("\(info.inventory), \(info.lot), \(info.units): \(info.entry)")
    }
}

/// The verb `yilian inventory offer`.
struct InventoryOffer: UnitsVerb {
    static let configuration = CommandConfiguration(
        commandName: "offer", abstract: "Offer units of a lot, or say anew when they are for.",
        discussion: """
            Example: yilian inventory offer pingding-numbers --lot wang-1203-am --units 1-10 --ends 2026-12-03T12:00:00+08:00
              --label 王主任上午 --practitioner nurse-li --data DIR
            """)
    static let endpoint = InventoryEndpoints.offer

    @OptionGroup var node: NodeOptions
    @OptionGroup var lot: LotOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("When they are for; for any time where it is not given.", valueName: "time"))
    var starts: String?

    @Option(help: ArgumentHelp("From then on they are not given any more.", valueName: "time"))
    var ends: String?

    @Option(help: ArgumentHelp("What people call the lot.", valueName: "text"))
    var label: String?

    func question() -> UnitsOrder {
        var order = lot.order()
        order.starts = starts
        order.ends = ends
        order.label = label
        return order
    }
}

/// A verb that needs nothing but the units.
struct LotVerb<Change: LotChange>: UnitsVerb {
    static var configuration: CommandConfiguration { Change.configuration }
    static var endpoint: Endpoint<UnitsOrder, UnitsInfo> { Change.endpoint }

    @OptionGroup var node: NodeOptions
    @OptionGroup var lot: LotOptions
    @OptionGroup var output: OutputOptions

    func question() -> UnitsOrder { lot.order() }
}

/// What is done to the units of a lot.
protocol LotChange {
    static var configuration: CommandConfiguration { get }
    static var endpoint: Endpoint<UnitsOrder, UnitsInfo> { get }
}

/// What the verb `yilian inventory close` does.
enum InventoryClose: LotChange {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Take units out that nobody has.",
        discussion:
            "Example: yilian inventory close pingding-beds --lot ward-3 --units 7 --practitioner nurse-li --data DIR")
    static let endpoint = InventoryEndpoints.close
}

/// The verb `yilian inventory allot`.
struct InventoryAllot: UnitsVerb {
    static let configuration = CommandConfiguration(
        commandName: "allot", abstract: "Let another node decide about units, until it gives them back.",
        discussion: """
            That node goes on giving them while this one is away.

            Example: yilian inventory allot pingding-beds --lot ward-3 --units 1-4 --to-node yuxian --practitioner nurse-li
              --data DIR
            """)
    static let endpoint = InventoryEndpoints.allot

    @OptionGroup var node: NodeOptions
    @OptionGroup var lot: LotOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The node that decides about them from then on.", valueName: "node"))
    var toNode: String

    func question() -> UnitsOrder { lot.order(to: toNode) }
}

/// What the verb `yilian inventory give-back` does.
enum InventoryGiveBack: LotChange {
    static let configuration = CommandConfiguration(
        commandName: "give-back", abstract: "Give units back to their owner that were allotted to this node.",
        discussion:
            "Example: yilian inventory give-back pingding-beds --lot ward-3 --units 1-4 --practitioner nurse-he --data DIR"
    )
    static let endpoint = InventoryEndpoints.giveBack
}
