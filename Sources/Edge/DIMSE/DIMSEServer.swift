import EdgeKit
import Effects
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Regions

/// Listens for the systems of one institution that speak DICOM's own protocol.
struct DIMSEServer: Sendable {
    let served: AssociationDoor
    let tls: ServedContext?
    let intake: MessageIntake
    let door: ListenerDoor
    let logger: Logger

    private var listener: AssociationListener { served.listener }

    /// Serves until the task is cancelled.
    ///
    /// - Parameter bound: is told the address once the port is open.
    /// - Throws: `edge.cannotListen`.
    func run(bound: @escaping @Sendable (NetworkAddress) -> Void) async throws {
        let server = try await self.bind()
        let port = server.channel.localAddress?.port.flatMap(UInt16.init(exactly:)) ?? listener.listen.port
        let address = NetworkAddress(host: listener.listen.host, port: port)
        try await server.executeThenClose { arrivals in
            bound(address)
            try await withThrowingDiscardingTaskGroup { group in
                for try await arrival in arrivals {
                    group.addTask { await serve(arrival) }
                }
            }
        }
    }

    /// A connection that was let in.
    private struct Arrival: Sendable {
        var wire: DIMSEConnection.ByteChannel
        var visit: Visit
    }

    private func bind() async throws -> NIOAsyncChannel<Arrival, Never> {
        do {
            return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.backlog, value: Limits.dimseBacklog)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelInitializer { [door] channel in
                    channel.eventLoop.makeCompletedFuture { try ShortageHandler.add(to: channel, door: door) }
                }
                .serverChannelOption(.maxMessagesPerRead, value: 1)
                .bind(host: listener.listen.host, port: Int(listener.listen.port)) { channel in
                    channel.eventLoop.makeCompletedFuture { try letIn(channel) }
                }
        } catch {
            throw Failure(
                "edge.cannotListen", "listening for DICOM is not possible", place: listener.listen.description,
                remedy: "see whether another program has the port, and whether the address is this machine's")
        }
    }

    /// Looks at who comes before anything is done for it.
    private func letIn(_ channel: any Channel) throws -> Arrival {
        let peer = channel.remoteAddress?.ipAddress ?? ""
        guard let address = IPAddress(peer), listener.clients.contains(where: { $0.contains(address) }) else {
            door.note("not_allowed", address: IPAddress.origin(of: peer))
            channel.close(promise: nil)
            throw Failure("edge.notAllowed", "the address is none from which the listener's systems come")
        }
        let visit = try door.enter(channel, phase: tls == nil ? .silence : .tls)
        if let tls {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls.current))
            try channel.pipeline.syncOperations.addHandler(TLSVisitHandler(visit))
        }
        let wire = try DIMSEConnection.ByteChannel(
            wrappingChannelSynchronously: channel,
            configuration: .init(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 2)))
        visit.keep(wire)
        return Arrival(wire: wire, visit: visit)
    }

    private func serve(_ arrival: Arrival) async {
        var logger = logger
        logger[metadataKey: "peer"] = "\(arrival.visit.address)"
        logger[metadataKey: "institution"] = "\(listener.institution)"
        do {
            var principal = try intake.principal(
                named: "dicom:\(listener.institution)", institution: listener.institution, forms: [])
            principal.purpose = listener.purpose.flatMap { word in
                principal.knownPurposes.first { $0.rawValue == word }
            }
            principal.practitioner = listener.practitioner
            await DIMSEConnection(
                wire: arrival.wire, visit: arrival.visit, served: served, principal: principal, logger: logger
            ).run()
        } catch {
            let code = (error as? Failure)?.code.rawValue ?? "edge.internal"
            logger.error("a connection was refused: its institution is not this node's", metadata: ["code": "\(code)"])
            do { try await arrival.wire.executeThenClose { _, _ in } } catch {
                logger.debug("a refused connection was gone already")
            }
        }
    }
}
