import Effects
import InventoryKit
import Ledgers
import Regions
package import ServiceKit

/// What an operator asks of inventories, for those who offer and for those who hold.
package enum InventoryEndpoints: EndpointSet {
    package static let list = Endpoint<NoQuestion, [InventoryInfo]>(
        .get, "inventories", summary: "The region's inventories: beds, outpatient numbers, examination slots.",
        question: .none, answer: .json)

    package static let stock = Endpoint<StockOrder, StockInfo>(
        .get, "inventories/stock", summary: "What is there of an inventory, and since when that is known.",
        question: .query, answer: .json, failures: [.absent])

    package static let holds = Endpoint<HoldsOrder, [HoldInfo]>(
        .get, "inventories/holds", summary: "Holds and wishes that this node knows of; nothing of a person.",
        question: .query, answer: .json, failures: [.absent])

    package static let show = Endpoint<HoldOrder, HoldInfo>(
        .get, "inventories/holds/show", summary: "What became of a hold or a wish.", question: .query, answer: .json,
        failures: [.absent])

    package static let hold = Endpoint<HoldRequest, HoldReceiptInfo>(
        .post, "inventories/hold", summary: "Holds a unit until it is confirmed or the hold ends.",
        role: .practitioner { $0.practitioner }, question: .json, answer: .json, failures: refusals)

    package static let wish = Endpoint<HoldRequest, WishInfo>(
        .post, "inventories/wish", summary: "Leaves a wish that waits its turn until its end.",
        role: .practitioner { $0.practitioner }, question: .json, answer: .json, failures: [.absent, .forbidden])

    package static let confirm = action("confirm", "Confirms a hold: the patient comes.")
    package static let release = action("release", "Gives a hold back.")

    package static let takeBack = Endpoint<HoldAction, HoldInfo>(
        .post, "inventories/take-back", summary: "Takes a wish back that waits.",
        role: .practitioner { $0.practitioner }, question: .json, answer: .json, failures: refusals)

    package static let offer = units("offer", "Offers units of a lot, or says anew when they are for.")
    package static let close = units("close", "Takes units out that nobody has.")
    package static let allot = units("allot", "Lets another node decide about units until it gives them back.")
    package static let giveBack = units("give-back", "Gives units back to the owner that allotted them.")

    private static let refusals: Set<FailureClass> = [.absent, .forbidden, .conflict, .tooLate]

    private static func action(_ name: String, _ summary: String) -> Endpoint<HoldAction, HoldReceiptInfo> {
        Endpoint(
            .post, "inventories/\(name)", summary: summary, role: .practitioner { $0.practitioner }, question: .json,
            answer: .json, failures: refusals)
    }

    private static func units(_ name: String, _ summary: String) -> Endpoint<UnitsOrder, UnitsInfo> {
        Endpoint(
            .post, "inventories/units/\(name)", summary: summary, role: .practitioner { $0.practitioner },
            question: .json, answer: .json, failures: refusals)
    }

    package static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint] {
        let service = try node.service(InventoryService.self)
        return try holdEndpoints(service) + unitEndpoints(service)
    }

    private static func holdEndpoints(_ service: InventoryService) throws -> [ServedEndpoint] {
        [
            list.serve { _ in service.context.region.current.inventories.map(InventoryInfo.init) },
            stock.serve { order in
                let owner = try service.inventory(order.inventory).terms.owner.rawValue
                return StockInfo(
                    try await service.stock(order.inventory), owner: owner, now: service.context.now)
            },
            holds.serve { order in
                let most = Limits.queryResults
                return try await service.holds(
                    of: order.inventory, limit: order.limit.map { min(Int($0), most) } ?? most
                ).map(HoldInfo.init)
            },
            show.serve { HoldInfo(try await service.show(try HoldID($0.id))) },
            hold.serve { request in
                HoldReceiptInfo(
                    try await service.hold(
                        request.inventory, lot: request.lot ?? "", id: try request.id.map { try HoldID($0) },
                        at: try request.at.map { try service.node(named: $0) }, for: service.asker(request)))
            },
            wish.serve { request in
                WishInfo(
                    hold: try await service.wish(
                        request.inventory, lot: request.lot ?? "",
                        until: try request.until.map { try WallTime(recorded: $0) }, for: service.asker(request)
                    ).description)
            },
            confirm.serve { action in
                HoldReceiptInfo(try await service.confirm(try HoldID(action.hold), for: service.asker(action)))
            },
            release.serve { action in
                HoldReceiptInfo(try await service.release(try HoldID(action.hold), for: service.asker(action)))
            },
            takeBack.serve { action in
                try await service.takeBack(try HoldID(action.hold), for: service.asker(action))
                return HoldInfo(try await service.show(try HoldID(action.hold)))
            },
        ]
    }

    private static func unitEndpoints(_ service: InventoryService) throws -> [ServedEndpoint] {
        [
            offer.serve { order in
                let span = try UnitSpan(
                    starts: try order.starts.map { try WallTime(recorded: $0) },
                    ends: try order.ends.map { try WallTime(recorded: $0) }, label: order.label ?? "")
                return order.info(
                    try await service.offer(
                        try UnitRange(order.units), of: order.lot, in: order.inventory, span, by: order.practitioner))
            },
            close.serve { order in
                order.info(
                    try await service.close(
                        try UnitRange(order.units), of: order.lot, in: order.inventory, by: order.practitioner))
            },
            allot.serve { order in
                guard let to = order.to else {
                    throw Failure("console.badRequest", "nobody is named to whom they go", remedy: "give --to")
                }
                return order.info(
                    try await service.allot(
                        try UnitRange(order.units), of: order.lot, in: order.inventory, to: try service.node(named: to),
                        by: order.practitioner))
            },
            giveBack.serve { order in
                order.info(
                    try await service.giveBack(
                        try UnitRange(order.units), of: order.lot, in: order.inventory, by: order.practitioner))
            },
        ]
    }
}

extension UnitsOrder {
    fileprivate func info(_ entry: EntryID) -> UnitsInfo {
        UnitsInfo(inventory: inventory, lot: lot, units: units, entry: entry.description)
    }
}

extension InventoryService {
    /// - Throws: `console.badRequest` where the region has no such node.
    fileprivate func node(named name: String) throws -> NodeID {
        try NodeID(
            KnownWord.check(
                name, what: "node in this region", among: context.region.current.nodes.map(\.id.rawValue)))
    }

    fileprivate func asker(_ request: HoldRequest) throws -> Asker {
        Asker(
            practitioner: request.practitioner, unit: try AskingReader(context).unit(request.unit),
            reference: request.reference ?? "")
    }

    fileprivate func asker(_ action: HoldAction) throws -> Asker {
        Asker(practitioner: action.practitioner, unit: try AskingReader(context).unit(action.unit))
    }
}
