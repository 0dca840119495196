package import Calls
package import Effects
package import Ledgers
package import Regions
import Storage
import Wire

/// What one node knows of an entry.
package struct TraceHop: Sendable, Equatable {
    package var node: NodeID
    /// `author`, `chain` or `excerpt`: how it came to lie here; `absent`; or `unreachable`.
    package var how: String
    package var onDiskAt: WallTime?
    /// `folded`, `held`, `setAside`; empty where it is absent.
    package var state: String
    package var reason: String

    package init(node: NodeID, how: String, onDiskAt: WallTime? = nil, state: String = "", reason: String = "") {
        self.node = node
        self.how = how
        self.onDiskAt = onDiskAt
        self.state = state
        self.reason = reason
    }
}

extension TraceHop: ProtobufWireValue {
    package func wire() throws -> PBTraceHop {
        var message = PBTraceHop()
        message.node = node.rawValue
        message.how = how
        if let time = onDiskAt { message.onDiskAt = time.milliseconds }
        message.state = state
        message.reason = reason
        return message
    }

    package init(wire message: PBTraceHop) throws {
        self.init(
            node: try NodeID(message.node), how: message.how,
            onDiskAt: try PeerNumber.optionalTime(message.onDiskAt, isThere: message.hasOnDiskAt), state: message.state,
            reason: message.reason)
    }
}

/// Follows an entry from this node upward, hop by hop.
package struct Trace: Sendable {
    let ledger: Ledger
    let region: any RegionView
    let world: World
    let system: YilianActorSystem

    package init(ledger: Ledger, region: any RegionView, world: World, system: YilianActorSystem) {
        self.ledger = ledger
        self.region = region
        self.world = world
        self.system = system
    }

    /// The hops from here to the root, nearest first; one that cannot be reached is said to be.
    package func hops(of entry: EntryID) async throws -> [TraceHop] {
        let here = try await hop(of: entry)
        guard let parent = region.tree(at: world.time.wallTime).parent(of: ledger.node) else { return [here] }
        do {
            return [here] + (try await DeskInterface.courier.at(parent, system).trace(entry.description))
        } catch let failure as Failure {
            return [here, TraceHop(node: parent, how: "unreachable", reason: failure.message)]
        }
    }

    private func hop(of entry: EntryID) async throws -> TraceHop {
        let facts = try await ledger.placement(of: entry)
        guard let facts else { return TraceHop(node: ledger.node, how: "absent") }
        let how = entry.author == ledger.node ? "author" : facts.isExcerpt ? "excerpt" : "chain"
        return TraceHop(
            node: ledger.node, how: how, onDiskAt: facts.receivedTime, state: facts.state, reason: facts.reason)
    }
}
