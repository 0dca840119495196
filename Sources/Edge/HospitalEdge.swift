package import EdgeKit
package import Effects
package import Hummingbird
package import Logging
import NIOSSL
package import NodeRuntime
package import Regions

/// The hospital's side of a node: listeners for HL7 v2 over MLLP and for FHIR over HTTPS.
package final class HospitalEdge: Sendable {
    /// Where the listeners listen; the system chose the port where a configuration says 0.
    package struct Addresses: Sendable {
        package struct MLLP: Sendable {
            package var institution: InstitutionReference
            package var address: NetworkAddress
            package var isTLS: Bool
        }

        /// In the order of the configuration.
        package var mllp: [MLLP]
        package var https: NetworkAddress?
        /// Ports for DICOM's own protocol, in the order of the configuration.
        package var dicom: [NetworkAddress] = []

        package var fhirBaseURL: String? { https.map { "https://\($0)/fhir" } }
    }

    /// What listeners let in.
    package struct Limitations: Sendable {
        package var mllp = ListenerLimits.mllp
        package var https = ListenerLimits.https
        package var dicom = ListenerLimits.dimse

        package init() {}
    }

    /// What the listeners share; the `import` verb uses it too.
    package let intake: MessageIntake
    private let mllp: [MLLPServer]
    private let https: FHIRServer?
    private let dicom: [DIMSEServer]
    private let board: AddressBoard
    /// Woken when it is to stop.
    private let stopping = Wakeup()
    private let world: World
    private let resolve: @Sendable (String) -> String

    /// Reads certificates and tokens and checks that every institution is one of this node's; nothing listens before
    /// `run()`.
    ///
    /// - Parameters:
    ///   - intake: where messages go; one of the node's own where none is given.
    ///   - handlers: what it answers, where no intake is given.
    ///   - certificate: the node's own, for an HTTPS listener without one.
    ///   - resolve: where a path of the configuration is, for example `NodeFile.resolved`.
    ///   - doors: where the listeners' doors are made, so that others can see them too.
    ///   - limits: what each listener lets in, and for how long.
    ///   - other: answers HTTPS requests outside of `/fhir`; without it they are not found.
    /// - Throws: `edge.unknownInstitution`, `edge.otherNode`, `edge.certificate`, `edge.unknownPurpose`,
    ///   `edge.openToken`, `edge.weakToken`, `edge.sameToken`, `disk.…`.
    package static func open(
        node: YilianNode, intake given: MessageIntake? = nil,
        handlers: [any HospitalHandlers.Type] = ServiceList.handlers, mllp: [MLLPListener], https: HTTPSListener? = nil,
        certificate: EdgeCertificate? = nil, resolve: @escaping @Sendable (String) -> String = { $0 }, world: World,
        logger: Logger, doors givenDoors: DoorBoard? = nil, limits: Limitations = Limitations(),
        other: (@Sendable (Request, BasicRequestContext) async throws -> Response)? = nil
    ) async throws -> HospitalEdge {
        let intake = try given ?? MessageIntake(node: node, handlers: handlers, logger: logger)
        let doors = givenDoors ?? DoorBoard(time: world.time, logger: logger)
        let servers = try mllp.enumerated().map { index, listener in
            _ = try intake.principal(named: "mllp \(listener.listen)", institution: listener.institution)
            return MLLPServer(
                listener: listener,
                tls: try context(listener.tls, at: listener.listen, resolve: resolve, world: world).map {
                    ServedContext($0)
                },
                intake: intake, door: doors.door("mllp_\(index + 1)", limits.mllp), logger: logger)
        }
        var server: FHIRServer?
        if let https {
            for system in https.systems {
                _ = try intake.principal(named: system.name, institution: system.institution)
            }
            let tokens = try TokenBook(
                systems: https.systems, resolve: resolve, purposes: node.context.purposes, world: world, logger: logger)
            let context = try Self.context(https, node: { certificate }, resolve: resolve, world: world)
            let desk = FHIRDesk(intake: intake, tokens: tokens, logger: logger)
            server = FHIRServer(
                listen: https.listen, door: doors.door("https", limits.https), tls: ServedContext(context),
                certificate: https, desk: desk,
                plain: PlainDesk(fhir: desk), media: MediaDesk(fhir: desk), other: other, logger: logger)
        }
        let dicom = try intake.registry.associations.enumerated().map { index, door in
            let listener = door.listener
            _ = try intake.principal(named: "dicom \(listener.listen)", institution: listener.institution)
            return DIMSEServer(
                served: door,
                tls: try context(listener.tls, at: listener.listen, resolve: resolve, world: world)
                    .map { ServedContext($0) },
                intake: intake, door: doors.door("dicom_\(index + 1)", limits.dicom), logger: logger)
        }
        return HospitalEdge(
            intake: intake, mllp: servers, https: server, dicom: dicom, world: world, resolve: resolve)
    }

    private init(
        intake: MessageIntake, mllp: [MLLPServer], https: FHIRServer?, dicom: [DIMSEServer], world: World,
        resolve: @escaping @Sendable (String) -> String
    ) {
        self.resolve = resolve
        self.intake = intake
        self.mllp = mllp
        self.https = https
        self.dicom = dicom
        self.world = world
        board = AddressBoard(
            mllp: mllp.map { ($0.listener.institution, $0.tls != nil) }, expectsHTTPS: https != nil,
            expectedDICOM: dicom.count)
    }

    /// Where the listeners listen; waits until all of them do.
    ///
    /// - Throws: why one of them cannot.
    package var addresses: Addresses {
        get async throws { try await board.addresses() }
    }

    /// Reads the listeners' certificates and keys again; new connections get them, open ones go on as they are.
    ///
    /// - Parameter certificate: gives the node's own, for an HTTPS listener without one.
    /// - Throws: `edge.certificate`, `disk.…`, and then nothing has changed.
    package func reload(certificate: () throws -> EdgeCertificate?) throws {
        var changes: [(served: ServedContext, fresh: NIOSSLContext)] = []
        for server in mllp {
            guard let served = server.tls,
                let fresh = try Self.context(
                    server.listener.tls, at: server.listener.listen, resolve: resolve, world: world)
            else { continue }
            changes.append((served, fresh))
        }
        for server in dicom {
            let listener = server.served.listener
            guard let served = server.tls,
                let fresh = try Self.context(listener.tls, at: listener.listen, resolve: resolve, world: world)
            else { continue }
            changes.append((served, fresh))
        }
        if let https {
            let fresh = try Self.context(https.certificate, node: certificate, resolve: resolve, world: world)
            changes.append((https.tls, fresh))
        }
        for change in changes { change.served.replace(with: change.fresh) }
    }

    /// Stops listening and answers what is in hand; `run()` returns then, at the latest after a deadline.
    package func stop() {
        stopping.wake()
    }

    /// Serves until `stop()` is called or the task is cancelled.
    ///
    /// Messages in hand over MLLP are finished and answered in both cases. Over HTTPS only `stop()` waits for them: a
    /// cancelled request that was taken is answered as a repetition when it is sent again.
    ///
    /// - Throws: `edge.cannotListen`.
    package func run() async throws {
        do {
            try await serve()
            board.give(.failure(CancellationError()))
        } catch {
            board.give(.failure(error))
            if !(error is CancellationError) { throw error }
        }
    }

    private func serve() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, server) in mllp.enumerated() {
                group.addTask { [board] in try await server.run { board.bound(mllp: index, to: $0) } }
            }
            for (index, server) in dicom.enumerated() {
                group.addTask { [board] in try await server.run { board.bound(dicom: index, to: $0) } }
            }
            if let https {
                group.addTask { [board, stopping] in
                    try await https.run(stopping: stopping) { board.bound(https: $0) }
                }
            }
            group.addTask { [stopping, world, https] in
                await stopping.wait(since: 0)
                try Task.checkCancellation()
                // HTTPS ends by itself when nothing is in hand any more; MLLP finishes what it has when it is cancelled.
                if https != nil { try await world.time.sleep(milliseconds: Limits.edgeDrainMilliseconds) }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private static func context(
        _ tls: ListenerTLS?, at address: NetworkAddress, resolve: (String) -> String, world: World
    ) throws -> NIOSSLContext? {
        guard let tls else { return nil }
        let certificate = try EdgeCertificate(
            certificateFile: resolve(tls.certificateFile), keyFile: resolve(tls.keyFile), disk: world.disk)
        let authority = try tls.clientAuthorityFile.map { try world.disk.read(resolve($0)) }
        return try certificate.serverContext(clientAuthorityPEM: authority, place: address.description)
    }

    private static func context(
        _ listener: HTTPSListener, node: () throws -> EdgeCertificate?, resolve: (String) -> String, world: World
    ) throws -> NIOSSLContext {
        try certificate(listener, node: node, resolve: resolve, world: world)
            .serverContext(place: listener.listen.description)
    }

    private static func certificate(
        _ listener: HTTPSListener, node: () throws -> EdgeCertificate?, resolve: (String) -> String, world: World
    ) throws -> EdgeCertificate {
        if let file = listener.certificateFile, let key = listener.keyFile {
            return try EdgeCertificate(
                certificateFile: resolve(file), keyFile: resolve(key), disk: world.disk)
        }
        guard let node = try node() else {
            throw Failure(
                "edge.certificate", "there is no certificate for HTTPS", place: listener.listen.description,
                remedy: "write 'certificate' and 'key' under 'https', or issue the node's own with `yilian cert issue`")
        }
        return node
    }
}
