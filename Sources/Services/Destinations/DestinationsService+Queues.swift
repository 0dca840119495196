import Effects
package import ServiceKit
import Storage

extension DestinationsService: QueueOffer {
    /// What the list of everything that waits calls these queues.
    package static let queueName = "messages to the hospital"

    package func queues() async throws -> [OfferedQueue] {
        var queues: [OfferedQueue] = []
        for name in try await names() {
            let (load, oldest, next, held) = try await context.ledger.read { sql in
                (
                    try DestinationQueue.load(of: name, in: sql), try DestinationQueue.oldest(of: name, in: sql),
                    try DestinationQueue.next(of: name, in: sql),
                    try DestinationQueue.messages(.held, of: name, limit: 1, in: sql).first
                )
            }
            guard load.count > 0 else { continue }
            queues.append(
                OfferedQueue(
                    receiver: name, what: Self.queueName, count: load.count, bytes: load.bytes,
                    oldest: oldest, reason: reason(name, next, held: held)))
        }
        return queues
    }

    /// Those of the node's file, and those that it names no more and that still have something here.
    func names() async throws -> [String] {
        let own = destinations.map(\.name)
        let stored = try await context.ledger.read { try DestinationQueue.destinations(in: $0) }
        return own + stored.filter { !own.contains($0) }
    }

    private func reason(_ name: String, _ next: WaitingMessage?, held: WaitingMessage?) -> String {
        guard destinations.contains(where: { $0.name == name }) else {
            return "the node's file names no destination '\(name)' any more"
        }
        let full = troubles.fullSince(name).map { "; full since \($0.chinaText), more stays at its source" } ?? ""
        if let trouble = troubles.trouble(of: name) {
            return "not reached since \(trouble.since.chinaText): \(trouble.words.text) [\(trouble.words.code)], tried "
                + "again at \(trouble.until.chinaText)\(full)"
        }
        guard let next else {
            let last = held.map { ": \($0.id), \($0.words.text) [\($0.words.code)]" } ?? ""
            return "everything waits behind messages that are held\(last)\(full)"
        }
        guard next.failures > 0 else { return "on its way\(full)" }
        return
            "the system failed over \(next.id) \(next.failures) times: \(next.words.text) [\(next.words.code)], tried "
            + "again at \(next.due.chinaText)\(full)"
    }

    package func stuckItems(limit: Int) async throws -> [OfferedItem] {
        var items: [OfferedItem] = []
        for name in try await names() {
            let (held, beside) = try await context.ledger.read { sql in
                (
                    try DestinationQueue.messages(.held, of: name, limit: limit, in: sql),
                    try DestinationQueue.messages(.beside, of: name, limit: limit, in: sql)
                )
            }
            items += held.map { item($0, .stopped) } + beside.map { item($0, .refused) }
        }
        return try await earlier().map(EarlierMessages.item) + items
    }

    /// What sources hold of what some destination wants.
    private func earlier() async throws -> [HeldMessages] {
        let wanted = destinations.reduce(into: Set<OutgoingKind>()) { $0.formUnion($1.wants) }
        var found: [HeldMessages] = []
        for source in sources.all { found += try await source.heldMessages() }
        return found.filter { wanted.contains($0.kind) }
    }

    private func item(_ message: WaitingMessage, _ state: OfferedItem.State) -> OfferedItem {
        let behind = state == .stopped ? "; the patient's later messages wait behind it" : ""
        // By its number the hospital finds it, and its own words about it, in the log of its system.
        let number = message.controlID.isEmpty ? "" : " (MSH-10 \(message.controlID))"
        return OfferedItem(
            state: state, item: message.id, receiver: message.destination, since: message.changedAt,
            code: message.words.code, reason: "\(message.kind)\(number): \(message.words.text)\(behind)",
            wayOut: message.sizeBytes > 0
                ? "mend what the reason says, then `yilian queue resend`; or `yilian queue drop`"
                : "it could not be made: mend what the reason says, then `yilian queue resend`, or start the node again, "
                    + "makes it anew; or `yilian queue drop`")
    }

    package func concerns() async throws -> [String] {
        var concerns = try await earlier().map { held in
            "\(held.count) \(held.kind.rawValue) for hospitals' systems came here long after they were written and are not "
                + "sent: see `queue show`"
        }
        for name in try await names() {
            let counts = try await counts(name)
            if let since = troubles.fullSince(name) {
                concerns.append(
                    "the queue of '\(name)' is full since \(since.chinaText): what comes stays at its source")
            }
            if let trouble = troubles.trouble(of: name) {
                concerns.append(
                    "the hospital's system '\(name)' is not reached since \(trouble.since.chinaText) [\(trouble.words.code)]"
                )
            }
            if counts.untaken > 0 {
                concerns.append(
                    "\(counts.untaken) messages to '\(name)' were tried often and not taken: see `queue why`")
            }
            if counts.held > 0 { concerns.append("\(counts.held) messages to '\(name)' are held: see `queue show`") }
            if counts.beside > 0 {
                concerns.append("\(counts.beside) messages to '\(name)' lie beside its queue: see `queue show`")
            }
            if counts.waiting > 0, !destinations.contains(where: { $0.name == name }) {
                concerns.append("messages wait for '\(name)', which the node's file does not name")
            }
        }
        return concerns
    }
}

extension DestinationsService: FigureOffer {
    package func figures() async throws -> [ServiceFigure] {
        var figures: [ServiceFigure] = []
        for destination in destinations {
            let name = destination.name
            let labels = [(name: "destination", value: name)]
            let counts = try await counts(name)
            let (load, oldest) = try await context.ledger.read {
                (try DestinationQueue.load(of: name, in: $0), try DestinationQueue.oldest(of: name, in: $0))
            }
            let age = oldest.map { max(0, Double(context.now.milliseconds(since: $0)) / 1_000) } ?? 0
            let trouble = troubles.trouble(of: name)
            for (state, count) in [("waiting", counts.waiting), ("held", counts.held), ("beside", counts.beside)] {
                figures.append(
                    ServiceFigure(
                        "yilian_destination_messages", "Messages to a hospital's system, by where they stand.",
                        Double(count), labels: labels + [(name: "state", value: state)]))
            }
            figures += [
                ServiceFigure(
                    "yilian_destination_oldest_age_seconds", "Age of the oldest message that waits; 0 where none does.",
                    age, labels: labels),
                ServiceFigure(
                    "yilian_destination_queue_bytes", "Bytes of the messages that wait.", Double(load.bytes),
                    labels: labels),
                ServiceFigure(
                    "yilian_destination_reached", "Whether the system took or answered the last message; 1 is yes.",
                    trouble == nil ? 1 : 0, labels: labels),
                ServiceFigure(
                    "yilian_destination_full", "Whether its queue takes nothing more; 1 is yes.",
                    troubles.fullSince(name) == nil ? 0 : 1, labels: labels),
            ]
        }
        return figures
    }

    private func counts(_ name: String) async throws -> (waiting: Int, held: Int, beside: Int, untaken: Int) {
        try await context.ledger.read { try DestinationQueue.counts(of: name, in: $0) }
    }
}
