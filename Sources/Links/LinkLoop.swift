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
