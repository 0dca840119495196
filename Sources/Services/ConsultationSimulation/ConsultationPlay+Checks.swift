import Consultation
import Effects
import Ledgers
import NodeRuntime
import Regions
package import Simulator
package import Storage
import WorkflowKit

extension ConsultationPlay {
    package func checkTold() async throws {
        try await requests()
        claims()
    }

    /// No request is forgotten: its requester, a home and the dispatcher know of it, and its course has come to an end.
    private func requests() async throws {
        for request in journal.requests where !journal.lost.contains(request) {
            guard let member = shared.region.member(request.requester), let county = member.parent else { continue }
            for id in [request.requester, county] {
                guard let running = shared.node(id)?.node else { continue }
                guard let record = try? await running.service(ConsultationService.self).show(request) else {
                    shared.verdict.violation("forgotten", "\(id) does not know the request \(request)")
                    continue
                }
                if record.attempts.isEmpty {
                    shared.verdict.violation("forgotten", "nobody has taken on \(request), says \(id)")
                }
                if record.isOpen && !record.isReported && !record.isUnserved {
                    shared.verdict.violation(
                        "forgotten",
                        "\(request) is \(record.state) for ever, says \(id); \(await told(of: request))")
                }
            }
        }
    }

    /// What each node has of a request, for whoever looks for the reason.
    private func told(of request: ConsultationID) async -> String {
        var lines: [String] = []
        for node in shared.nodes {
            guard let running = node.node,
                let record = try? await running.service(ConsultationService.self).show(request)
            else { continue }
            let attempts = record.attempts.map { attempt in
                let steps = attempt.steps.map { "\($0.event?.rawValue ?? "request") by \($0.entry)" }
                let refused = attempt.refusedSteps.map { "\($0.event?.rawValue ?? "request") by \($0.entry) refused" }
                return "\(attempt.number) at \(attempt.home): " + (steps + refused).joined(separator: ", ")
            }
            lines.append("\(node.id) has attempt " + attempts.joined(separator: "; attempt "))
        }
        return lines.joined(separator: " | ")
    }

    /// At most one expert was told that an attempt is his, unless the home's disk was put back in between.
    private func claims() {
        let groups = Dictionary(grouping: journal.claims) { "\($0.request) \($0.attempt) \($0.home)" }
        for (name, claims) in groups.sorted(by: { $0.key < $1.key }) {
            for one in claims {
                guard
                    let other = claims.first(where: { $0.expert != one.expert && $0.homeRestores == one.homeRestores })
                else { continue }
                shared.verdict.violation("claim", "\(name) was given to \(one.expert) and to \(other.expert)")
                break
            }
        }
    }

    package func foreign(in sql: any SQLTransaction) throws -> [String] {
        let rows = try sql.rows(
            "SELECT entry, kind, fields FROM case_event WHERE workflow = 'consultation' ORDER BY entry", [])
        return try rows.compactMap { row in
            let (entry, fields) = (try EntryID(try row.text(0)), try ConsultationFields(bytes: try row.bytes(2)))
            let kind = EntryKind(UInt32(truncatingIfNeeded: try row.integer(1)))
            return isTheirs(entry.author, kind, fields) ? nil : "\(entry) is an event of \(fields.request)"
        }
    }

    private func isTheirs(_ author: NodeID, _ kind: EntryKind, _ fields: ConsultationFields) -> Bool {
        switch kind {
        case .consultationRequest: return author == fields.request.requester
        case .consultationOpened where fields.attempt > 1: return shared.region.member(author)?.tier == .dispatcher
        case .consultationOpened:
            let requester = shared.region.member(fields.request.requester)
            return author == fields.home && author == (requester?.tier == .township ? requester?.parent : requester?.id)
        case .consultationClaimed, .consultationReported:
            let roster = shared.region.configuration.roster(at: fields.home)?.experts ?? []
            return author == fields.home
                && roster.contains { $0.id == fields.actor && $0.node == fields.actorNode }
        default: return author == fields.home
        }
    }

    package func obstacle(at node: SimulatedNode) async throws -> String? {
        guard node.tier != .township, let running = node.node else { return nil }
        let now = shared.time.wallTime
        for record in try await running.service(ConsultationService.self).list()
        where !journal.invented.contains(record.id) {
            for attempt in record.attempts where attempt.home == node.id {
                guard let due = attempt.deadline else { continue }
                return "\(record.id) attempt \(attempt.number) is \(attempt.state) at \(node.id)"
                    + (due < now ? ", overdue" : "")
            }
        }
        return nil
    }
}
