package import Doors

/// A stream of bytes to one authenticated peer; what a link runs on.
///
/// An implementation bounds what it buffers in both directions: `send` suspends while the peer takes nothing, and
/// reading stops while nobody receives.
package protocol LinkConnection: AnyObject, Sendable {
    /// Where the peer is, for logs and status.
    var remoteAddress: String { get }

    /// Its place at the door of a listener that asked before it did any work; nil where nobody asked.
    var permit: DoorPermit? { get }

    /// Waits until the peer has proved who it is.
    ///
    /// - Throws: the reason in words where it could not; the connection is of no further use.
    func authenticate() async throws -> PeerIdentity

    /// The next bytes, or nil at the end; one task receives at a time. Returns at once after `close`.
    func receive() async throws -> [UInt8]?

    /// Hands over bytes; one task sends at a time. Throws at once after `close`.
    func send(_ bytes: [UInt8]) async throws

    /// Sends `last` as far as that is possible without waiting, and ends the connection.
    func close(sending last: [UInt8])
}

extension LinkConnection {
    package var permit: DoorPermit? { nil }
}

/// Where connections come in.
package protocol LinkListener: AnyObject, Sendable {
    /// Where it really listens: the port that the system chose.
    var address: LinkAddress { get }

    /// The next connection, not yet authenticated, or nil after `close`.
    func accept() async throws -> (any LinkConnection)?

    func close()
}

/// Makes connections: over TLS, or within one process.
package protocol LinkTransport: Sendable {
    func connect(to address: LinkAddress) async throws -> any LinkConnection

    func listen(on address: LinkAddress) async throws -> any LinkListener

    /// The same, with a door that is asked about each connection before any work is done for it.
    func listen(on address: LinkAddress, door: Door) async throws -> any LinkListener
}

extension LinkTransport {
    /// Where a connection costs nothing before it is accepted, the door is asked then.
    package func listen(on address: LinkAddress, door: Door) async throws -> any LinkListener {
        try await listen(on: address)
    }
}

/// The event loop that moves a connection's bytes, as a link and the tasks that answer its calls see it.
package protocol LinkLoop: Sendable {
    /// Runs tasks on the loop.
    var taskExecutor: any TaskExecutor { get }
    /// Whether the caller is on the loop now.
    var isCurrent: Bool { get }

    /// Runs something on the loop, after what waits there already.
    func run(_ body: @escaping @Sendable () -> Void)

    /// The same after a while; only on the loop.
    func run(afterMicroseconds: Int64, _ body: @escaping @Sendable () -> Void)
}

/// A connection that hands bytes over on its loop instead of being asked for them: no task stands between the socket
/// and the link.
package protocol DrivenConnection: LinkConnection {
    var loop: any LinkLoop { get }

    /// Hands everything to `driver` from now on, on the loop, and first what has arrived already.
    ///
    /// Nobody calls `receive` or `send` afterwards.
    func drive(_ driver: any LinkDriver)

    /// Whether it is handing over what arrived: `paused` follows; only on the loop.
    var isHandingOver: Bool { get }

    /// Bytes that were written and have not left for the kernel.
    var unsentBytes: Int { get }

    /// Writes bytes; only on the loop. The driver is told when all that was written has left.
    func write(_ bytes: [UInt8])
}

/// What a ``DrivenConnection`` talks to; every call comes on its loop.
package protocol LinkDriver: AnyObject, Sendable {
    func received(_ bytes: [UInt8])
    /// Nothing more is there to be read now, and the tasks on the loop that waited for what was read have run.
    func paused()
    /// What was written has left for the kernel.
    func drained()
    func ended(_ ending: LinkEnding)
}
