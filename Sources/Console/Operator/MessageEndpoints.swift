import Effects
import NodeRuntime
package import ServiceKit

/// What an operator asks of hospitals' messages.
package enum MessageEndpoints {
    /// Messages by their control id (MSH-10) or their Bundle's identifier.
    package struct IDQuestion: Codable, Sendable, Equatable {
        package var id: String

        package init(id: String) { self.id = id }
    }

    /// Which messages are listed.
    package struct ListQuestion: Codable, Sendable, Equatable {
        /// Only those that were refused or could not be kept.
        package var refused: Bool?
        package var limit: UInt32?

        package init(refused: Bool? = nil, limit: UInt32? = nil) {
            self.refused = refused
            self.limit = limit
        }
    }

    /// How a file is taken in.
    package struct ImportOrder: Codable, Sendable, Equatable {
        /// `hl7v2` or `fhir`; none: by the look of it.
        package var format: String?
        /// None: the node's only one.
        package var institution: String?
        /// Whether it is only looked at.
        package var check: Bool?

        package init(format: String? = nil, institution: String? = nil, check: Bool? = nil) {
            self.format = format
            self.institution = institution
            self.check = check
        }
    }

    package static let show = Endpoint<IDQuestion, [MessageInfo]>(
        .get, "messages", summary: "What became of the messages with an id, and what was answered.", question: .query,
        answer: .json)

    package static let list = Endpoint<ListQuestion, [MessageInfo]>(
        .get, "messages/list", summary: "The messages that came last, the newest first, without the answers.",
        question: .query, answer: .json)

    package static let take = Endpoint<Upload<ImportOrder>, ImportInfo>(
        .post, "import", summary: "Takes a file with HL7 v2 messages or a FHIR Bundle in, as from a hospital's system.",
        question: .upload(limitBytes: Limits.importFileBytes), answer: .json,
        failures: [.forbidden, .absent, .conflict])

    static func endpoints(of setup: ConsoleSetup) -> [ServedEndpoint] {
        let memory = MessageMemory(setup.node.context)
        return [
            show.serve { question in
                let taken = try await memory.taken(withID: question.id, limit: answersShown)
                let refused = setup.refusals().filter { $0.message == question.id }
                return (taken.map(MessageInfo.init) + refused).sorted(by: isNewer)
            },
            list.serve { question in
                let limit = question.limit.map { Int($0) } ?? Limits.queryResults
                let refused = setup.refusals()
                guard question.refused != true else { return Array(refused.prefix(limit)) }
                let taken = try await memory.taken(withID: nil, limit: limit)
                let shown = taken.map { message in
                    var info = MessageInfo(message)
                    // Answers are long, and `message show` has them.
                    info.answer = ""
                    return info
                }
                return Array((shown + refused).sorted(by: isNewer).prefix(limit))
            },
            take.serve { file in
                guard !file.bytes.isEmpty else {
                    throw Failure(
                        "console.badRequest", "the file is empty", remedy: "give a file with a message in it")
                }
                let order = file.parameters
                return try await setup.importing(
                    file.bytes, order.format, order.institution, order.check == true)
            },
        ]
    }

    private static let answersShown = 20

    private static func isNewer(_ left: MessageInfo, _ right: MessageInfo) -> Bool {
        left.receivedAt > right.receivedAt
    }
}

extension MessageInfo {
    init(_ message: TakenMessage) {
        self.init(
            message: message.message, institution: message.institution, outcome: message.outcome,
            receivedAt: message.receivedTime.description, answer: String(decoding: message.answer, as: UTF8.self))
    }
}
