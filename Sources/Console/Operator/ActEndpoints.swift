import Effects
import NodeRuntime
package import ServiceKit

/// What whoever watches the operators asks.
package enum ActEndpoints {
    /// Which acts; a page begins behind the number of the one before.
    package struct Question: Codable, Sendable, Equatable {
        package var before: Int64?
        package var limit: UInt32?

        package init(before: Int64? = nil, limit: UInt32? = nil) {
            self.before = before
            self.limit = limit
        }
    }

    /// Something that an operator did.
    package struct Info: Codable, Sendable, Equatable {
        package var at: String
        package var action: OperatorAct.Action
        /// A message, a node, a file.
        package var item: String
        /// An account; `node` for whoever may open the socket or holds the token.
        package var actor: String
        package var reason: String
    }

    /// A page of them, the newest first.
    package struct Listing: Codable, Sendable, Equatable {
        package var acts: [Info]
        /// What the next page is asked with; none where this is the last.
        package var next: Int64?

        package init(acts: [Info], next: Int64? = nil) {
            self.acts = acts
            self.next = next
        }
    }

    package static let list = Endpoint<Question, Listing>(
        .get, "acts", summary: "What operators did to messages, links and backups, and why; the newest first.",
        question: .query, answer: .json)

    static func endpoints(of setup: ConsoleSetup) -> [ServedEndpoint] {
        [
            list.serve { question in
                let shown = UInt32(Limits.operatorActsShown)
                let limit = Int(min(max(1, question.limit ?? shown), shown))
                let found = try await setup.node.context.ledger.read {
                    try OperatorAct.newest(below: question.before ?? .max, limit: limit + 1, in: $0)
                }
                let page = found.prefix(limit)
                return Listing(
                    acts: page.map { Info($0.act) }, next: found.count > limit ? page.last?.number : nil)
            }
        ]
    }
}

extension ActEndpoints.Info {
    package init(_ act: OperatorAct) {
        self.init(
            at: act.at.description, action: act.action, item: act.item, actor: act.actor, reason: act.reason)
    }
}
