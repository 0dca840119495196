import Consultation
import Effects
import Ledgers
import Regions
package import Simulator
import Storage

extension ConsultationPlay {
    package func forge(_ forgery: Forgery, by thief: Thief) async throws -> [StolenKey.Item] {
        switch forgery {
        case .others: try await forgedEvents(by: thief)
        case .extremes: try inventedRequests(by: thief)
        case .many: []
        }
    }

    /// Requests that nobody made, with terms at the end of what terms may be and beyond it.
    private func inventedRequests(by thief: Thief) throws -> [StolenKey.Item] {
        try [Self.specialty, "nobody", "nobody"].map { specialty in
            let id = try ConsultationID("\(thief.key.node).X\(shared.random.number(below: 1 << 52))")
            journal.invent(id)
            let seconds = UInt32(shared.random.number(below: 31_536_000))
            let level = ServiceLevel(
                kind: Self.kind, name: "", specialty: specialty,
                claimSeconds: specialty == "nobody" ? seconds : Self.claimSeconds, reportSeconds: seconds,
                graceSeconds: seconds)
            let years = Int64(shared.random.number(below: 300)) - 150
            var fields = ConsultationFields(
                request: id, home: thief.key.node,
                terms: ConsultationTerms(
                    level, requestedTime: shared.time.wallTime.advanced(byMilliseconds: years * 31_536_000_000)))
            fields.organizationUnit = thief.key.node.rawValue
            let bytes = try fields.encoded()
            return thief.item(
                .consultationRequest, id.description,
                shared.random.number(below: 2) == 0 ? BentMessage.bend(bytes, shared.random) : bytes)
        }
    }

    /// The end of others' attempts, requests in others' names, and what was never claimed.
    private func forgedEvents(by thief: Thief) async throws -> [StolenKey.Item] {
        let mine = "\(thief.key.node)/"
        let events = try await thief.some(
            4,
            "SELECT entry FROM case_event WHERE workflow = 'consultation' AND substr(entry, 1, $1) <> $2 ORDER BY entry",
            [.integer(Int64(mine.utf8.count)), .text(mine)])
        return try events.filter { $0.author != thief.key.node }.map { event in
            var fields = try ConsultationFields(bytes: event.fields)
            guard event.kind != .consultationRequest else {
                fields.terms.claimSeconds = 1
                return thief.item(event.kind, event.subject, try fields.encoded())
            }
            fields.number += 1
            fields.follows = event.id
            fields.reason = EscalationReason.reportDeadline.rawValue
            let kinds: [EntryKind] = [
                .consultationEscalated, .consultationWithdrawn, .consultationClaimed, .consultationReported,
            ]
            return thief.item(
                shared.choice(kinds) ?? .consultationEscalated, event.subject, try fields.encoded(), causes: [event.id])
        }
    }
}
