import Effects
package import ServiceKit

/// What an operator does about messages to hospitals' systems; `queue` and `queue/show` list them.
package enum DestinationEndpoints: EndpointSet {
    /// One message by its id, such as `his/17`.
    package struct Choice: Codable, Sendable, Equatable {
        package var item: String

        package init(item: String) { self.item = item }
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

    package static let drop = Endpoint<Choice, Choice>(
        .post, "queue/drop", summary: "Takes a message to a hospital's system out for good.", question: .json,
        answer: .json, failures: [.absent])

    package static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint] {
        let service = try node.service(DestinationsService.self)
        return [
            list.serve { _ in try await service.infos() },
            resend.serve { choice in
                try await service.resend(choice.item)
                return choice
            },
            drop.serve { choice in
                try await service.drop(choice.item)
                return choice
            },
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
