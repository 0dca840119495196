import Console
import Effects
import Inventory
import VerbKit

/// Inventories on a terminal.
enum InventorySheet {
    static func show(_ stock: StockInfo) {
        if stock.isOwners {
            Terminal.say(Wording("{1} as its owner says", "{1}，由所属节点提供"), stock.inventory)
        } else {
            Terminal.say(
                Wording(
                    "! {1} as '{2}' knew it {3} ago: the owner is away", "! {1}，由 '{2}' 在 {3} 前所知：所属节点无法联系"),
                stock.inventory, stock.toldBy, Shown.seconds(stock.ageSeconds))
        }
        if stock.wishesWaiting > 0 {
            Terminal.say(Wording("{1} wishes wait", "{1} 项意愿在排队"), "\(stock.wishesWaiting)")
        }
        var table = TextTable("LOT", "LABEL", "DECIDES", "STARTS", "ENDS", ">OFFERED", ">FREE", ">HELD", ">CONFIRMED")
        for line in stock.lines {
            table.add(
                line.lot, line.label.isEmpty ? "-" : line.label, line.decider, Shown.moment(line.starts),
                Shown.moment(line.ends), "\(line.offered)", "\(line.free)", "\(line.held)", "\(line.confirmed)")
        }
        if !table.isEmpty { Terminal.line(table.text) }
    }

    static func show(_ info: HoldInfo) {
        let place = info.unit == 0 ? "" : ", \(info.lot) \(info.unit)"
        Terminal.line("\(info.hold)  \(info.inventory)\(place): \(info.state)")
        if let until = info.until { Terminal.say(Wording("until {1}", "至 {1}"), Shown.moment(until)) }
        if !info.reference.isEmpty { Terminal.say(Wording("for {1}", "用于 {1}"), info.reference) }
        var table = TextTable("AT", "EVENT", "BY", "NODE")
        for step in info.steps {
            table.add(Shown.moment(step.at), step.event, step.actor.isEmpty ? "-" : step.actor, step.node)
        }
        if !table.isEmpty { Terminal.line(table.text) }
        if info.refusedSteps > 0 { Terminal.line("! \(info.refusedSteps) events did not fit the table") }
    }

    static func show(_ receipt: HoldReceiptInfo) {
        let again = receipt.isDuplicate ? " (it was so before)" : ""
        Terminal.line("\(receipt.hold)  \(receipt.inventory), \(receipt.lot) \(receipt.unit): \(receipt.state)\(again)")
        if let until = receipt.until { Terminal.say(Wording("until {1}", "至 {1}"), Shown.moment(until)) }
    }
}
