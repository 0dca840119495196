import Effects
import Ledgers
import Logging

/// Brings one destination its messages, one after the other, until the task is cancelled.
///
/// A patient's message that the system fails over is tried again later, and the others go meanwhile; where the system
/// itself is away, or fails over one message after the other, all wait. What is decided is on the disk before the next one
/// goes.
struct DestinationRun: Sendable {
    let destination: Destination
    let client: any DestinationClient
    let ledger: Ledger
    let troubles: DestinationTroubles
    let news: Wakeup
    let world: World
    let logger: Logger
    var rule = DeliveryRule()

    /// How long nothing is looked at where nothing happens.
    private static let idleMilliseconds: Int64 = 60_000
    /// After a write that failed.
    private static let retryMilliseconds: Int64 = 2_000

    /// - Throws: what stops the node.
    func run() async throws {
        var pauses = 0
        while true {
            try Task.checkCancellation()
            let seen = news.count
            let turn = try await world.attempt("messages of a destination could not be looked at", logger: logger) {
                try await self.turn(pauses: pauses)
            }
            switch turn {
            case .went: pauses = 0
            case .idle(let milliseconds):
                await news.wait(since: seen, orMilliseconds: milliseconds, time: world.time)
            case .away(let milliseconds):
                pauses += 1
                try await world.time.sleep(milliseconds: milliseconds)
            case nil: try await world.time.sleep(milliseconds: Self.retryMilliseconds)
            }
        }
    }

    /// What one look at the queue came to.
    enum Turn: Equatable {
        /// A message went, or its fate is decided.
        case went
        /// Nothing may go before so many milliseconds have passed, unless something new comes.
        case idle(Int64)
        /// The system is away; so long nothing goes.
        case away(Int64)
    }

    /// Looks which message is next and sends it.
    func turn(pauses: Int) async throws -> Turn {
        let name = destination.name
        let streak = troubles.streak(of: name)
        let next = try await ledger.read {
            try DestinationQueue.next(of: name, isInDoubt: streak.isInDoubt, in: $0)
        }
        guard let message = next else { return .idle(Self.idleMilliseconds) }
        let left = message.due.milliseconds(since: world.time.wallTime)
        guard left <= 0 else { return .idle(min(left, Self.idleMilliseconds)) }
        let outcome = try await client.send(message)
        let now = world.time.wallTime
        let standing = streak.standing(of: message, pauses: pauses)
        let step = rule.step(after: outcome, standing, random: world.random)
        troubles.note(outcome, of: message.number, at: name, now: now)
        if case .pause(let milliseconds, let behind, let words) = step {
            let until = now.advanced(byMilliseconds: milliseconds)
            if troubles.note(words, at: name, now: now, until: until) {
                logger.warning(
                    "a destination takes nothing now", metadata: ["destination": "\(name)", "reason": "\(words.code)"])
            }
            if behind != nil { try await take(step, message) }
            return .away(milliseconds)
        }
        if troubles.clear(name) {
            logger.notice("a destination is reached again", metadata: ["destination": "\(name)"])
        }
        say(step, message)
        try await take(step, message)
        return .went
    }

    private func take(_ step: DeliveryRule.Step, _ message: WaitingMessage) async throws {
        try await ledger.write(lane: .clinical) { transaction in
            try DestinationQueue.take(step, about: message, at: transaction.now, in: transaction.sql)
        }
    }

    private func say(_ step: DeliveryRule.Step, _ message: WaitingMessage) {
        var metadata: Logger.Metadata = ["destination": "\(destination.name)", "message": "\(message.id)"]
        switch step {
        case .delivered: logger.debug("a message was delivered", metadata: metadata)
        case .putBeside(let words):
            metadata["code"] = "\(words.code)"
            logger.error("a hospital's system refused a message; it lies beside the queue", metadata: metadata)
        case .hold(let words):
            metadata["code"] = "\(words.code)"
            logger.error("a hospital's system failed over a message too often; it is held", metadata: metadata)
        case .tryAgain(_, _, let words), .pause(_, _, let words):
            metadata["code"] = "\(words.code)"
            logger.info("a message is tried again", metadata: metadata)
        }
    }
}
