import Edge
import Effects
import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// An HTTP server that says when and where it listens, so that a node is "started" only when all of them do.
package final class HTTPListener: Sendable {
    /// What to listen on.
    package enum Place: Sendable {
        case socket(path: String)
        case plain(host: String, port: Int)
    }

    private enum State {
        case starting
        case listening(port: Int?)
        case failed
    }

    private let place: Place
    private let door: ListenerDoor
    private let responder: @Sendable () -> RouterResponder<BasicRequestContext>
    private let logger: Logger
    private let state = Mutex(State.starting)
    /// Woken when it listens or will not.
    private let settled = Wakeup()
    /// What happens on the loop right after the socket is bound.
    private let onListening: @Sendable () throws -> Void

    init(
        _ place: Place, door: ListenerDoor, logger: Logger, router: Router<BasicRequestContext>,
        onListening: @escaping @Sendable () throws -> Void = {}
    ) {
        self.place = place
        self.door = door
        let responder = router.buildResponder()
        self.responder = { responder }
        // The library calls a stop an error; what goes wrong with a listener is thrown by `run()`.
        var quiet = logger
        quiet.logLevel = .critical
        self.logger = quiet
        self.onListening = onListening
    }

    /// Serves until the task is cancelled.
    ///
    /// - Throws: `console.cannotListen`.
    package func run() async throws {
        defer {
            state.withLock { state in
                if case .starting = state { state = .failed }
            }
            settled.wake()
        }
        let application = Application(
            responder: responder(),
            server: HTTPServerBuilder { [door] responder in HTTPChannel(responder: responder, door: door) },
            configuration: ApplicationConfiguration(address: address, serverName: nil),
            onServerRunning: { [self] channel in
                await HTTPChannel.tend(channel, door: door)
                await listening(channel)
            }, logger: logger)
        do {
            try await application.run()
            try Task.checkCancellation()
            throw Failure(
                "console.listenerEnded", "a listener ended by itself", place: placeText,
                remedy: "see how many files the process may have open, and start the node again")
        } catch let error as IOError {
            throw Failure(
                "console.cannotListen",
                "listening is not possible: \(error.errnoCode == EADDRINUSE ? "in use" : "refused")",
                place: placeText, remedy: "see whether another program has it, and whether this user may")
        }
    }

    /// The port on which it listens; none for a socket.
    ///
    /// - Throws: `console.cannotListen` where `run()` ended before it listened.
    package func port() async throws -> Int? {
        await settled.wait(since: 0)
        switch state.withLock({ $0 }) {
        case .listening(let port): return port
        case .failed: throw Failure("console.cannotListen", "listening is not possible", place: placeText)
        case .starting: throw CancellationError()
        }
    }

    private func listening(_ channel: any Channel) async {
        do {
            try onListening()
            let port = channel.localAddress?.port
            state.withLock { $0 = .listening(port: port) }
        } catch {
            logger.error("a listener could not be prepared", metadata: ["place": "\(placeText)"])
            state.withLock { $0 = .failed }
        }
        settled.wake()
    }

    private var address: BindAddress {
        switch place {
        case .socket(let path): .unixDomainSocket(path: path)
        case .plain(let host, let port): .hostname(host, port: port)
        }
    }

    private var placeText: String {
        switch place {
        case .socket(let path): path
        case .plain(let host, let port): "\(host):\(port)"
        }
    }
}
