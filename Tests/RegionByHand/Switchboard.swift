package import Calls
import Effects
import Links
package import Regions
import Synchronization
import Wire

/// Carries calls between the systems of a test region, between neighbours only, as links do.
package final class Switchboard: Sendable {
    private struct State {
        var systems: [NodeID: YilianActorSystem] = [:]
        var tree: ManagementTree?
        /// Links that are down, by the lower of their nodes.
        var cut: Set<NodeID> = []
    }

    private let state = Mutex(State())

    package init() {}

    package func connect(_ node: NodeID, _ system: YilianActorSystem, tree: ManagementTree) {
        state.withLock { state in
            state.systems[node] = system
            state.tree = tree
        }
        system.setCarrier(Line(caller: node, switchboard: self))
    }

    package func disconnect(_ node: NodeID) {
        state.withLock { $0.systems[node] = nil }
    }

    /// Takes the link between a node and its parent away, or brings it back.
    package func cut(_ node: NodeID, _ isCut: Bool = true) {
        state.withLock { state in
            if isCut { state.cut.insert(node) } else { state.cut.remove(node) }
        }
    }

    package func isUp(_ left: NodeID, _ right: NodeID) -> Bool {
        state.withLock { state in
            guard state.systems[left] != nil, state.systems[right] != nil, let tree = state.tree else { return false }
            return !state.cut.contains(tree.parent(of: left) == right ? left : right)
        }
    }

    private struct Line: CallCarrier {
        var caller: NodeID
        var switchboard: Switchboard

        func call(
            to peer: NodeID, method: UInt16, target: String, arguments: [UInt8], lane: Lane,
            deadlineMilliseconds: Int64, correlation: String
        ) async throws -> [UInt8] {
            let (system, tree) = switchboard.state.withLock { ($0.systems[peer], $0.tree) }
            guard let system, let tree, switchboard.isUp(caller, peer),
                let relation = tree.relation(of: caller, to: peer),
                let tier = tree.tier(of: caller)
            else { throw Failure("call.notReachable", "no link", place: peer.rawValue) }
            let call = InboundCall(
                caller: caller, neighbour: Neighbour(relation: relation, tier: tier), method: method, desk: target,
                arguments: arguments, lane: lane, deadline: MonotonicTime(nanoseconds: .max), correlation: correlation)
            switch await system.answer(call) {
            case .value(let bytes): return bytes
            case .refused(let refusal): throw refusal.failure(from: peer.rawValue)
            }
        }
    }
}
