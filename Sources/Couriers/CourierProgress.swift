import Effects
import Ledgers

/// What of one lane a neighbour still lacks, what is on its way, and which chains wait because it refused them.
///
/// A value without a clock and without a link. Several deliveries are on their way at once, also of one chain; the
/// receiver takes them in the order of their sequences. Where one does not reach its end, its chain goes on from the
/// receiver's position as soon as nothing of it is on its way any more.
struct CourierProgress {
    /// One delivery of consecutive batches.
    struct Flight: Sendable {
        var chain: ChainIdentity
        var first: UInt64
        /// The sequence after its last batch.
        var end: UInt64
        var sizeBytes: Int
    }

    private struct Chain {
        /// How far the chain goes here.
        var mine: UInt64
        var acknowledged: UInt64
        var sent: UInt64
        var flights = 0
        var stumbled = false
    }

    private var chains: [ChainIdentity: Chain] = [:]
    private var heldBack: [ChainIdentity: (until: MonotonicTime, delayMilliseconds: Int64)] = [:]
    /// Chains are served in turn, so that a long backlog of one never keeps the others waiting.
    private var servedLast: ChainIdentity?
    /// What was acknowledged and does not stand in the delivery table yet.
    private(set) var unrecorded: [ChainIdentity: UInt64] = [:]
    private(set) var flights = 0
    private(set) var bytesInFlight = 0

    /// Whether a chain waits because the neighbour refused it.
    var hasHeldBack: Bool { !heldBack.isEmpty }

    private static let firstDelayMilliseconds: Int64 = 1_000
    private static let longestDelayMilliseconds: Int64 = 60_000

    /// - Parameter due: the chains that go further here than at the neighbour or may grow, and how far they go there.
    init(_ due: [(mine: ChainPosition, acknowledged: UInt64)]) {
        for item in due {
            chains[item.mine.chain] = Chain(
                mine: item.mine.nextSequence, acknowledged: min(item.acknowledged, item.mine.nextSequence),
                sent: min(item.acknowledged, item.mine.nextSequence))
        }
    }

    /// A chain has grown here; one that was not named before is offered from its beginning, and the receiver's position
    /// says where to go on.
    mutating func grow(_ position: ChainPosition) {
        if chains[position.chain] == nil { chains[position.chain] = Chain(mine: 0, acknowledged: 0, sent: 0) }
        chains[position.chain]?.mine = position.nextSequence
    }

    /// The next chain to send something of, and from where; `nil` where nothing is due or may be sent now.
    mutating func next(at now: MonotonicTime, where carries: (ChainIdentity) -> Bool) -> ChainPosition? {
        let ready = chains.filter { chain, state in
            state.sent < state.mine && !state.stumbled && !isHeldBack(chain, at: now) && carries(chain)
        }.keys.sorted()
        let last = servedLast
        guard let chain = ready.first(where: { candidate in last.map { $0 < candidate } ?? true }) ?? ready.first else {
            return nil
        }
        servedLast = chain
        return chains[chain].map { ChainPosition(chain: chain, nextSequence: $0.sent) }
    }

    mutating func took(_ flight: Flight) {
        chains[flight.chain]?.sent = flight.end
        chains[flight.chain]?.flights += 1
        flights += 1
        bytesInFlight += flight.sizeBytes
    }

    /// A delivery was answered.
    ///
    /// - Parameter reached: how far the chain goes at the neighbour now; `nil` where it did not say. It cannot have more
    ///   than this node has of it, whatever it says.
    /// - Returns: whether the neighbour has more than before.
    mutating func settle(_ flight: Flight, reached: UInt64?, at now: MonotonicTime) -> Bool {
        flights -= 1
        bytesInFlight -= flight.sizeBytes
        guard var state = chains[flight.chain] else { return false }
        state.flights -= 1
        let before = state.acknowledged
        let reached = reached.map { min($0, state.mine) }
        if let reached {
            state.acknowledged = reached >= flight.end ? max(before, reached) : reached
            if reached != before { unrecorded[flight.chain] = state.acknowledged }
        }
        let isWhole = reached.map { $0 >= flight.end } ?? false
        if !isWhole {
            state.stumbled = true
            if reached == nil || reached == before { holdBack(flight.chain, at: now) }
        } else {
            heldBack[flight.chain] = nil
            state.sent = max(state.sent, state.acknowledged)
        }
        if state.flights == 0, state.stumbled {
            state.stumbled = false
            state.sent = state.acknowledged
        }
        chains[flight.chain] = state
        return state.acknowledged != before
    }

    mutating func takeUnrecorded() -> [ChainPosition] {
        defer { unrecorded = [:] }
        return unrecorded.map { ChainPosition(chain: $0.key, nextSequence: $0.value) }
            .sorted { $0.chain < $1.chain }
    }

    /// Lets refused chains be tried again at once: the region configuration has changed.
    mutating func forgive() { heldBack = [:] }

    /// A refused chain is tried again later and later, so that it costs the link nothing.
    private mutating func holdBack(_ chain: ChainIdentity, at now: MonotonicTime) {
        let delay = min(
            (heldBack[chain]?.delayMilliseconds).map { $0 * 2 } ?? Self.firstDelayMilliseconds,
            Self.longestDelayMilliseconds)
        heldBack[chain] = (now.advanced(byMilliseconds: delay), delay)
    }

    private func isHeldBack(_ chain: ChainIdentity, at now: MonotonicTime) -> Bool {
        heldBack[chain].map { now < $0.until } ?? false
    }
}
