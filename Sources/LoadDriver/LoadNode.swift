import Calls
import Effects
import Links
import Logging
import Regions
import TLSTransport
import Wire

/// One end of the link that is measured: a city that serves, or a county that calls it.
struct LoadNode: Sendable {
    static let region = "load"
    static let server = "city"
    static let client = "county"

    let system: YilianActorSystem
    let hub: LinkHub
    /// Rung when the link comes up.
    let up: Wakeup

    /// - Parameter parent: where the city listens; nil makes the city itself.
    init(credentials: TLSCredentials, parent: LinkAddress?) async throws {
        let table = try await MethodTable(echoMethods)
        let region = try RegionID(Self.region)
        let (city, county) = (try NodeID(Self.server), try NodeID(Self.client))
        let isServer = parent == nil
        let (node, peer) = isServer ? (city, county) : (county, city)
        let policy = LinkPolicy(
            region: region, node: node, tier: isServer ? .city : .county, release: "load",
            methodNumbers: table.numbers, codecs: [], configurationVersion: { 1 },
            parent: { parent.map { LinkPolicy.Parent(node: city, addresses: [$0]) } },
            neighbour: { other in
                guard other == peer else { return nil }
                return isServer
                    ? Neighbour(relation: .child, tier: .county) : Neighbour(relation: .parent, tier: .city)
            },
            neighbours: { [peer] }, isRevoked: { _ in false })
        let system = YilianActorSystem(node: node, tier: policy.tier, table: table, world: .system)
        let up = Wakeup()
        self.system = system
        self.up = up
        hub = LinkHub(
            policy: policy, transport: try TLSLinkTransport(region: region, credentials: credentials),
            world: .system, logger: Logger(label: "load") { _ in SwiftLogNoOpLogHandler() },
            shortMethods: table.shortNumbers, onCall: { await system.answer($0) },
            onEvent: { event in
                if case .up = event { up.wake() }
            })
        system.setCarrier(hub)
    }
}
