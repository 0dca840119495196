import Effects
import ServiceKit
import Storage

extension DestinationEndpoints {
    /// Where a message to a hospital's system stands that is not delivered.
    package enum Standing: String, Codable, CaseIterable, Sendable {
        case waiting
        /// It and its patient's later ones wait for somebody.
        case held
        /// It lies beside the queue: refused for good, or too old.
        case beside

        var state: WaitingMessage.State {
            switch self {
            case .waiting: .waiting
            case .held: .held
            case .beside: .beside
            }
        }
    }

    /// Which messages, the oldest first; a page begins behind a place, or ends before one.
    package struct MessageQuestion: Codable, Sendable, Equatable {
        /// The destination's name; none: all.
        package var receiver: String?
        package var state: Standing?
        /// Only those that have waited at least so long.
        package var olderSeconds: Int64?
        package var after: String?
        package var before: String?
        package var limit: UInt32?

        package init(
            receiver: String? = nil, state: Standing? = nil, olderSeconds: Int64? = nil, after: String? = nil,
            before: String? = nil, limit: UInt32? = nil
        ) {
            self.receiver = receiver
            self.state = state
            self.olderSeconds = olderSeconds
            self.after = after
            self.before = before
            self.limit = limit
        }
    }

    /// One message, and the list in which it is looked at.
    package struct MessageLook: Codable, Sendable, Equatable {
        package var item: String
        package var receiver: String?
        package var state: Standing?
        package var olderSeconds: Int64?

        package init(
            item: String, receiver: String? = nil, state: Standing? = nil, olderSeconds: Int64? = nil
        ) {
            self.item = item
            self.receiver = receiver
            self.state = state
            self.olderSeconds = olderSeconds
        }
    }

    /// A message without what it says and without its patient.
    package struct QueuedMessage: Codable, Sendable, Equatable {
        package var item: String
        package var receiver: String
        package var kind: String
        /// MSH-10 of an HL7 v2 message; empty where there is none.
        package var controlID: String
        package var state: Standing
        package var madeAt: String
        package var changedAt: String
        /// When it is tried next; none where it waits for somebody.
        package var due: String?
        package var attempts: Int
        package var sizeBytes: Int
        package var code: String
        package var reason: String
        /// Its place in a list.
        package var place: String
    }

    /// A page of messages, and where the pages around it begin and end.
    package struct MessageListing: Codable, Sendable, Equatable {
        package var messages: [QueuedMessage]
        /// What the page before is asked with; none where this is the first.
        package var before: String?
        package var after: String?

        package init(messages: [QueuedMessage], before: String? = nil, after: String? = nil) {
            self.messages = messages
            self.before = before
            self.after = after
        }
    }

    /// A message with those around it.
    package struct MessageNeighbours: Codable, Sendable, Equatable {
        package var message: QueuedMessage
        package var previous: String?
        package var next: String?
        /// The message of the same patient behind which it waits.
        package var ahead: String?

        package init(message: QueuedMessage, previous: String? = nil, next: String? = nil, ahead: String? = nil) {
            self.message = message
            self.previous = previous
            self.next = next
            self.ahead = ahead
        }
    }
}

extension DestinationsService {
    func listing(
        _ question: DestinationEndpoints.MessageQuestion
    ) async throws -> DestinationEndpoints.MessageListing {
        let limit = Int(min(max(1, question.limit ?? UInt32(Limits.messagesShown)), Limits.messagesListed))
        let filter = try await filter(question.receiver, question.state, question.olderSeconds)
        let start = try question.after.map { try MessagePlace(text: $0) }
        let end = try question.before.map { try MessagePlace(text: $0) }
        return try await context.ledger.read { sql in
            let page = try filter.messages(after: start, before: end, limit: limit, in: sql)
            guard let first = page.first, let last = page.last else {
                return DestinationEndpoints.MessageListing(messages: [])
            }
            let (top, bottom) = (MessagePlace(first), MessagePlace(last))
            let isFirst = try filter.messages(before: top, limit: 1, in: sql).isEmpty
            let isLast = try filter.messages(after: bottom, limit: 1, in: sql).isEmpty
            return DestinationEndpoints.MessageListing(
                messages: page.map(DestinationEndpoints.QueuedMessage.init), before: isFirst ? nil : top.text,
                after: isLast ? nil : bottom.text)
        }
    }

    /// - Throws: `destination.noMessage`.
    func look(_ look: DestinationEndpoints.MessageLook) async throws -> DestinationEndpoints.MessageNeighbours {
        let filter = try await filter(look.receiver, look.state, look.olderSeconds)
        return try await context.ledger.read { sql in
            let message = try DestinationQueue.message(look.item, in: sql)
            let place = MessagePlace(message)
            return DestinationEndpoints.MessageNeighbours(
                message: .init(message), previous: try filter.messages(before: place, limit: 1, in: sql).first?.id,
                next: try filter.messages(after: place, limit: 1, in: sql).first?.id,
                ahead: try DestinationQueue.ahead(of: message, in: sql)?.id)
        }
    }

    private func filter(
        _ receiver: String?, _ state: DestinationEndpoints.Standing?, _ olderSeconds: Int64?
    ) async throws -> MessageFilter {
        let all = try await names()
        let seconds = min(max(0, olderSeconds ?? 0), Limits.outgoingMemoryDays * 86_400)
        return MessageFilter(
            destinations: receiver.map { name in all.filter { $0 == name } } ?? all,
            states: (state.map { [$0] } ?? DestinationEndpoints.Standing.allCases).map(\.state),
            madeBy: seconds > 0 ? context.now.advanced(byMilliseconds: -seconds * 1_000) : nil)
    }
}

extension DestinationEndpoints.QueuedMessage {
    init(_ message: WaitingMessage) {
        let state = DestinationEndpoints.Standing.allCases.first { $0.state == message.state } ?? .beside
        self.init(
            item: message.id, receiver: message.destination, kind: message.kind, controlID: message.controlID,
            state: state, madeAt: message.madeAt.description, changedAt: message.changedAt.description,
            due: state == .waiting ? message.due.description : nil, attempts: message.failures,
            sizeBytes: message.sizeBytes, code: message.words.code, reason: message.words.text,
            place: MessagePlace(message).text)
    }
}
