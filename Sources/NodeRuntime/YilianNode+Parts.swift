import Calls
import Couriers
import Effects
import Ledgers
import Links
import Logging
import NodeReports
import Regions
import ServiceKit
import Wire

extension YilianNode {
    /// The parts of a node, in the order in which they come to be.
    struct Parts {
        let context: NodeContext
        let hub: LinkHub
        let couriers: CourierKeeper
        let regionKeeper: RegionKeeper
        let intake: CourierIntake
        let courierDesk: CourierDesk
        let reports: ReportKeeper
        let reportDesk: ReportDesk
        let pauses: LinkPauseBook
        let services: [any NodeService]

        init(_ setup: NodeSetup, tier: Tier) async throws {
            let logger = setup.logger
            let table = try await MethodTable(ServiceList.methods(of: setup.services))
            let system = YilianActorSystem(node: setup.node, tier: tier, table: table, world: setup.world) {
                method, correlation, error in
                logger.error(
                    "a desk failed",
                    metadata: [
                        "method": "\(method)", "correlation": "\(correlation)", "error": "\(type(of: error))",
                    ])
            }
            let codecs = CodecChoice(own: setup.codecs) {
                setup.region.tree(at: setup.world.time.wallTime).parent(of: setup.node) != nil
            }
            let ledger = try await Ledger.open(
                Ledger.Setup(
                    node: setup.node, store: setup.store, region: setup.region, keyring: setup.keyring,
                    projections: setup.projections, world: setup.world, codec: { codecs.forNewSegments },
                    audienceRule: setup.audienceRule, owner: "\(setup.region.current.region)/\(setup.node)"))
            let couriers = CourierKeeper(
                ledger: ledger, region: setup.region, world: setup.world, logger: logger, system: system,
                onCodecs: { codecs.said($1, by: $0) })
            let regionKeeper = RegionKeeper(
                region: setup.region, keyring: setup.keyring, ledger: ledger, world: setup.world, logger: logger,
                system: system, save: setup.saveRegion, saveWaiting: setup.saveWaitingRegion)
            let reporter = Reporter(
                setup: setup, ledger: ledger, board: couriers.board, startedAt: setup.world.time.wallTime)
            let reports = ReportKeeper(
                node: setup.node, region: setup.region, keyring: setup.keyring, world: setup.world, logger: logger,
                system: system, describing: { try await reporter.report() })
            let pauses = try await LinkPauseBook.open(ledger)
            let place = NodeNeighbourhood(
                node: setup.node, region: setup.region, world: setup.world, parentAddresses: setup.parentAddresses,
                pauses: pauses)
            let hub = LinkHub(
                policy: place.policy(
                    tier: tier, methodNumbers: table.numbers, codecs: codecs, release: setup.release),
                transport: setup.transport, world: setup.world, logger: logger, shortMethods: table.shortNumbers,
                onCall: { await system.answer($0) },
                onEvent: { Self.note($0, codecs, couriers, regionKeeper, reports) })
            system.setCarrier(hub)
            reporter.watch(hub)
            // Everything else waits until the neighbours have been offered the configuration: see RegionKeeper.
            // Everybody who waits for the ledger is woken: the configuration says who may have what, and what is due.
            setup.region.observe { [weak hub, ledger] _ in
                hub?.closeRevoked()
                ledger.wakeAll()
            }
            let intake = CourierIntake(ledger: ledger, region: setup.region, world: setup.world, logger: logger)
            let courierDesk = CourierDesk(
                intake: intake, ledger: ledger, region: setup.region, world: setup.world,
                acceptRegion: { try regionKeeper.accept($0, from: $1) }, readAllTheWay: { codecs.readAllTheWay },
                actorSystem: system)
            let context = Self.context(setup, tier: tier, ledger: ledger, system: system, hub: hub)
            var services: [any NodeService] = []
            for type in setup.services { services.append(try await type.init(context)) }
            self.context = context
            self.hub = hub
            self.couriers = couriers
            self.regionKeeper = regionKeeper
            self.intake = intake
            self.courierDesk = courierDesk
            self.reports = reports
            reportDesk = ReportDesk(board: reports.board, actorSystem: system)
            self.services = services
            self.pauses = pauses
        }

        /// Tells the parts of a node whose work goes over links that one is up or down.
        private static func note(
            _ event: LinkEvent, _ codecs: CodecChoice, _ couriers: CourierKeeper, _ regionKeeper: RegionKeeper,
            _ reports: ReportKeeper
        ) {
            switch event {
            case .up(let facts):
                if facts.neighbour.relation == .parent { codecs.linked(to: facts.node, reading: facts.codecs) }
                couriers.linkUp(facts.node)
                reports.linkUp(facts.node)
                regionKeeper.linkUp(facts.node, version: facts.configurationVersion)
            case .down(let node, _):
                couriers.linkDown(node)
                reports.linkDown(node)
                regionKeeper.linkDown(node)
            case .refused:
                break
            }
        }

        private static func context(
            _ setup: NodeSetup, tier: Tier, ledger: Ledger, system: YilianActorSystem, hub: LinkHub
        ) -> NodeContext {
            NodeContext(
                node: setup.node, tier: tier, region: setup.region, ledger: ledger, system: system,
                patientKeys: PatientKeyring(node: setup.node, region: setup.region, boxKey: setup.boxKey),
                signingKey: setup.firstKey, keyring: setup.keyring, settings: setup.settings,
                purposes: PurposeList(setup.services), definitions: [IndicatorDefinition](of: setup.services),
                messageRetentionDays: setup.messageRetentionDays,
                linkDownSince: { [weak hub] peer in
                    guard let status = hub?.status(of: peer), status.state != .up else { return nil }
                    return status.since
                }, world: setup.world, logger: setup.logger)
        }
    }
}
