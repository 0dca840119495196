import Effects
import Regions
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
