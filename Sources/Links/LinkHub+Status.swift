import Effects
package import Regions

/// What the hub remembers of a neighbour whether or not it has a link.
struct LinkRecord: Sendable {
    var state: LinkStatus.State
    var since: WallTime
    var clockDifferenceMilliseconds: Int64?
    var lastError: String?
    var lastErrorAt: WallTime?
}

extension LinkHub {
    /// Every neighbour and how its link stands, in the order of their names.
    package func status() -> [LinkStatus] {
        let known = Set(policy.neighbours()).union(openLinks.map(\.facts.node)).union(
            policy.parent().map { [$0.node] } ?? [])
        return known.sorted().map { status(of: $0) }
    }

    /// How full the node is with links, and whom it refused.
    package var load: LinkLoad {
        let counts = door.counts
        return LinkLoad(
            halfOpen: counts.unproven, heldBytes: memory.heldBytes, mostHeldBytes: memory.mostHeldBytes,
            heldBytesLimit: memory.limitBytes, refusals: refusals.counts)
    }

    package func status(of peer: NodeID) -> LinkStatus {
        let (link, record) = state.withLock { ($0.links[peer], $0.records[peer]) }
        var status = LinkStatus(
            peer: peer, neighbour: policy.neighbour(peer), state: record?.state ?? .down,
            since: record?.since ?? opened)
        status.clockDifferenceMilliseconds = record?.clockDifferenceMilliseconds
        status.lastError = record?.lastError
        status.lastErrorAt = record?.lastErrorAt
        status.pause = policy.pause(peer)
        let now = world.time.wallTime
        status.twins = state.withLock { $0.twins.suspicion(of: peer, at: now) }
        if status.neighbour?.relation == .parent { status.hasAddress = policy.parent()?.addresses.isEmpty == false }
        if let link {
            let figures = link.figures
            status.state = .up
            status.since = link.since
            status.remoteAddress = link.remoteAddress
            status.configurationVersion = link.facts.configurationVersion
            status.release = link.facts.release
            status.bytesIn = figures.bytesIn
            status.bytesOut = figures.bytesOut
            status.callsInFlight = figures.callsInFlight
            status.roundTripMilliseconds = figures.roundTripMilliseconds
            status.heldBytes = figures.heldBytes
            status.mostHeldBytes = figures.mostHeldBytes
        }
        return status
    }

    /// Notes a change of state.
    ///
    /// Only neighbours are remembered, so that strangers cannot fill the memory.
    func note(_ peer: NodeID, _ linkState: LinkStatus.State?, error: LinkEnding? = nil, clock: Int64? = nil) {
        guard policy.neighbour(peer) != nil else {
            state.withLock { $0.records[peer] = nil }
            return
        }
        let now = world.time.wallTime
        state.withLock { state in
            var record = state.records[peer] ?? LinkRecord(state: .down, since: now)
            if let linkState, linkState != record.state {
                record.state = linkState
                record.since = now
            }
            if let error {
                record.lastError = error.description
                record.lastErrorAt = now
            }
            if let clock { record.clockDifferenceMilliseconds = clock }
            state.records[peer] = record
        }
    }
}

/// What all links of a node take together.
package struct LinkLoad: Sendable {
    /// Handshakes of connections that came in.
    package var halfOpen: Int
    package var heldBytes: Int
    package var mostHeldBytes: Int
    package var heldBytesLimit: Int
    /// Refusals since the start, by ``LinkReason/label``.
    package var refusals: [String: Int]
}
