import Effects
import Ledgers

/// How far a neighbour has acknowledged each chain of a lane, and which chains wait because it refused them.
struct CourierProgress {
    private(set) var acknowledged: [ChainIdentity: UInt64] = [:]
    /// What was acknowledged and does not stand in the delivery table yet.
    private(set) var unrecorded: [ChainIdentity: UInt64] = [:]
    private var heldBack: [ChainIdentity: (until: MonotonicTime, delayMilliseconds: Int64)] = [:]

    private static let firstDelayMilliseconds: Int64 = 1_000
    private static let longestDelayMilliseconds: Int64 = 60_000

    init(_ positions: [ChainPosition]) {
        for position in positions { acknowledged[position.chain] = position.nextSequence }
    }

    mutating func advance(to position: ChainPosition) {
        acknowledged[position.chain] = position.nextSequence
        unrecorded[position.chain] = position.nextSequence
        heldBack[position.chain] = nil
    }

    /// A refused chain is tried again later and later, so that it costs the link nothing.
    mutating func holdBack(_ chain: ChainIdentity, at now: MonotonicTime) {
        let delay = min(
            (heldBack[chain]?.delayMilliseconds).map { $0 * 2 } ?? Self.firstDelayMilliseconds,
            Self.longestDelayMilliseconds)
        heldBack[chain] = (now.advanced(byMilliseconds: delay), delay)
    }

    func isHeldBack(_ chain: ChainIdentity, at now: MonotonicTime) -> Bool {
        heldBack[chain].map { now < $0.until } ?? false
    }

    mutating func takeUnrecorded() -> [ChainPosition] {
        defer { unrecorded = [:] }
        return unrecorded.map { ChainPosition(chain: $0.key, nextSequence: $0.value) }
    }
}
