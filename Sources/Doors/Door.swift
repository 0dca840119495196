package import Effects
import Synchronization

/// Lets connections of one listener in while there is room: in all, and among those who have not proved themselves.
///
/// A listener asks before it does any work for a connection, in particular before TLS. An address proves nothing: behind
/// one there may sit a whole hospital, and a stranger among it. Whoever shows a certificate, a token or what else the
/// listener asks for is proven and keeps its place; all others share theirs by address. When those are taken, the oldest
/// of the address that has most makes room, at once for whoever has fewer and else after its grace, so that strangers who
/// say nothing cannot keep others out.
package final class Door: Sendable {
    /// How many are let in.
    package struct Caps: Sendable {
        /// Who have proved themselves.
        package var proven: Int
        /// Who have not yet.
        package var unproven: Int
        package var unprovenPerAddress: Int
        package var perIdentity: Int
        /// How old an unproven connection must be before it makes room for one of an address that has no fewer.
        package var graceMilliseconds: Int64

        package init(
            proven: Int, unproven: Int, unprovenPerAddress: Int, perIdentity: Int, graceMilliseconds: Int64
        ) {
            self.proven = proven
            self.unproven = unproven
            self.unprovenPerAddress = unprovenPerAddress
            self.perIdentity = perIdentity
            self.graceMilliseconds = graceMilliseconds
        }
    }

    private struct Visitor {
        var host: String
        var identity: String?
        var isProven = false
        /// Whether a whole request of it is being answered.
        var isServed = false
        var since: MonotonicTime
        /// Since when a proven one has nothing in hand.
        var restingSince: MonotonicTime?
        var onEviction: (@Sendable () -> Void)?
    }

    /// The unproven of one address, the oldest first.
    private struct Crowd {
        var strangers: [UInt64] = []
        /// They have shown who they are.
        var known: [UInt64] = []

        var count: Int { strangers.count + known.count }

        mutating func remove(_ id: UInt64) {
            strangers.removeAll { $0 == id }
            known.removeAll { $0 == id }
        }
    }

    private struct State {
        var next: UInt64 = 1
        var visitors: [UInt64: Visitor] = [:]
        var crowds: [String: Crowd] = [:]
        var identities: [String: Int] = [:]
        var unproven = 0
        /// The most unproven at a time since there were none.
        var wave = 0
        var evicted: Set<UInt64> = []
        var figures = DoorFigures()
    }

    /// Closures stand in a structure: one that is a mutex's whole value is wrapped once more whenever it is looked at.
    private struct Listeners {
        var refusal: (@Sendable (DoorRefusal, String) -> Void)?
        var quiet: (@Sendable () -> Void)?
    }

    private typealias Eviction = @Sendable () -> Void

    package let caps: Caps
    private let time: any TimeSource
    private let house: DoorHouse?
    private let state = Mutex(State())
    private let listeners = Mutex(Listeners())

    /// - Parameter house: whose descriptors it shares; nil for a door that is to stay open when all others are full.
    package init(time: any TimeSource, caps: Caps, house: DoorHouse? = .process) {
        self.time = time
        self.caps = caps
        self.house = house
    }

    /// How many are there.
    package var counts: (unproven: Int, proven: Int) {
        state.withLock { ($0.unproven, $0.visitors.count - $0.unproven) }
    }

    package var figures: DoorFigures {
        state.withLock { state in
            var figures = state.figures
            figures.unproven = state.unproven
            figures.proven = state.visitors.count - state.unproven
            return figures
        }
    }

    /// Says who is told when many were unproven and none is any more.
    package func onQuiet(_ body: @escaping @Sendable () -> Void) {
        listeners.withLock { $0.quiet = body }
    }

    /// Says who is told of refusals at the door, with the address.
    package func onRefusal(_ body: @escaping @Sendable (DoorRefusal, String) -> Void) {
        listeners.withLock { $0.refusal = body }
    }

    /// Counts a connection that was ended because it let a deadline pass.
    package func noteDeadline(_ phase: DoorPhase) {
        state.withLock { $0.figures.deadlines[phase, default: 0] += 1 }
    }

    /// Lets a connection in, for as long as the permit is held.
    ///
    /// - Parameter host: where it comes from, without a port.
    /// - Returns: nil where it is to be closed without a word.
    package func admit(from host: String) -> DoorPermit? {
        let now = time.monotonicTime
        let (result, eviction) = state.withLock { state -> (Result<UInt64, DoorRefusal>, Eviction?) in
            var eviction: Eviction?
            do throws(DoorRefusal) { eviction = try room(for: host, now, &state) } catch {
                state.figures.refusals[error.label, default: 0] += 1
                return (.failure(error), nil)
            }
            let id = state.next
            state.next += 1
            state.visitors[id] = Visitor(host: host, since: now)
            state.crowds[host, default: Crowd()].strangers.append(id)
            state.unproven += 1
            state.wave = max(state.wave, state.unproven)
            state.figures.admitted += 1
            house?.enter()
            return (.success(id), eviction)
        }
        eviction?()
        switch result {
        case .success(let id): return DoorPermit(id: id, door: self)
        case .failure(let refusal):
            tell(refusal, host)
            return nil
        }
    }

    /// Tells whoever listens of somebody who was not let in.
    private func tell(_ refusal: DoorRefusal, _ host: String) {
        listeners.withLock { $0.refusal }?(refusal, host)
    }

    /// - Returns: what is to be done to whoever made room.
    private func room(for host: String, _ now: MonotonicTime, _ state: inout State) throws(DoorRefusal) -> Eviction? {
        if state.visitors.count - state.unproven >= caps.proven, longestAtRest(state, of: nil) == nil {
            throw .full(caps.proven)
        }
        if let crowd = state.crowds[host], crowd.count >= caps.unprovenPerAddress {
            let first = oldest(crowd.strangers, state) ?? oldest(crowd.known, state)
            guard let oldest = first, hadItsTime(oldest, now, state) else {
                throw .tooManyFromAddress(caps.unprovenPerAddress)
            }
            return evict(oldest, &state)
        }
        let isHouseFull = house.map { !$0.hasRoom } ?? false
        guard state.unproven >= caps.unproven || isHouseFull else { return nil }
        for rank in [\Crowd.strangers, \Crowd.known] {
            if let oldest = whoMakesRoom(rank, for: host, now, state) { return evict(oldest, &state) }
        }
        throw isHouseFull ? .noDescriptors : .tooManyUnproven(caps.unproven)
    }

    /// The oldest of the addresses that have most: at once where the newcomer's has fewer even with it, else where it has
    /// had its time.
    private func whoMakesRoom(
        _ rank: KeyPath<Crowd, [UInt64]>, for host: String, _ now: MonotonicTime, _ state: State
    ) -> UInt64? {
        var most = 0
        var oldest = UInt64.max
        for crowd in state.crowds.values {
            guard let first = self.oldest(crowd[keyPath: rank], state), crowd.count >= most else { continue }
            oldest = crowd.count > most ? first : min(first, oldest)
            most = crowd.count
        }
        guard most > 0 else { return nil }
        let hasFewer = (state.crowds[host]?.count ?? 0) + 1 < most
        return hasFewer || hadItsTime(oldest, now, state) ? oldest : nil
    }

    /// Whoever is being answered is done soon: others make room before it.
    private func oldest(_ ids: [UInt64], _ state: State) -> UInt64? {
        ids.first { state.visitors[$0]?.isServed != true } ?? ids.first
    }

    private func hadItsTime(_ id: UInt64, _ now: MonotonicTime, _ state: State) -> Bool {
        state.visitors[id].map { now.milliseconds(since: $0.since) >= caps.graceMilliseconds } ?? false
    }

    /// Among proven connections with nothing in hand the one that has had nothing for longest.
    private func longestAtRest(_ state: State, of identity: String?) -> UInt64? {
        var found: (id: UInt64, since: MonotonicTime)?
        for (id, visitor) in state.visitors where visitor.isProven && (identity == nil || visitor.identity == identity)
        {
            guard let since = visitor.restingSince, found.map({ since < $0.since }) ?? true else { continue }
            found = (id, since)
        }
        return found?.id
    }

    private func evict(_ id: UInt64, _ state: inout State) -> Eviction {
        let onEviction = state.visitors[id]?.onEviction
        leave(id, &state)
        state.evicted.insert(id)
        state.figures.refusals[DoorRefusal.madeRoom.label, default: 0] += 1
        return { onEviction?() }
    }

    private func leave(_ id: UInt64, _ state: inout State) {
        guard let visitor = state.visitors.removeValue(forKey: id) else { return }
        house?.leave()
        if !visitor.isProven {
            state.unproven -= 1
            leaveCrowd(id, visitor.host, &state)
        }
        if let identity = visitor.identity, let count = state.identities[identity] {
            state.identities[identity] = count > 1 ? count - 1 : nil
        }
    }

    private func leaveCrowd(_ id: UInt64, _ host: String, _ state: inout State) {
        guard var crowd = state.crowds[host] else { return }
        crowd.remove(id)
        state.crowds[host] = crowd.count > 0 ? crowd : nil
    }

    // MARK: What permits say

    func identify(_ id: UInt64, _ identity: String) throws(DoorRefusal) {
        let eviction = try change { (state) throws(DoorRefusal) -> Eviction? in
            guard let visitor = state.visitors[id] else { throw .madeRoom }
            guard visitor.identity == nil else { return nil }
            var eviction: Eviction?
            if state.identities[identity] ?? 0 >= caps.perIdentity {
                guard let resting = longestAtRest(state, of: identity) else {
                    throw .tooManyOfIdentity(caps.perIdentity)
                }
                eviction = evict(resting, &state)
            }
            state.identities[identity, default: 0] += 1
            state.visitors[id]?.identity = identity
            if !visitor.isProven, var crowd = state.crowds[visitor.host] {
                crowd.remove(id)
                crowd.known.append(id)
                state.crowds[visitor.host] = crowd
            }
            return eviction
        }
        eviction?()
    }

    func establish(_ id: UInt64) throws(DoorRefusal) {
        let eviction = try change { (state) throws(DoorRefusal) -> Eviction? in
            guard let visitor = state.visitors[id] else { throw .madeRoom }
            guard !visitor.isProven else { return nil }
            var eviction: Eviction?
            if state.visitors.count - state.unproven >= caps.proven {
                guard let resting = longestAtRest(state, of: nil) else { throw .full(caps.proven) }
                eviction = evict(resting, &state)
            }
            state.visitors[id]?.isProven = true
            state.unproven -= 1
            leaveCrowd(id, visitor.host, &state)
            return eviction
        }
        eviction?()
    }

    /// Changes the state; a refusal is counted.
    private func change(
        _ body: (inout State) throws(DoorRefusal) -> Eviction?
    ) throws(DoorRefusal) -> Eviction? {
        let result = state.withLock { state -> Result<Eviction?, DoorRefusal> in
            do throws(DoorRefusal) { return .success(try body(&state)) } catch {
                state.figures.refusals[error.label, default: 0] += 1
                return .failure(error)
            }
        }
        return try result.get()
    }

    func rest(_ id: UInt64, _ isResting: Bool) {
        let now = time.monotonicTime
        state.withLock { $0.visitors[id]?.restingSince = isResting ? now : nil }
    }

    func serve(_ id: UInt64, _ isServed: Bool) {
        state.withLock { $0.visitors[id]?.isServed = isServed }
    }

    func onEviction(_ id: UInt64, _ body: @escaping @Sendable () -> Void) {
        let isEvicted = state.withLock { state in
            state.visitors[id]?.onEviction = body
            return state.evicted.contains(id)
        }
        if isEvicted { body() }
    }

    func isEvicted(_ id: UInt64) -> Bool {
        state.withLock { $0.evicted.contains(id) }
    }

    func end(_ id: UInt64) {
        let (visitor, isQuiet) = state.withLock { state in
            let visitor = state.visitors[id]
            leave(id, &state)
            state.evicted.remove(id)
            let isQuiet = state.unproven == 0 && state.wave >= Self.waveConnections
            if state.unproven == 0 { state.wave = 0 }
            return (visitor, isQuiet)
        }
        // What its closure holds may be freed here, outside the lock.
        withExtendedLifetime(visitor) {}
        if isQuiet { listeners.withLock { $0.quiet }?() }
    }

    private static let waveConnections = 64
}
