import Effects
import Logging
import Regions
import Synchronization
import TLSTransport
import Testing
import Trust
import Wire

@testable import Links

/// The real clock and seeded serial numbers: certificates are judged by the machine's time.
let tlsWorld = World(
    time: SystemTime(), random: SystemRandom(), disk: MemoryDisk(), makeWorker: { _ in InlineWorker() })

/// A region's authority and what it issues, thrown away after the test.
struct Throwaway {
    let authority: RegionAuthority
    let region: RegionID

    init(region: String = "yangquan") throws {
        authority = try RegionAuthority.create(regionID: region, validityDays: 30, world: tlsWorld)
        self.region = try RegionID(region)
    }

    func credentials(_ node: String, trusting other: RegionAuthority? = nil) throws -> (TLSCredentials, serial: String)
    {
        let issued = try authority.issue(node: node, validityDays: 2, world: tlsWorld)
        let credentials = TLSCredentials(
            certificate: issued.certificatePEM, key: issued.keyPEM, roots: (other ?? authority).certificatePEM)
        return (credentials, issued.identity.serial)
    }

    func transport(_ node: String, trusting other: RegionAuthority? = nil) throws -> TLSLinkTransport {
        try TLSLinkTransport(region: region, credentials: credentials(node, trusting: other).0)
    }
}

/// A hub that answers every call with its arguments, and what it heard.
final class TLSNode: Sendable {
    let hub: LinkHub
    let node: NodeID
    /// A call of this method waits until it is cancelled.
    static let waitingMethod: UInt16 = 9
    private let heard = Heard()

    init(
        _ node: String, _ tier: Tier, transport: TLSLinkTransport, region: String = "yangquan",
        parent: (String, LinkAddress)? = nil, child: String? = nil, otherChild: String? = nil,
        shortMethods: Set<UInt16> = []
    ) throws {
        self.node = try NodeID(node)
        let heard = heard
        let parentNode = try parent.map { LinkPolicy.Parent(node: try NodeID($0.0), addresses: [$0.1]) }
        let children = try [child, otherChild].compactMap { try $0.map { try NodeID($0) } }
        let policy = LinkPolicy(
            region: try RegionID(region), node: self.node, tier: tier, release: "1", methodNumbers: [], codecs: [],
            configurationVersion: { 1 }, parent: { parentNode },
            neighbour: { peer in
                if peer == parentNode?.node { return Neighbour(relation: .parent, tier: .city) }
                return children.contains(peer) ? Neighbour(relation: .child, tier: .county) : nil
            },
            neighbours: { [parentNode?.node].compactMap { $0 } + children }, isRevoked: { _ in false })
        hub = LinkHub(
            policy: policy, transport: transport, world: tlsWorld,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, shortMethods: shortMethods,
            onCall: { call in
                let links = heard.hub.withLock { $0.value }?.openLinks ?? []
                let isOnLoop = links.first { $0.facts.node == call.caller }?.driven?.loop.isCurrent == true
                heard.places.withLock { $0[isOnLoop ? 0 : 1] += 1 }
                // A cancelled sleep ends the call.
                if call.method == Self.waitingMethod { try? await tlsWorld.time.sleep(milliseconds: 30_000) }
                return .value(call.arguments)
            },
            onEvent: { event in
                switch event {
                case .up(let facts): heard.note("up \(facts.node)")
                case .down(let peer, let ending): heard.note("down \(peer) \(ending.reason)")
                case .refused(let ending, _, let peer): heard.note("refused \(ending.reason) \(peer?.rawValue ?? "-")")
                }
            })
        heard.hub.withLock { [hub] in $0.value = hub }
    }

    var events: [String] { heard.events.withLock { $0 } }

    /// How many calls were begun on the loop of their link, and how many elsewhere.
    var begun: (onLoop: Int, elsewhere: Int) { heard.places.withLock { ($0[0], $0[1]) } }

    func isUp(_ peer: String) -> Bool { hub.status().contains { $0.peer.rawValue == peer && $0.state == .up } }
}

private final class Heard: Sendable {
    let events = Mutex<[String]>([])
    let places = Mutex([0, 0])
    /// The node's own, which holds this.
    let hub = Mutex(Unowned())

    struct Unowned {
        weak var value: LinkHub?
    }

    func note(_ text: String) { events.withLock { $0.append(text) } }
}

/// Looks until something holds, for ten seconds at most.
func soon(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
    for _ in 0..<1_000 {
        if try await condition() { return }
        try await tlsWorld.time.sleep(milliseconds: 10)
    }
    Issue.record(what, sourceLocation: sourceLocation)
}

/// Runs hubs while `body` runs.
func running(_ nodes: [TLSNode], _ body: () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for node in nodes { group.addTask { await node.hub.run() } }
        defer { for node in nodes { node.hub.stop() } }
        try await body()
    }
}
