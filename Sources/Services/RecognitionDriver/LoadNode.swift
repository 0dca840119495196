import Effects
import Foundation
import Ledgers
import Links
import Logging
import NodeRuntime
import Regions
import SQLiteStorage
import TLSTransport
import Trust

/// A node of the measured region in this process: what `node start` runs, without the hospital listeners.
struct LoadNode: Sendable {
    let node: YilianNode
    let store: SQLiteStore

    static func open(
        _ name: String, in folder: String, listen: LinkAddress?, parents: [LinkAddress], world: World
    ) async throws -> LoadNode {
        let own = folder + "/" + name
        return try await Self.open(
            name, with: try NodeSecrets.read(own, disk: world.disk), in: own, listen: listen, parents: parents,
            world: world)
    }

    /// - Parameter folder: where its store lies.
    static func open(
        _ name: String, with secrets: NodeSecrets, in folder: String, listen: LinkAddress?, parents: [LinkAddress],
        world: World
    ) async throws -> LoadNode {
        let suite = Suite(secrets.suite)
        let registry = try RegionRegistry(
            rootKey: try PublicKey(suite: suite, bytes: secrets.rootKey),
            initial: try SignedRegionConfiguration(wireBytes: secrets.region), sections: ServiceList.sections.region,
            now: world.time.wallTime)
        let store = try SQLiteStore(path: folder + "/ledger.db", world: world) { failure in
            StandardStream.write("\(name): \(failure)\n", toError: true)
        }
        let transport = try TLSLinkTransport(
            region: registry.current.region,
            credentials: TLSCredentials(
                certificate: secrets.certificate, key: secrets.certificateKey, roots: secrets.authority))
        var logger = Logger(label: name) { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        let node = try await YilianNode.open(
            NodeSetup(
                node: try NodeID(name), region: registry,
                signingKey: try SigningKey(suite: suite, privateBytes: secrets.signingKey),
                boxKey: try BoxKey(suite: suite, privateBytes: secrets.boxKey), store: store, transport: transport,
                listen: listen, parentAddresses: parents, world: world, logger: logger))
        return LoadNode(node: node, store: store)
    }

    /// Runs the node while `body` does its work, and then stops it.
    func run(_ body: @escaping @Sendable (YilianNode) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [node] in try await node.run() }
            group.addTask { [node] in try await body(node) }
            defer { group.cancelAll() }
            try await group.next()
        }
        try await store.close()
    }
}
