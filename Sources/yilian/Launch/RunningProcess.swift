import Console
import Effects
import Ledgers
import Logging
import NodeRuntime
import Regions
import ServiceKit
import Storage
import UnixSignals

/// A node at work in this process: everything runs side by side until a signal or a failure ends it.
struct RunningProcess: Sendable {
    let parts: NodeParts
    let addressFiles: [String]
    let world: World
    let logger: Logger
    private let stopping = Wakeup()

    /// How long a graceful stop may take.
    static let stopMilliseconds: Int64 = 15_000

    init(parts: NodeParts, addressFiles: [String], world: World, logger: Logger) {
        self.parts = parts
        self.addressFiles = addressFiles
        self.world = world
        self.logger = logger
    }

    func run(signals: UnixSignalsSequence) async throws {
        defer { removeTraces() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await work(signals) }
            group.addTask { await watchTheStop() }
            defer { group.cancelAll() }
            try await group.next()
        }
        try await parts.store.close()
        logger.notice("the node has stopped")
    }

    private func work(_ signals: UnixSignalsSequence) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await parts.node.run() }
            group.addTask { try await parts.edge.run() }
            group.addTask { try await deliver() }
            group.addTask { try await parts.socket.run() }
            if let pages = parts.pages { group.addTask { try await pages.run() } }
            group.addTask { try await parts.health.listener.run() }
            group.addTask { try await parts.probe.run() }
            group.addTask { try await announce() }
            group.addTask { await obey(signals) }
            defer {
                stopping.wake()
                group.cancelAll()
            }
            try await group.next()
            stopping.wake()
            // Messages and pages in hand are answered before anything else ends; what has no end of its own ends now.
            parts.streams.close()
            parts.edge.stop()
            parts.pages?.stop()
            try await group.next()
            if parts.pages != nil { try await group.next() }
        }
    }

    /// Brings hospitals' systems what services have for them.
    private func deliver() async throws {
        let sources = parts.node.offers((any OutgoingSource).self)
        do { try await parts.destinations.deliver({ parts.hospitals.clients }, from: sources) } catch {
            await parts.hospitals.close()
            throw error
        }
    }

    /// Ends the process where a stop takes too long: the ledger is sound whenever a process ends.
    private func watchTheStop() async {
        await stopping.wait(since: 0)
        do {
            try await world.time.sleep(milliseconds: Self.stopMilliseconds)
            LastWords.hanging(logger: logger, log: parts.logWriter)
        } catch {
            return
        }
    }

    /// Returns when the node is to stop; SIGHUP loads certificates, tokens, destinations and the region's file again.
    private func obey(_ signals: UnixSignalsSequence) async {
        for await signal in signals {
            if signal == .sighup {
                NodeReload(parts: parts, logger: logger).perform()
                await parts.hospitals.closeRetired()
            } else {
                logger.notice("stopping", metadata: ["signal": "\(signal)"])
                return
            }
        }
    }

    /// Says where everything listens, once everything does.
    private func announce() async throws {
        let file = parts.folder.file
        let edge = try await parts.edge.addresses
        _ = try await parts.socket.port()
        let console = try await parts.pages?.address()
        let healthPort = try await parts.health.listener.port() ?? Int(file.healthListen.port)
        let region = parts.node.setup.region.current
        var addresses = parts.book.addresses
        addresses.link = parts.node.linkAddress?.description
        addresses.mllp = edge.mllp.map { listener in
            NodeAddresses.MLLP(
                unit: listener.institution.unit(in: region)?.id.rawValue ?? listener.institution.description,
                address: listener.address.description)
        }
        addresses.https = edge.https?.description
        addresses.console = console?.description
        addresses.health = NetworkAddress(host: file.healthListen.host, port: UInt16(clamping: healthPort)).description
        parts.book.set(addresses)
        let text = try OperatorJSON.text(addresses)
        for path in addressFiles { try world.disk.write(text, to: path, mode: 0o644) }
        logger.notice(
            "the node is up",
            metadata: [
                "node": "\(addresses.node)", "tier": "\(addresses.tier)", "release": "\(Release.version)",
                "link": "\(addresses.link ?? "none")", "https": "\(addresses.https ?? "none")",
                "console": "\(addresses.console ?? "none")",
                "health": "\(addresses.health)", "socket": "\(addresses.socket)",
                "region": "\(region.region) version \(region.version)",
            ])
        try await world.time.sleepForever()
    }

    private func removeTraces() {
        for path in addressFiles + [parts.book.addresses.socket] { try? world.disk.remove(path) }
    }
}
