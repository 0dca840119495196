import Calls
package import Effects
import Ledgers
import Logging
package import Regions
import Synchronization

/// Counts at one node who looks up how many persons: by practitioner, by hospital system, by node.
///
/// Every node counts what it is asked, its own people's questions and its neighbours'; a node that does not count for
/// itself is counted by the next one. In memory, bounded; whoever was not heard of for longest is forgotten first.
package final class AccessMeter: Sendable {
    /// Somebody whose questions are counted together.
    package struct Asker: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable, CaseIterable {
            case practitioner
            case system
            case node
        }

        package var kind: Kind
        package var node: NodeID
        /// The practitioner's unit and name, the system's name; empty for a node.
        package var name: String

        package var description: String {
            name.isEmpty ? "\(kind.rawValue) \(node)" : "\(kind.rawValue) \(name) at \(node)"
        }

        func limit(_ rates: AccessRates) -> UInt32 {
            switch kind {
            case .practitioner: rates.practitioner
            case .system: rates.system
            case .node: rates.node
            }
        }
    }

    /// An asker who passes the limit, and since when.
    package struct Spell: Sendable {
        package var asker: Asker
        package var since: WallTime
        /// How often since then.
        package var count: Int
    }

    /// What was charged for a question; whoever answers that nobody is known by it says so.
    package struct Ticket: Sendable {
        fileprivate var askers: [Asker]
    }

    /// What becomes of a question.
    struct Verdict {
        /// Whose limit it passes, where it is not answered.
        var refused: Asker?
        /// Whose spell begins with it.
        var opened: [Asker] = []
        var ticket = Ticket(askers: [])
    }

    private let counts = Mutex<[Asker: AccessCount]>([:])
    private let time: any TimeSource

    package init(time: any TimeSource) {
        self.time = time
    }

    /// Charges a question, or refuses it; an emergency may pass the limit once more, for care must not wait.
    func ask(_ statement: AccessStatement, rates: AccessRates) -> Verdict {
        let (now, wall) = (time.monotonicTime, time.wallTime)
        let (keys, factor) = (statement.patientKeys, statement.asking.purpose == .emergency ? Int64(2) : 1)
        let askers = Self.askers(of: statement)
        return counts.withLock { counts in
            var verdict = Verdict()
            var costs: [Int] = []
            for asker in askers {
                let limit = asker.limit(rates)
                var count = counts[asker] ?? AccessCount(now: now)
                count.advance(to: now, limit: limit)
                let cost = count.cost(of: keys)
                costs.append(cost)
                if count.isOver(cost, limit: limit), count.passed(at: now, wall) { verdict.opened.append(asker) }
                if count.isOver(cost, limit: limit, times: factor) { verdict.refused = verdict.refused ?? asker }
                counts[asker] = count
            }
            if verdict.refused == nil {
                for (asker, cost) in zip(askers, costs) where cost > 0 {
                    counts[asker]?.charge(cost, for: keys)
                    verdict.ticket.askers.append(asker)
                }
            }
            Self.forget(&counts)
            return verdict
        }
    }

    /// Whom a question was about is known to nobody; that counts for more, once.
    func missed(_ ticket: Ticket, rates: AccessRates) {
        counts.withLock { counts in
            for asker in ticket.askers { counts[asker]?.missed(Int64(rates.miss) - 1, limit: asker.limit(rates)) }
        }
    }

    /// Who passes a limit at this time, the first to begin first.
    package var spells: [Spell] {
        let now = time.monotonicTime
        return counts.withLock { counts in
            counts.compactMap { asker, count in
                guard count.isPassing(at: now), let since = count.since else { return nil }
                return Spell(asker: asker, since: since, count: count.refused)
            }
        }.sorted { ($0.since, $0.asker.description) < ($1.since, $1.asker.description) }
    }

    /// How many askers are counted now.
    var askers: Int { counts.withLock { $0.count } }

    private static func askers(of statement: AccessStatement) -> [Asker] {
        let (asking, node) = (statement.asking, statement.node)
        let unit = asking.organizationUnit.isEmpty ? "" : " (" + asking.organizationUnit + ")"
        var askers = [
            Asker(kind: .practitioner, node: node, name: asking.practitioner + unit),
            Asker(kind: .node, node: node, name: ""),
        ]
        if !asking.system.isEmpty { askers.insert(Asker(kind: .system, node: node, name: asking.system), at: 1) }
        return askers
    }

    /// Keeps the number of counts bounded: a quarter goes at a time, those used longest ago, which costs little each.
    private static func forget(_ counts: inout [Asker: AccessCount]) {
        guard counts.count > Limits.meteredAskers else { return }
        let eldest = counts.sorted { $0.value.usedAt < $1.value.usedAt }.prefix(Limits.meteredAskers / 4)
        for (asker, _) in eldest { counts[asker] = nil }
    }
}

extension NodeContext {
    /// Lets a question about a person in, whose statement was checked, unless whoever asks asks for too many.
    ///
    /// With the first that is too many an alert opens: an audit record, a line of the log, a concern of the node.
    ///
    /// - Throws: `access.tooMany`.
    package func admit(_ signed: SignedAccessStatement, caller: NodeID?) async throws -> AccessMeter.Ticket {
        let verdict = meter.ask(signed.statement, rates: region.current.access.rates)
        for asker in verdict.opened {
            logger.warning(
                "somebody looks up more persons than may be; see `audit list --alerts`",
                metadata: ["asker": "\(asker.description)", "statement": "\(signed.statement.id)"])
            try await audit.record(
                AuditRecord(
                    signed, action: "access.alert." + asker.kind.rawValue, caller: caller, outcome: .alert))
        }
        guard let refused = verdict.refused else { return verdict.ticket }
        throw Failure(
            "access.tooMany", "\(refused.description) has looked up more persons than may be in ten minutes",
            remedy: "wait some minutes; persons who were looked up before are still answered")
    }

    /// Says that nobody was known by what a question asked for.
    package func missed(_ ticket: AccessMeter.Ticket) {
        meter.missed(ticket, rates: region.current.access.rates)
    }
}

extension Limits {
    /// Patient keys of one question: a person's identifiers in all epochs.
    package static let questionKeys = 64
    /// Practitioners, systems and nodes whose questions one node counts.
    static let meteredAskers = 4_096
}
