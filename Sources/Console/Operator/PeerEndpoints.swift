import Effects
import NodeRuntime
import Regions
package import ServiceKit

/// What an operator does about the link to a neighbour; ``NodeEndpoints/peers`` lists them.
package enum PeerEndpoints {
    /// One neighbour, and who chooses it.
    package struct Choice: Codable, Sendable, Equatable {
        package var node: String
        /// The account that does it; the node's user where nobody is named.
        package var actor: String?

        package init(node: String, actor: String? = nil) {
            self.node = node
            self.actor = actor
        }
    }

    /// A link that is to be kept down, and why.
    package struct PauseOrder: Codable, Sendable, Equatable {
        package var node: String
        package var reason: String
        package var actor: String?

        package init(node: String, reason: String, actor: String? = nil) {
            self.node = node
            self.reason = reason
            self.actor = actor
        }
    }

    package static let test = Endpoint<Choice, PeerTestInfo>(
        .post, "peers/test",
        summary: "Tries the way to a neighbour step by step, without disturbing a link that is up.", question: .json,
        answer: .json, failures: [.absent])

    package static let pause = Endpoint<PauseOrder, PeerInfo>(
        .post, "peers/pause", summary: "Keeps the link to a neighbour down, over restarts too.", question: .json,
        answer: .json, failures: [.absent, .conflict])

    package static let resume = Endpoint<Choice, PeerInfo>(
        .post, "peers/resume", summary: "Lets a link come up again that was paused.", question: .json, answer: .json,
        failures: [.conflict])

    static func endpoints(of setup: ConsoleSetup) -> [ServedEndpoint] {
        let node = setup.node
        @Sendable func info(_ id: NodeID) -> PeerInfo { PeerInfo(node.hub.status(of: id)) }
        return [
            test.serve { choice in
                let trial = try await node.tryLink(to: try NodeID(choice.node))
                return PeerTestInfo(trial, of: choice.node, at: setup.now)
            },
            pause.serve { order in
                let id = try NodeID(order.node)
                try await node.pauseLink(
                    to: id, because: try OperatorReason(order.reason), by: order.actor ?? OperatorAct.nodeUser)
                return info(id)
            },
            resume.serve { choice in
                let id = try NodeID(choice.node)
                try await node.resumeLink(to: id, by: choice.actor ?? OperatorAct.nodeUser)
                return info(id)
            },
        ]
    }
}
