import Effects
import Ledgers
import Logging
import ServiceKit

/// Takes what sources have for hospitals' systems and puts it into the queues of those that want it.
///
/// A message is marked at its source in the transaction that puts it: it is never lost between the two and never put
/// twice. Where a queue is full, it stays due at its source, and so does everything behind it for that destination.
struct OutgoingCollector: Sendable {
    let destinations: [Destination]
    let sources: [any OutgoingSource]
    let context: NodeContext
    let troubles: DestinationTroubles
    let news: Wakeup

    /// What one round has found out so far.
    private struct Round {
        /// Destinations that take nothing more.
        var full: Set<String> = []
        /// Patients of whom something stays at its source: what is behind it stays there too.
        var patients: Set<String> = []
    }

    /// What a round reads: what sources have, and the queues, where there may be room again and something to be made anew.
    var reads: Set<LedgerPart> {
        sources.reduce(into: [.table("outgoing_message"), .table("outgoing_load")]) { $0.formUnion($1.reads) }
    }

    /// One round over everything that is due.
    func collect() async throws {
        var round = Round()
        for destination in destinations { try await remake(destination, &round) }
        for source in sources {
            var last = Int64.min
            while true {
                let page = try await source.dueMessages(after: last, limit: Limits.outgoingPageCount)
                for notice in page {
                    last = notice.position
                    try await take(notice, from: source, &round)
                }
                // Where no destination has room, nothing behind can go either.
                guard page.count == Limits.outgoingPageCount, round.full.count < max(1, destinations.count) else {
                    break
                }
            }
        }
        let (new, over) = troubles.setFull(round.full, now: context.now)
        for name in new {
            context.logger.error(
                "as much waits for a destination as may; what comes stays at its source until there is room",
                metadata: ["destination": "\(name)"])
        }
        for name in over {
            context.logger.notice("there is room again in a destination's queue", metadata: ["destination": "\(name)"])
        }
    }

    private func take(
        _ notice: OutgoingNotice, from source: any OutgoingSource, _ round: inout Round
    ) async throws {
        let wanting = receivers(of: notice)
        guard wanting.isEmpty || wanting.contains(where: { !round.full.contains($0.name) }) else { return }
        guard wanting.isEmpty || round.patients.isDisjoint(with: notice.patients) else {
            return round.patients.formUnion(notice.patients)
        }
        let missing = try await missing(notice, at: wanting, &round.full)
        let due = missing.filter { !round.full.contains($0.name) }
        var drafts: [OutgoingPacking.Packed] = []
        if !due.isEmpty {
            switch try await content(of: notice, from: source, for: due.map(\.name)) {
            case .later: return round.patients.formUnion(notice.patients)
            case .nothing: break
            case .content(let content): drafts = due.compactMap { packing.pack(notice, content, for: $0) }
            case .never(let words): drafts = due.map { packing.unpackable(notice, words, for: $0) }
            }
        }
        let isBlocked = due.count < missing.count
        let packed = drafts
        // A commit of this begins another round: where nothing is to be written, nothing is.
        guard !packed.isEmpty || !isBlocked else { return }
        let blocked = try await context.ledger.write(
            lane: .clinical, sizeBytes: packed.reduce(500) { $0 + $1.sizeBytes }
        ) {
            transaction -> [String: DestinationTroubles.Load] in
            var blocked: [String: DestinationTroubles.Load] = [:]
            for item in packed {
                let putting = try DestinationQueue.put(
                    item.draft, bounds: item.bounds, problem: item.problem, at: transaction.now, in: transaction.sql)
                if putting == .full {
                    let name = item.draft.destination
                    blocked[name] = .init(try DestinationQueue.load(of: name, in: transaction.sql))
                }
            }
            if blocked.isEmpty, !isBlocked { try source.mark(notice, in: transaction) }
            return blocked
        }
        round.full.formUnion(blocked.keys)
        for (name, load) in blocked { troubles.noteNoRoom(name, load) }
        if blocked.count < packed.count { news.wake() }
    }

    /// Makes anew what could not be made before, where somebody wants it.
    private func remake(_ destination: Destination, _ round: inout Round) async throws {
        let name = destination.name
        let wanted = try await context.ledger.read {
            try DestinationQueue.wanted(of: name, limit: Limits.outgoingPageCount, in: $0)
        }
        for message in wanted where !round.full.contains(name) {
            guard let (notice, source) = try await origin(of: message) else {
                try await keepUnmade(message, .init(code: message.words.code, text: "its source has it no more"))
                continue
            }
            let packed: OutgoingPacking.Packed?
            switch try await content(of: notice, from: source, for: [name]) {
            case .later: continue
            case .nothing: packed = nil
            case .content(let content): packed = packing.pack(notice, content, for: destination)
            case .never(let words): packed = packing.unpackable(notice, words, for: destination)
            }
            if let problem = packed?.problem {
                try await keepUnmade(message, problem)
                continue
            }
            let putting = try await context.ledger.write(lane: .clinical, sizeBytes: 500 + (packed?.sizeBytes ?? 0)) {
                transaction -> DestinationQueue.Putting in
                guard let packed else {
                    // There is nothing left to be said, such as where a later version has gone.
                    try DestinationQueue.drop(message.id, at: transaction.now, in: transaction.sql)
                    return .known
                }
                return try DestinationQueue.remake(
                    message, as: packed.draft, bounds: packed.bounds, at: transaction.now, in: transaction.sql)
            }
            if putting == .full { round.full.insert(name) }
            if putting == .put { news.wake() }
        }
    }

    private func keepUnmade(_ message: WaitingMessage, _ problem: DeliveryOutcome.Words) async throws {
        try await context.ledger.write(lane: .clinical) { transaction in
            try DestinationQueue.keepUnmade(message, problem, at: transaction.now, in: transaction.sql)
        }
    }

    private func origin(
        of message: WaitingMessage
    ) async throws -> (notice: OutgoingNotice, source: any OutgoingSource)? {
        for source in sources {
            if let notice = try await source.message(message.key) { return (notice, source) }
        }
        return nil
    }

    /// The receivers that have not got a message yet.
    ///
    /// Those that have no room are found out here, before what the message says is asked for: each asking is an access to
    /// the patient's data and stands in the audit ledger.
    private func missing(
        _ notice: OutgoingNotice, at wanting: [Destination], _ full: inout Set<String>
    ) async throws -> [Destination] {
        let (key, troubles) = (notice.key, troubles)
        let (missing, noRoom) = try await context.ledger.read { sql in
            let missing = try wanting.filter { try !DestinationQueue.isKnown(key, at: $0.name, in: sql) }
            let noRoom = try missing.filter { destination in
                let load = DestinationTroubles.Load(try DestinationQueue.load(of: destination.name, in: sql))
                return load.count >= destination.bounds.messages || load.bytes >= destination.bounds.bytes
                    || troubles.hasNoRoom(destination.name, load)
            }
            return (missing, noRoom.map(\.name))
        }
        full.formUnion(noRoom)
        return missing
    }

    private var packing: OutgoingPacking { OutgoingPacking(world: context.world) }

    private enum Answer {
        case content(OutgoingContent)
        case nothing
        case later
        case never(DeliveryOutcome.Words)
    }

    /// A fault of this program in one message is no reason to keep the others back: it lies beside, and is made anew when a
    /// program comes that can.
    ///
    /// - Throws: what stops the node.
    private func content(
        of notice: OutgoingNotice, from source: any OutgoingSource, for systems: [String]
    ) async throws -> Answer {
        do {
            return try await source.content(of: notice, for: systems).map(Answer.content) ?? .nothing
        } catch let failure as Failure where failure.stopsTheNode {
            throw failure
        } catch let failure as Failure where FailureCatalogue.foundation.class(of: failure.code) == .retry {
            return .later
        } catch let failure as Failure {
            context.logger.error("a message for a hospital cannot be made", metadata: ["code": "\(failure.code)"])
            return .never(.init(code: failure.code.rawValue, text: failure.message))
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            context.logger.error("a message for a hospital cannot be made", metadata: ["error": "\(type(of: error))"])
            return .never(.init(code: "fault", text: "the program failed over it: see the node's log"))
        }
    }

    private func receivers(of notice: OutgoingNotice) -> [Destination] {
        let region = context.region.current
        return destinations.filter {
            $0.wants.contains(notice.kind) && $0.institution.unit(in: region)?.id.rawValue == notice.institution
        }
    }
}
