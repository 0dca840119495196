import Calls
package import Couriers
package import Effects
import Ledgers
package import Links
import Logging
package import NodeReports
import Regions
package import ServiceKit
import Storage
import Trust
import Wire

/// A node of any tier, put together from its setup.
///
/// `node start`, the tests and the simulator all call `open`.
package final class YilianNode: Sendable {
    package let context: NodeContext
    package let hub: LinkHub
    package let couriers: CourierKeeper
    package let queue: CourierQueue
    package let regionKeeper: RegionKeeper
    package let intake: CourierIntake
    /// What this node tells its parent of itself, and what those below it told.
    package let reports: ReportKeeper
    /// Which links an operator keeps down.
    package let pauses: LinkPauseBook
    package let linkAddress: LinkAddress?
    package let startedAt: WallTime
    package let setup: NodeSetup
    let services: [any NodeService]
    private let courierDesk: CourierDesk
    private let reportDesk: ReportDesk

    /// Opens the ledger, makes the desks and starts listening; nothing runs before `run()`.
    ///
    /// - Throws: `node.unknown` where the region configuration does not know the node, `node.otherKey` and
    ///   `node.otherBoxKey` where it binds other keys to it, `ledger.otherOwner` where the store is another node's, and
    ///   what opening the store or the listener throws.
    package static func open(_ setup: NodeSetup) async throws -> YilianNode {
        let now = setup.world.time.wallTime
        guard let tier = setup.region.tree(at: now).tier(of: setup.node) else {
            throw Failure(
                "node.unknown", "the region configuration knows no node \(setup.node)",
                remedy: "publish a configuration that has it, or correct 'node' in the node's yaml")
        }
        let keys = NodeKeyCheck(node: setup.node, configuration: setup.region.current)
        try keys.ledger(first: setup.firstKey, others: setup.otherKeys)
        try keys.box(setup.boxKey)
        let parts = try await Parts(setup, tier: tier)
        var address: LinkAddress?
        if let listen = setup.listen { address = try await parts.hub.listen(on: listen) }
        return YilianNode(setup, parts, address: address)
    }

    /// A service by its type, for edges and commands.
    ///
    /// - Throws: `node.noService` where the service list does not have it.
    package func service<Service: NodeService>(_ type: Service.Type) throws -> Service {
        guard let service = services.lazy.compactMap({ $0 as? Service }).first else {
            throw Failure("node.noService", "this node does not run \(Service.serviceName)")
        }
        return service
    }

    /// Works until the task is cancelled; then links are closed and desks let go.
    package func run() async throws {
        defer { context.system.releaseDesks() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [hub] in await hub.run() }
            group.addTask { [couriers] in await couriers.run() }
            group.addTask { [regionKeeper, hub] in try await regionKeeper.run(links: hub) }
            group.addTask { [context, setup] in
                try await AuthorWatch(
                    ledger: context.ledger, region: setup.region, world: setup.world, logger: setup.logger
                ).run()
            }
            group.addTask { [context] in try await MessagePruning(context).run() }
            if setup.tellsItsParent { group.addTask { [reports] in try await reports.run() } }
            for service in services {
                group.addTask { try await service.run() }
            }
            defer {
                hub.stop()
                group.cancelAll()
            }
            try await group.next()
        }
    }

    private init(_ setup: NodeSetup, _ parts: Parts, address: LinkAddress?) {
        self.setup = setup
        context = parts.context
        hub = parts.hub
        couriers = parts.couriers
        queue = CourierQueue(
            ledger: parts.context.ledger, region: setup.region, board: parts.couriers.board, world: setup.world)
        regionKeeper = parts.regionKeeper
        intake = parts.intake
        reports = parts.reports
        services = parts.services
        pauses = parts.pauses
        courierDesk = parts.courierDesk
        reportDesk = parts.reportDesk
        linkAddress = address
        startedAt = setup.world.time.wallTime
    }
}

extension YilianNode: ServiceDirectory {
    package func offers<Offer>(_ type: Offer.Type) -> [Offer] { services.compactMap { $0 as? Offer } }
}
