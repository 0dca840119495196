import Effects
package import ServiceKit

/// What an operator does about messages to hospitals' systems; `queue` and `queue/show` list them.
package enum DestinationEndpoints: EndpointSet {
    /// One message by its id, such as `his/17`, and who chooses it.
    package struct Choice: Codable, Sendable, Equatable {
        package var item: String
        /// The account that does it; the node's user where nobody is named.
        package var actor: String?

        package init(item: String, actor: String? = nil) {
            self.item = item
            self.actor = actor
        }
    }

    /// What is done to a message, and why; the reason stays with the operators' acts.
    package struct Order: Codable, Sendable, Equatable {
        package var item: String
        package var reason: String
        package var actor: String?

        package init(item: String, reason: String, actor: String? = nil) {
            self.item = item
            self.reason = reason
            self.actor = actor
        }
    }

    /// A hospital's system that takes messages of this node.
    package struct Info: Codable, Sendable, Equatable {
        package var name: String
        /// The unit whose system it is, as the node's file names it.
        package var institution: String
        /// `hl7v2` or `fhir`.
        package var form: String
        package var wants: [String]
        /// Messages that wait or are held, and their bytes.
        package var waiting: Int
        package var bytes: Int
        package var oldest: String?
        /// Why nothing goes there now; none where nothing is known to be wrong.
        package var trouble: String?
        /// Since when its queue takes nothing more.
        package var fullSince: String?
    }

    package static let list = Endpoint<NoQuestion, [Info]>(
        .get, "queue/destinations", summary: "The hospitals' systems to which this node sends, and how it goes.",
        question: .none, answer: .json)

    package static let resend = Endpoint<Choice, Choice>(
        .post, "queue/resend", summary: "Lets a message that is held or lies beside a queue go again.", question: .json,
        answer: .json, failures: [.absent, .conflict])

    package static let hold = Endpoint<Order, Order>(
        .post, "queue/hold", summary: "Keeps a message that waits, and its patient's later ones behind it.",
        question: .json, answer: .json, failures: [.absent, .conflict])

    package static let release = Endpoint<Choice, Choice>(
        .post, "queue/release", summary: "Lets a message go on that is held.", question: .json, answer: .json,
        failures: [.absent, .conflict])

    package static let drop = Endpoint<Order, Order>(
        .post, "queue/drop", summary: "Takes a message to a hospital's system out for good.", question: .json,
        answer: .json, failures: [.absent])

    package static let messages = Endpoint<MessageQuestion, MessageListing>(
        .get, "queue/messages", summary: "The messages to hospitals' systems one by one, without what they say.",
        question: .query, answer: .json)

    package static let message = Endpoint<MessageLook, MessageNeighbours>(
        .get, "queue/message", summary: "One of them, with those before and behind it in the same list.",
        question: .query, answer: .json, failures: [.absent])

    package static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint] {
        let service = try node.service(DestinationsService.self)
        return [
            list.serve { _ in try await service.infos() },
            resend.serve { choice in
                try await service.resend(choice.item, by: choice.actor ?? OperatorAct.nodeUser)
                return choice
            },
            hold.serve { order in
                try await service.hold(
                    order.item, because: try OperatorReason(order.reason), by: order.actor ?? OperatorAct.nodeUser)
                return order
            },
            release.serve { choice in
                try await service.release(choice.item, by: choice.actor ?? OperatorAct.nodeUser)
                return choice
            },
            drop.serve { order in
                let reason = try OperatorReason(order.reason)
                try await service.drop(order.item, because: reason.text, by: order.actor ?? OperatorAct.nodeUser)
                return order
            },
            messages.serve { try await service.listing($0) },
            message.serve { try await service.look($0) },
        ]
    }
}

extension DestinationsService {
    fileprivate func infos() async throws -> [DestinationEndpoints.Info] {
        var infos: [DestinationEndpoints.Info] = []
        for destination in destinations {
            let name = destination.name
            let (load, oldest) = try await context.ledger.read {
                (try DestinationQueue.load(of: name, in: $0), try DestinationQueue.oldest(of: name, in: $0))
            }
            infos.append(
                DestinationEndpoints.Info(
                    name: name, institution: destination.institution.description,
                    form: destination.way.form.rawValue, wants: destination.wants.map(\.rawValue).sorted(),
                    waiting: load.count, bytes: load.bytes, oldest: oldest?.description,
                    trouble: troubles.trouble(of: name).map { "\($0.words.text) [\($0.words.code)]" },
                    fullSince: troubles.fullSince(name)?.description))
        }
        return infos
    }
}
