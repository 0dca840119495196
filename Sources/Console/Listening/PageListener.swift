package import ConsoleKit
import Doors
package import Edge
package import Effects
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import NIOSSL
package import Regions
import ServiceLifecycle
import Synchronization

/// The listener for browsers: HTTPS behind a door, which turns requests into values and answers back into bytes.
///
/// What the pages are, it does not know.
package final class PageListener: Sendable {
    package typealias Answering = @Sendable (PageRequest) async -> PageResponse

    private enum State {
        case starting
        case listening(NetworkAddress)
        case failed
    }

    /// A browser opens six connections of HTTP/1.1 and no more, and each page that follows what happens keeps one.
    private static let protocols = ["h2", "http/1.1"]

    private let settings: ConsoleListener
    private let door: ListenerDoor
    private let tls: ServedContext
    private let answering: Answering
    private let onStop: @Sendable () -> Void
    private let world: World
    private let logger: Logger
    private let resolve: @Sendable (String) -> String
    private let state = Mutex(State.starting)
    private let changed: AsyncStream<Void>
    private let change: AsyncStream<Void>.Continuation
    private let stops: AsyncStream<Void>
    private let stopper: AsyncStream<Void>.Continuation
    private let inHand = Mutex(0)

    /// Reads the certificate; nothing listens before `run()`.
    ///
    /// - Parameters:
    ///   - certificate: the node's own, for a section without one.
    ///   - resolve: where a path of the section is, for example `NodeFile.resolved`.
    ///   - onStop: ends answers that go on and on.
    /// - Throws: `edge.certificate`, `disk.…`, `key.…`.
    package init(
        _ settings: ConsoleListener, certificate: EdgeCertificate, doors: DoorBoard, world: World, logger: Logger,
        resolve: @escaping @Sendable (String) -> String, onStop: @escaping @Sendable () -> Void = {},
        answering: @escaping Answering
    ) throws {
        self.settings = settings
        self.answering = answering
        self.onStop = onStop
        self.world = world
        self.resolve = resolve
        door = doors.door("console", .pages)
        tls = ServedContext(
            try Self.certificate(settings, node: { certificate }, resolve: resolve, disk: world.disk)
                .serverContext(protocols: Self.protocols, place: settings.listen.description),
            offersHTTP2: true)
        // The library's own lines would name addresses and requests.
        var quiet = logger
        quiet.logLevel = .critical
        self.logger = quiet
        (changed, change) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        (stops, stopper) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// What would keep it from starting; for `config check`.
    package static func failures(
        _ settings: ConsoleListener?, resolve: (String) -> String, disk: any Disk
    ) -> [Failure] {
        guard let settings, settings.certificateFile != nil else { return [] }
        do {
            _ = try certificate(settings, node: { nil }, resolve: resolve, disk: disk)
                .serverContext(place: settings.listen.description)
            return []
        } catch let failure as Failure { return [failure] } catch { return [] }
    }

    /// Reads the certificate again; new connections get it, open ones go on as they are.
    package func reload(certificate: () throws -> EdgeCertificate) throws {
        let fresh = try Self.certificate(settings, node: certificate, resolve: resolve, disk: world.disk)
        tls.replace(with: try fresh.serverContext(protocols: Self.protocols, place: settings.listen.description))
    }

    private static func certificate(
        _ settings: ConsoleListener, node: () throws -> EdgeCertificate?, resolve: (String) -> String, disk: any Disk
    ) throws -> EdgeCertificate {
        if let file = settings.certificateFile, let key = settings.keyFile {
            return try EdgeCertificate(certificateFile: resolve(file), keyFile: resolve(key), disk: disk)
        }
        guard let node = try node() else {
            throw Failure(
                "edge.certificate", "there is no certificate for the console", place: settings.listen.description,
                remedy: "write 'certificate' and 'key' under 'console'")
        }
        return node
    }

    /// Takes nobody in any more and answers what is in hand; `run()` returns then, at the latest after a deadline.
    package func stop() {
        onStop()
        stopper.yield()
    }

    /// Serves until ``stop()`` or until the task is cancelled.
    ///
    /// - Throws: `console.cannotListen`.
    package func run() async throws {
        defer {
            state.withLock { state in
                if case .starting = state { state = .failed }
            }
            change.finish()
        }
        let services = ServiceGroup(configuration: .init(services: [application], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            group.addTask { [stops, world] in
                for await _ in stops { break }
                try Task.checkCancellation()
                await services.triggerGracefulShutdown()
                try await world.time.sleep(milliseconds: Limits.pageDrainMilliseconds)
            }
            defer { group.cancelAll() }
            do { try await group.next() } catch {
                if Task.isCancelled || error is CancellationError { throw CancellationError() }
                throw Failure(
                    "console.cannotListen", "listening is not possible", place: settings.listen.description,
                    remedy: "see whether another program has the port, and whether the address is this machine's")
            }
        }
    }

    /// Where it listens; waits until it does.
    ///
    /// - Throws: `console.cannotListen` where `run()` ended before.
    package func address() async throws -> NetworkAddress {
        while true {
            switch state.withLock({ $0 }) {
            case .listening(let address): return address
            case .failed:
                throw Failure(
                    "console.cannotListen", "listening is not possible", place: settings.listen.description)
            case .starting: break
            }
            for await _ in changed { break }
            try Task.checkCancellation()
        }
    }

    private var application: some ServiceLifecycle.Service {
        let listen = settings.listen
        return Application(
            responder: CallbackResponder { [self] (request, _: BasicRequestContext) in await respond(to: request) },
            server: HTTPServerBuilder { [tls, door] responder in
                HTTPChannel(responder: responder, door: door, tls: tls)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(listen.host, port: Int(listen.port)), serverName: nil),
            onServerRunning: { [self] channel in
                await HTTPChannel.tend(channel, door: door)
                let port = channel.localAddress?.port.flatMap(UInt16.init(exactly:)) ?? listen.port
                state.withLock { $0 = .listening(NetworkAddress(host: listen.host, port: port)) }
                change.yield()
            }, logger: logger)
    }

    private func respond(to request: Request) async -> Response {
        let isRoom = inHand.withLock { count in
            guard count < Limits.pagesInHand else { return false }
            count += 1
            return true
        }
        guard isRoom else { return PageWire.plain(.serviceUnavailable, "busy / 繁忙") }
        defer { inHand.withLock { $0 -= 1 } }
        switch await PageWire.read(request) {
        case .refused(let response): return response
        case .request(let page):
            let answer = await answering(page)
            switch answer.standing {
            case .proven(let account):
                guard Visit.current?.prove("account \(account)") != false else {
                    return PageWire.plain(.tooManyRequests, "too many connections / 连接过多")
                }
            case .wrongTry:
                guard Visit.current?.noteWrongToken() != true else {
                    return PageWire.plain(.tooManyRequests, "too many wrong tries / 尝试过多")
                }
            case .stranger: break
            }
            return PageWire.response(answer)
        }
    }
}

extension ListenerLimits {
    /// Browsers: proven is whose request belongs to a session.
    static var pages: ListenerLimits {
        var limits = ListenerLimits.https
        limits.caps = Door.Caps(
            proven: Limits.pageConnections, unproven: Limits.pageUnproven, unprovenPerAddress: Limits.pageUnproven,
            perIdentity: Limits.pagePerAccount, graceMilliseconds: Limits.unprovenGraceMilliseconds)
        return limits
    }
}
