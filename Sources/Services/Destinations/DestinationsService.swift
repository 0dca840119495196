package import Calls
import Effects
package import Ledgers
import Logging
package import Regions
package import ServiceKit
import Storage

/// Sends what services have for hospitals' own systems, each destination of the node's file with a queue of its own.
package struct DestinationsService: NodeService {
    package static let serviceName = "destinations"
    package static let projections: [any Projection] = [DestinationProjection()]
    package static let nodeSections: [any NodeFileSection.Type] = [DestinationsSection.self]
    package static let endpoints: [any EndpointSet.Type] = [DestinationEndpoints.self]
    package static let methods: [Method] = []

    let context: NodeContext
    private let list: DestinationList
    package let troubles = DestinationTroubles()
    /// Whoever has messages, once something is delivered.
    let sources = OutgoingSources()
    /// Woken when a queue has something new to look at.
    let news = Wakeup()

    package init(_ context: NodeContext) async throws {
        self.context = context
        list = DestinationList(context.settings.section(DestinationsSection.self).destinations)
    }

    /// Those of the node's file as it was read last.
    package var destinations: [Destination] { list.all }

    /// Takes what the node's file says now: what waits for one that it names no more stays, and is said.
    package func replace(_ destinations: [Destination]) { list.replace(destinations) }

    /// Puts what has waited too long beside, until the task is cancelled; what goes out needs ``deliver(_:from:)``.
    package func run() async throws {
        while true {
            let seen = list.changes.count
            guard !destinations.isEmpty else {
                await list.changes.wait(since: seen)
                try Task.checkCancellation()
                continue
            }
            _ = try await context.world.attempt("outgoing messages could not be tidied", logger: context.logger) {
                for destination in destinations { try await tidy(destination) }
            }
            try await context.world.time.sleep(milliseconds: Self.tidyMilliseconds)
        }
    }

    private static let tidyMilliseconds: Int64 = 60_000
    private static let retryMilliseconds: Int64 = 2_000

    /// Brings every destination what sources have for it, until the task is cancelled.
    ///
    /// Where the destinations are replaced, it begins again with the new ones: a message that was on its way goes once more.
    ///
    /// - Parameters:
    ///   - clients: gives them by the names of their destinations, asked whenever it begins.
    ///   - rule: when a message is tried again.
    /// - Throws: what stops the node.
    package func deliver(
        _ clients: @Sendable () -> [String: any DestinationClient], from sources: [any OutgoingSource],
        rule: DeliveryRule = DeliveryRule()
    ) async throws {
        self.sources.set(sources)
        while true {
            let seen = list.changes.count
            try await deliver(clients(), collector(of: sources), rule, untilChanged: seen)
            try Task.checkCancellation()
        }
    }

    private func deliver(
        _ clients: [String: any DestinationClient], _ collector: OutgoingCollector, _ rule: DeliveryRule,
        untilChanged seen: UInt64
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await collect(collector) }
            group.addTask { await list.changes.wait(since: seen) }
            for destination in collector.destinations {
                guard let client = clients[destination.name] else { continue }
                let run = run(destination, client, rule)
                group.addTask { try await run.run() }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func wantUnmade() async throws {
        let names = destinations.map(\.name)
        try await context.ledger.write(lane: .clinical) { transaction in
            for name in names { try DestinationQueue.wantUnmade(of: name, in: transaction.sql) }
        }
    }

    func collector(of sources: [any OutgoingSource]) -> OutgoingCollector {
        OutgoingCollector(
            destinations: destinations, sources: sources, context: context, troubles: troubles, news: news)
    }

    func run(_ destination: Destination, _ client: any DestinationClient, _ rule: DeliveryRule) -> DestinationRun {
        DestinationRun(
            destination: destination, client: client, ledger: context.ledger, troubles: troubles, news: news,
            world: context.world, logger: context.logger, rule: rule)
    }

    private func collect(_ collector: OutgoingCollector) async throws {
        var isStarted = false
        let changes = context.ledger.changes(of: collector.reads)
        while true {
            let seen = changes.count
            let isDone: Void? = try await context.world.attempt(
                "outgoing messages could not be collected", logger: context.logger
            ) { [isStarted] in
                if !isStarted { try await wantUnmade() }
                try await collector.collect()
            }
            isStarted = isStarted || isDone != nil
            if isDone == nil {
                try await context.world.time.sleep(milliseconds: Self.retryMilliseconds)
            } else {
                await changes.wait(
                    since: seen, orMilliseconds: Self.tidyMilliseconds, time: context.world.time)
                try Task.checkCancellation()
            }
        }
    }

    func tidy(_ destination: Destination) async throws {
        let bounds = destination.bounds
        let name = destination.name
        let (tooOld, forgotten) = try await context.ledger.write(lane: .clinical) { transaction in
            try DestinationQueue.tidy(name, bounds: bounds, at: transaction.now, in: transaction.sql)
        }
        for message in tooOld {
            context.logger.error(
                "a message waited too long; it lies beside the queue",
                metadata: ["destination": "\(name)", "message": "\(message.id)"])
        }
        if forgotten > 0 {
            context.logger.warning(
                "messages that lay beside a queue are forgotten",
                metadata: ["destination": "\(name)", "count": "\(forgotten)"])
        }
        if !tooOld.isEmpty { news.wake() }
    }

    /// Lets a message go again that is held or lies beside; one that could not be made is made anew.
    ///
    /// Of an item such as `earlier/reports`, or `earlier/reports/2026-11-20`, everything goes that is held, or was written
    /// since then.
    ///
    /// - Parameter actor: who does it; it is written to the operators' acts, as is whatever follows here.
    /// - Throws: `destination.noMessage`, `destination.notNamed`, `destination.replaced`.
    package func resend(_ id: String, by actor: String = OperatorAct.nodeUser) async throws {
        if let earlier = EarlierMessages(id) { return try await settle(earlier, id, .messageResent, actor, "") }
        guard isNamed(id) else { throw Self.notNamed(id) }
        try await act(.messageResent, id, by: actor) { try DestinationQueue.resend(id, at: $0, in: $1) }
    }

    /// Keeps a message that waits, and its patient's later ones behind it, until somebody releases it.
    ///
    /// - Throws: `destination.noMessage`, `destination.notWaiting`.
    package func hold(_ id: String, because reason: OperatorReason, by actor: String) async throws {
        try await act(.messageHeld, id, by: actor, reason.text) {
            try DestinationQueue.hold(id, reason: reason.text, at: $0, in: $1)
        }
    }

    /// Lets a message go on that is held, whoever held it.
    ///
    /// - Throws: `destination.noMessage`, `destination.notNamed`, `destination.notWaiting`, `destination.replaced`.
    package func release(_ id: String, by actor: String) async throws {
        guard isNamed(id) else { throw Self.notNamed(id) }
        try await act(.messageReleased, id, by: actor) { try DestinationQueue.release(id, at: $0, in: $1) }
    }

    private func isNamed(_ id: String) -> Bool { destinations.contains { id.hasPrefix($0.name + "/") } }

    private static func notNamed(_ id: String) -> Failure {
        Failure(
            "destination.notNamed", "the node's file names no such destination any more", place: id,
            remedy: "name it again, or drop its messages")
    }

    /// Changes a message and writes who did it, both or neither.
    private func act(
        _ action: OperatorAct.Action, _ id: String, by actor: String, _ reason: String = "",
        _ change: @escaping @Sendable (WallTime, any SQLTransaction) throws -> Void
    ) async throws {
        try await context.ledger.write(lane: .clinical) { transaction in
            try change(transaction.now, transaction.sql)
            try OperatorAct(action, id, by: actor, reason: reason, at: transaction.now).write(in: transaction.sql)
        }
        news.wake()
    }

    private func settle(
        _ earlier: EarlierMessages, _ id: String, _ action: OperatorAct.Action, _ actor: String, _ reason: String
    ) async throws {
        let sources = sources.all
        let asDue = action == .messageResent
        let count = try await context.ledger.write(lane: .clinical) { transaction in
            let count = try sources.reduce(0) { count, source in
                try count
                    + source.settleHeld(earlier.kind, asDue: asDue, since: earlier.since ?? .epoch, in: transaction)
            }
            if count > 0 {
                try OperatorAct(action, id, by: actor, reason: reason, at: transaction.now).write(in: transaction.sql)
            }
            return count
        }
        guard count > 0 else { throw DestinationQueue.noMessage(id) }
        context.logger.notice(
            asDue ? "messages that were held go out" : "messages that were held are taken out",
            metadata: ["kind": "\(earlier.kind.rawValue)", "count": "\(count)"])
    }

    /// Takes a message out for good; of an item such as `earlier/reports` everything that is held.
    ///
    /// - Throws: `destination.noMessage`.
    package func drop(
        _ id: String, because reason: String = "", by actor: String = OperatorAct.nodeUser
    ) async throws {
        if let earlier = EarlierMessages(id) { return try await settle(earlier, id, .messageDropped, actor, reason) }
        try await act(.messageDropped, id, by: actor, reason) { try DestinationQueue.drop(id, at: $0, in: $1) }
        context.logger.warning("an operator dropped an outgoing message", metadata: ["message": "\(id)"])
    }
}
