import Effects
import Regions
import Synchronization
import Wire

/// How far a chain goes at somebody's: the sequence of the batch that it wants next.
package struct ChainPosition: Hashable, Sendable {
    package var chain: ChainIdentity
    package var nextSequence: UInt64

    package init(chain: ChainIdentity, nextSequence: UInt64) {
        self.chain = chain
        self.nextSequence = nextSequence
    }
}

extension ChainPosition: ProtobufWireValue {
    package func wire() throws -> PBChainPosition {
        var message = PBChainPosition()
        message.author = chain.author.rawValue
        message.incarnation = chain.incarnation
        message.lane = UInt32(chain.lane.rawValue)
        message.nextSequence = nextSequence
        return message
    }

    package init(wire message: PBChainPosition) throws {
        guard let author = try? NodeID(message.author),
            let lane = UInt8(exactly: PeerNumber.label(message.lane)).flatMap(Lane.init)
        else {
            throw Failure("ledger.malformedPosition", "a chain's position cannot be read")
        }
        self.init(
            chain: ChainIdentity(author: author, incarnation: PeerNumber.label(message.incarnation), lane: lane),
            nextSequence: try PeerNumber.sequence(message.nextSequence))
    }
}

extension ChainPosition {
    /// Any position; for recording a call's target.
    package static var sample: ChainPosition {
        get throws {
            ChainPosition(
                chain: ChainIdentity(author: try NodeID("sample"), incarnation: 0, lane: .bulk), nextSequence: 0)
        }
    }
}

/// Which chains have grown since when: what a courier looks at when the ledger has changed, instead of reading every chain.
///
/// Holds one number per chain that grew since the node started.
package final class ChainAdvances: Sendable {
    private struct State {
        var version: UInt64 = 0
        var chains: [ChainIdentity: (nextSequence: UInt64, version: UInt64)] = [:]
    }

    private let state = Mutex(State())

    func note(_ positions: [ChainPosition]) {
        guard !positions.isEmpty else { return }
        state.withLock { state in
            state.version += 1
            for position in positions { state.chains[position.chain] = (position.nextSequence, state.version) }
        }
    }

    /// Grows with every advance.
    package var version: UInt64 { state.withLock { $0.version } }

    /// The chains that have grown since `version`, and the version up to which this counts.
    package func since(_ version: UInt64) -> (positions: [ChainPosition], version: UInt64) {
        state.withLock { state in
            guard state.version > version else { return ([], version) }
            let grown = state.chains.filter { $0.value.version > version }
                .map { ChainPosition(chain: $0.key, nextSequence: $0.value.nextSequence) }
            return (grown.sorted { $0.chain < $1.chain }, state.version)
        }
    }
}
