import Effects
import Ledgers
import Regions
import ServiceKit

extension AuthorRule {
    /// Who may write an entry about an inventory.
    static func inventory(_ event: InventoryEvent, _ plan: InventoryPlan) -> AuthorRule {
        AuthorRule { question in
            let rule = InventoryAuthors(plan: plan, question: question)
            switch event {
            case .offered, .closed: try rule.checkOwner(of: LotFields(bytes: question.entry.fields).inventory)
            case .allotted, .returned: try rule.checkAllotment(event, LotFields(bytes: question.entry.fields))
            case .wished, .takenBack: try rule.checkAsker(event, HoldFields(bytes: question.entry.fields))
            case .held, .confirmed, .released, .expired, .lapsed:
                try rule.checkDecider(event, HoldFields(bytes: question.entry.fields))
            }
        }
    }
}

/// Asks who may write about an inventory: its owner as the region agreed, a node to which the owner allotted units and
/// that carries what the owner signed, and, of wishes, the node of whoever asks.
private struct InventoryAuthors {
    let plan: InventoryPlan
    let question: AuthorQuestion

    private var author: NodeID { question.entry.author }

    /// How far honest clocks may differ.
    private static let toleranceMilliseconds: Int64 = 300_000

    func checkOwner(of inventory: String) throws {
        guard try isOwner(author, of: inventory) else {
            throw Failure(
                "author.notInventoryOwner", "\(author) offers in an inventory that is not its own",
                remedy: "see inventories in the region configuration with `yilian region show`")
        }
    }

    private func isOwner(_ node: NodeID, of inventory: String) throws -> Bool {
        try question.mayHaveGoneBy { plan.terms(of: inventory, in: $0)?.owner == node }
    }

    /// The owner allots, and whoever was allotted something gives back what the owner signed.
    func checkAllotment(_ event: InventoryEvent, _ fields: LotFields) throws {
        guard let allotment = fields.allotment, allotment.isSigned(by: question.region),
            allotment.covers(fields.inventory, fields.lot, fields.units), allotment.number == fields.number,
            author == (event == .allotted ? allotment.owner : allotment.node)
        else { throw notTheDecider }
        guard try isOwner(allotment.owner, of: fields.inventory) else { throw notTheDecider }
    }

    func checkDecider(_ event: InventoryEvent, _ fields: HoldFields) throws {
        guard fields.decider == author else { throw notTheDecider }
        if try !isOwner(author, of: fields.inventory) { try checkEscrow(fields) }
        guard event == .held || event == .confirmed || event == .released else { return }
        guard let command = fields.command, command.isSigned(by: question.region), isOf(event, fields, command) else {
            throw Failure(
                "author.unsignedHold", "\(author) gives or takes in the name of somebody whose node did not sign that")
        }
        // Whose turn it is was let wish when they wished.
        if command.order.action != .wish { try checkRegister(command.order) }
    }

    /// The register of that time, which every node has, enters whoever acted.
    private func checkRegister(_ order: SignedHoldCommand.Order) throws {
        let (time, deliveries) = (try question.time, question.region.deliveries)
        guard
            try question.mayHaveGoneBy({
                PractitionerRule.mayAct(order.actor, at: order.origin, time, by: $0, deliveries)
            })
        else {
            throw Failure(
                "author.notRegistered", "no register of a unit at \(order.origin) had the practitioner who acted",
                remedy: "see access.practitioners in the region configuration with `yilian region show`")
        }
    }

    private func checkEscrow(_ fields: HoldFields) throws {
        guard let allotment = fields.allotment, fields.unit >= 1, allotment.isSigned(by: question.region),
            allotment.node == author,
            allotment.covers(fields.inventory, fields.lot, try UnitRange(fields.unit, fields.unit)),
            try isOwner(allotment.owner, of: fields.inventory)
        else { throw notTheDecider }
    }

    /// Whether the command asks for what the event does, for this hold and of this decider.
    private func isOf(_ event: InventoryEvent, _ fields: HoldFields, _ command: SignedHoldCommand) -> Bool {
        let order = command.order
        guard order.hold == fields.hold, order.inventory == fields.inventory, order.decider == author,
            order.lot.isEmpty || order.lot == fields.lot
        else { return false }
        // A wish may be older than its turn, and its node's clock may have been ahead when it was made.
        let isInTime =
            command.madeAt
            <= question.entry.authorTime.advanced(byMilliseconds: Self.toleranceMilliseconds)
        switch event {
        case .held where order.action == .wish: return order.origin == fields.hold.origin
        case .held: return order.action == .hold && order.origin == fields.hold.origin && isInTime
        case .confirmed: return order.action == .confirm && order.origin == fields.hold.origin && isInTime
        case .released:
            return order.action == .release && (order.origin == fields.hold.origin || order.origin == author)
                && isInTime
        default: return false
        }
    }

    func checkAsker(_ event: InventoryEvent, _ fields: HoldFields) throws {
        guard author == fields.hold.origin, let command = fields.command, command.isSigned(by: question.region),
            command.order.hold == fields.hold, command.order.inventory == fields.inventory,
            command.order.decider == fields.decider, command.order.lot == fields.lot,
            command.order.until == fields.until, command.order.origin == author,
            command.order.action == (event == .wished ? .wish : .takeBack)
        else {
            throw Failure("author.notTheAsker", "\(author) wishes in another's name")
        }
        try question.refuseForeign(command.order.unit)
        try checkRegister(command.order)
    }

    private var notTheDecider: Failure {
        Failure(
            "author.notTheDecider", "\(author) decides about units that are neither its own nor allotted to it",
            remedy: "see inventories in the region configuration with `yilian region show`")
    }
}
