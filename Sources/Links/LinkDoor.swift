package import Effects
import Regions
import Synchronization

/// Lets connections in while there are not too many: in all, from one address, with one node's certificate.
///
/// A transport asks before it does any work for a connection, in particular before TLS. When all places for handshakes
/// are taken, addresses share them: the oldest handshake of the address that has most makes room, at once for whoever has
/// fewer and else after its grace, so that strangers who say nothing cannot keep neighbours out.
package final class LinkDoor: Sendable {
    /// How many are let in.
    package struct Caps: Sendable {
        package var halfOpen = Limits.halfOpenLinks
        package var halfOpenPerAddress = Limits.halfOpenLinksPerAddress
        package var graceMilliseconds = Limits.halfOpenGraceMilliseconds
        package var links = Limits.links
        package var perAddress = Limits.linksPerAddress
        package var perIdentity = Limits.linksPerIdentity

        package init() {}
    }

    private struct Visitor {
        var host: String
        var node: NodeID?
        var isHalfOpen = true
        var since: MonotonicTime
        var onEviction: (@Sendable () -> Void)?
    }

    private struct Count {
        /// Handshakes, the oldest first.
        var halfOpen: [UInt64] = []
        var all = 0
    }

    private struct State {
        var next: UInt64 = 1
        var visitors: [UInt64: Visitor] = [:]
        var hosts: [String: Count] = [:]
        var nodes: [NodeID: Int] = [:]
        var halfOpen = 0
        /// The most handshakes at a time since there were none.
        var wave = 0
        var evicted: Set<UInt64> = []
    }

    /// Closures stand in a structure: one that is a mutex's whole value is wrapped once more whenever it is looked at.
    private struct Listeners {
        var refusal: (@Sendable (LinkEnding, String) -> Void)?
        var quiet: (@Sendable () -> Void)?
    }

    private let caps: Caps
    private let time: any TimeSource
    private let state = Mutex(State())
    private let listeners = Mutex(Listeners())

    package init(time: any TimeSource, caps: Caps = Caps()) {
        self.time = time
        self.caps = caps
    }

    /// Handshakes under way, and links that are up or being closed.
    package var counts: (halfOpen: Int, links: Int) {
        state.withLock { ($0.halfOpen, $0.visitors.count - $0.halfOpen) }
    }

    /// Says who is told when many handshakes were under way and none is any more.
    package func onQuiet(_ body: @escaping @Sendable () -> Void) {
        listeners.withLock { $0.quiet = body }
    }

    /// Says who is told of refusals at the door.
    package func onRefusal(_ body: @escaping @Sendable (LinkEnding, String) -> Void) {
        listeners.withLock { $0.refusal = body }
    }

    /// Lets a connection in, for as long as the permit is held.
    ///
    /// - Parameter host: where it comes from, without a port.
    /// - Returns: nil where it is to be closed without a word.
    package func admit(from host: String) -> LinkPermit? {
        let now = time.monotonicTime
        let (result, evicted) = state.withLock { state -> (Result<UInt64, LinkEnding>, (@Sendable () -> Void)?) in
            if let ending = refusal(of: host, state) { return (.failure(ending), nil) }
            var evicted: (@Sendable () -> Void)?
            if state.halfOpen >= caps.halfOpen {
                guard let room = makeRoom(for: host, now, &state) else {
                    return (.failure(LinkEnding(.tooManyLinks, "\(caps.halfOpen) handshakes are under way")), nil)
                }
                evicted = room
            }
            let id = state.next
            state.next += 1
            state.visitors[id] = Visitor(host: host, since: now)
            state.hosts[host, default: Count()].halfOpen.append(id)
            state.hosts[host, default: Count()].all += 1
            state.halfOpen += 1
            state.wave = max(state.wave, state.halfOpen)
            return (.success(id), evicted)
        }
        evicted?()
        switch result {
        case .success(let id): return LinkPermit(id: id, door: self)
        case .failure(let ending):
            listeners.withLock { $0.refusal }?(ending, host)
            return nil
        }
    }

    private func refusal(of host: String, _ state: State) -> LinkEnding? {
        let count = state.hosts[host] ?? Count()
        if count.halfOpen.count >= caps.halfOpenPerAddress {
            return LinkEnding(
                .tooManyFromAddress, "\(caps.halfOpenPerAddress) handshakes of this address are under way")
        }
        if count.all >= caps.perAddress {
            return LinkEnding(.tooManyFromAddress, "\(caps.perAddress) links and handshakes come from this address")
        }
        if state.visitors.count - state.halfOpen >= caps.links {
            return LinkEnding(.tooManyLinks, "\(caps.links) links are up")
        }
        return nil
    }

    /// Takes its place from the oldest handshake of the addresses that have most: at once where the newcomer's has fewer even
    /// with it, else where that handshake has had its time.
    private func makeRoom(for host: String, _ now: MonotonicTime, _ state: inout State) -> (@Sendable () -> Void)? {
        var most = 0
        var oldest = UInt64.max
        for count in state.hosts.values {
            guard let first = count.halfOpen.first, count.halfOpen.count >= most else { continue }
            oldest = count.halfOpen.count > most ? first : min(first, oldest)
            most = count.halfOpen.count
        }
        guard let visitor = state.visitors[oldest] else { return nil }
        let hasFewer = (state.hosts[host]?.halfOpen.count ?? 0) + 1 < most
        guard hasFewer || now.milliseconds(since: visitor.since) >= caps.graceMilliseconds else { return nil }
        leave(oldest, &state)
        state.evicted.insert(oldest)
        return visitor.onEviction ?? {}
    }

    private func leave(_ id: UInt64, _ state: inout State) {
        guard let visitor = state.visitors.removeValue(forKey: id) else { return }
        if visitor.isHalfOpen { state.halfOpen -= 1 }
        if var count = state.hosts[visitor.host] {
            count.all -= 1
            if visitor.isHalfOpen { count.halfOpen.removeAll { $0 == id } }
            state.hosts[visitor.host] = count.all > 0 ? count : nil
        }
        if let node = visitor.node, let count = state.nodes[node] { state.nodes[node] = count > 1 ? count - 1 : nil }
    }

    // MARK: What permits say

    fileprivate func identify(_ id: UInt64, _ node: NodeID) throws {
        try state.withLock { state in
            guard state.visitors[id] != nil else { throw Self.eviction }
            guard state.nodes[node] ?? 0 < caps.perIdentity else {
                throw LinkEnding(
                    .tooManyOfIdentity, "\(caps.perIdentity) links and handshakes of \(node) are there already")
            }
            state.nodes[node, default: 0] += 1
            state.visitors[id]?.node = node
        }
    }

    fileprivate func establish(_ id: UInt64) throws {
        try state.withLock { state in
            guard let visitor = state.visitors[id] else { throw Self.eviction }
            guard visitor.isHalfOpen else { return }
            state.visitors[id]?.isHalfOpen = false
            state.halfOpen -= 1
            state.hosts[visitor.host]?.halfOpen.removeAll { $0 == id }
        }
    }

    fileprivate func onEviction(_ id: UInt64, _ body: @escaping @Sendable () -> Void) {
        let isEvicted = state.withLock { state in
            state.visitors[id]?.onEviction = body
            return state.evicted.contains(id)
        }
        if isEvicted { body() }
    }

    fileprivate func isEvicted(_ id: UInt64) -> Bool {
        state.withLock { $0.evicted.contains(id) }
    }

    fileprivate func end(_ id: UInt64) {
        let (visitor, isQuiet) = state.withLock { state in
            let visitor = state.visitors[id]
            leave(id, &state)
            state.evicted.remove(id)
            let isQuiet = state.halfOpen == 0 && state.wave >= Self.waveHandshakes
            if state.halfOpen == 0 { state.wave = 0 }
            return (visitor, isQuiet)
        }
        // What its closure holds may be freed here, outside the lock.
        withExtendedLifetime(visitor) {}
        if isQuiet { listeners.withLock { $0.quiet }?() }
    }

    private static let waveHandshakes = 64
    static let eviction = LinkEnding(.tooManyLinks, "the handshake was slow and made room for another")
}

/// The place of one connection at a ``LinkDoor``; it is free again when nobody holds the permit.
package final class LinkPermit: Sendable {
    private let id: UInt64
    private let door: LinkDoor

    fileprivate init(id: UInt64, door: LinkDoor) {
        self.id = id
        self.door = door
    }

    deinit {
        door.end(id)
    }

    /// What is done when the connection has to make room; it must not hold the permit.
    package func onEviction(_ body: @escaping @Sendable () -> Void) {
        door.onEviction(id, body)
    }

    /// Whether the connection had to make room.
    var isEvicted: Bool { door.isEvicted(id) }

    /// The peer has proved who it is.
    ///
    /// - Throws: a `LinkEnding` where too many connections have shown this identity.
    func identify(_ node: NodeID) throws {
        try door.identify(id, node)
    }

    /// The handshake is done.
    func establish() throws {
        try door.establish(id)
    }
}
