package import Doors
package import Effects
package import Logging
package import Regions
import Synchronization
package import Wire

/// Every link of a node: listens, dials the parent, keeps at most one link per neighbour, calls and answers.
///
/// `listen` first where the node listens, then `run()` in a task of the node's own; everything the hub starts lives and
/// ends inside `run()`.
package final class LinkHub: Sendable {
    struct State {
        var links: [NodeID: LinkSession] = [:]
        var records: [NodeID: LinkRecord] = [:]
        var twins = LinkTwins()
        var listeners: [any LinkListener] = []
        var events: [LinkEvent] = []
        var isStopping = false
        /// Whether somebody tries the way to a neighbour.
        var isTrying = false
    }

    let policy: LinkPolicy
    let transport: any LinkTransport
    let world: World
    let logger: Logger
    let answerCall: InboundCallHandler
    let shortMethods: Set<UInt16>
    let handleEvent: LinkEventHandler
    package let door: Door
    let memory: LinkMemory
    let refusals: LinkRefusals
    let state = Mutex(State())
    let dialling = Wakeup()
    let eventsWaiting = Wakeup()
    let quiet = Wakeup()
    private let stopping = Wakeup()
    /// From when on a neighbour that never had a link has none.
    let opened: WallTime

    /// - Parameters:
    ///   - caps: how many connections are let in.
    ///   - memory: what all links hold in messages together.
    ///   - shortMethods: the numbers of those whose calls are answered by tasks on the connection's loop, where it has one.
    package init(
        policy: LinkPolicy, transport: any LinkTransport, world: World, logger: Logger,
        caps: Door.Caps = .links, memory: LinkMemory = LinkMemory(),
        shortMethods: Set<UInt16> = [], onCall: @escaping InboundCallHandler, onEvent: @escaping LinkEventHandler
    ) {
        self.policy = policy
        self.transport = transport
        self.world = world
        opened = world.time.wallTime
        self.logger = logger
        answerCall = onCall
        self.shortMethods = shortMethods
        handleEvent = onEvent
        door = Door(time: world.time, caps: caps)
        self.memory = memory
        refusals = LinkRefusals(logger: logger, time: world.time)
        door.onQuiet { [quiet] in quiet.wake() }
        door.onRefusal { [weak self] refusal, host in
            self?.refused(LinkEnding(of: refusal), address: host, node: nil)
        }
    }

    /// Listens on `address` and says where it really is; links are accepted while `run()` runs.
    ///
    /// - Throws: what the transport throws where the address cannot be had.
    @discardableResult
    package func listen(on address: LinkAddress) async throws -> LinkAddress {
        let listener = try await transport.listen(on: address, door: door)
        state.withLock { $0.listeners.append(listener) }
        logger.info("listening for links", metadata: ["address": "\(listener.address)"])
        return listener.address
    }

    /// Accepts and dials until `stop()` or cancellation; call it once, after `listen`.
    package func run() async {
        let listeners = state.withLock { $0.listeners }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.passEventsOn() }
            await withTaskGroup(of: Void.self) { links in
                for listener in listeners {
                    links.addTask { await self.accept(from: listener) }
                }
                links.addTask { await self.dialParent() }
                links.addTask { await self.tidyUp() }
                await stopping.wait()
                state.withLock { $0.isStopping = true }
                for listener in listeners { listener.close() }
                for link in openLinks { link.close(LinkEnding(.shuttingDown, "the node is stopping")) }
                links.cancelAll()
            }
            eventsWaiting.wake()
            await group.waitForAll()
        }
        // Where `run()` itself was cancelled, the last events have not been handed over yet.
        await passEventsOn()
    }

    /// Ends every link with a goodbye and makes `run()` return.
    package func stop() {
        stopping.wake()
    }

    /// Calls a neighbour and gives its answer's bytes.
    ///
    /// - Parameter deadlineMilliseconds: how long the caller waits.
    /// - Throws: `call.notANeighbour`; `call.notReachable` where there is no link now; the desk's own failure where it
    ///   refused; other `call.…` codes of ``CallErrorCode``; `CancellationError`.
    nonisolated(nonsending) package func call(
        to peer: NodeID, method: UInt16, target: String, arguments: [UInt8], lane: Lane,
        deadlineMilliseconds: Int64, correlation: String
    ) async throws -> [UInt8] {
        guard let link = state.withLock({ $0.links[peer] }) else { throw noLink(to: peer) }
        let request = CallRequest(
            method: method, desk: target, deadlineMilliseconds: deadlineMilliseconds, correlation: correlation,
            arguments: arguments)
        let deadline = world.time.monotonicTime.advanced(byMilliseconds: deadlineMilliseconds)
        switch try await link.call(request, lane: lane, deadline: deadline) {
        case .value(let bytes): return bytes
        case .refused(let refusal): throw refusal.failure(from: peer.rawValue)
        }
    }

    /// The handshake's facts of a neighbour that has a link now.
    package func facts(of peer: NodeID) -> PeerFacts? {
        state.withLock { $0.links[peer] }?.facts
    }

    /// Looks at every link again after the configuration, or what an operator pauses, has changed: closes what is revoked,
    /// paused or no neighbour any more, and dials anew where the parent is another.
    package func recheck() {
        for link in openLinks { reconsider(link) }
        dialling.wake()
    }

    /// Closes the links whose certificates have been revoked and leaves all others as they are.
    package func closeRevoked() {
        for link in openLinks where policy.isRevoked(link.facts.identity.certificateSerial) { reconsider(link) }
    }

    func reconsider(_ link: LinkSession) {
        let identity = link.facts.identity
        if policy.pause(identity.node) != nil {
            link.close(LinkPause.ending)
        } else if policy.isRevoked(identity.certificateSerial) {
            link.close(LinkEnding(.revoked, "the certificate of \(identity.node) has been revoked"))
        } else if let neighbour = policy.neighbour(identity.node) {
            if neighbour != link.facts.neighbour {
                link.close(LinkEnding(.superseded, "the place of \(identity.node) in the tree has changed"))
            }
        } else {
            link.close(LinkEnding(.notANeighbour, "\(identity.node) is no neighbour of \(policy.node) any more"))
        }
    }

    var openLinks: [LinkSession] {
        state.withLock { Array($0.links.values) }
    }

    private func noLink(to peer: NodeID) -> Failure {
        guard policy.neighbour(peer) != nil else {
            return Failure(
                "call.notANeighbour", "\(peer) is no neighbour of \(policy.node)", place: peer.rawValue,
                remedy: "ask the desk of a neighbour; there is no call relay")
        }
        let why = status(of: peer).explanation
        return Failure("call.notReachable", "there is no link to \(peer): \(why)", place: peer.rawValue)
    }
}
