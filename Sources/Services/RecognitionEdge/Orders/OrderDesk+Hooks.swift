import EdgeKit
import Effects
import FHIR
import Foundation
import Recognition
import Regions
import ServiceKit

extension OrderDesk {
    func hook(_ service: String, _ call: EdgeCall) async throws -> EdgeResponse {
        let ground = try call.ground()
        let hooked = try await hookRequest(call)
        guard service == "yilian-" + hooked.hook else {
            throw Failure(
                "hook.malformed", "the body's hook is \(hooked.hook), which this service does not serve",
                remedy: "call /cds-services/yilian-\(hooked.hook)")
        }
        let rules = recognition.rulebook.current
        guard !hooked.orders.isEmpty else { return try Self.json(CDSCards.nothing(hooked.notes)) }
        guard !hooked.patient.identifiers.isEmpty, !rules.rules.items.isEmpty else {
            return try Self.json(CDSCards.nothing(hooked.notes + [Self.reason(hooked)]))
        }
        let unit = try OrgUnitID(call.principal.institution)
        // A coding that the catalogue knows speaks for its order; the others are other words for it.
        let chosen = hooked.orders.compactMap { order in
            order.codings.first { rules.resolve(codes: [(system: $0.system, code: $0.code)], unit: unit) != nil }
                ?? order.codings.first
        }
        let match = try await recognition.match(
            MatchOrder(unit: unit, codes: chosen, person: hooked.patient), ground,
            about: hooked.patient.identifiers)
        let resources = Dictionary(
            zip(chosen.map(\.code), hooked.orders.map(\.reference)), uniquingKeysWith: { first, _ in first })
        noteForLinks(match, hooked.patient.identifiers, call, ground)
        let cards = CDSCards(rules: rules.rules, baseURL: call.request.baseURL, resources: resources)
        return try Self.json(cards.answer(match, notes: hooked.notes))
    }

    /// - Throws: a refusal with 412 where the patient was to be prefetched and is missing, as CDS Hooks has it.
    private func hookRequest(_ call: EdgeCall) async throws -> HookRequest {
        let bytes = try await call.body(limitBytes: Limits.orderBodyBytes)
        do { return try HookRequest(bytes, now: results.now) } catch let failure as Failure
            where failure.code == "hook.noPrefetch"
        {
            throw PlainRefusal(412, failure)
        }
    }

    /// Why nothing can be looked for, although something is ordered.
    private static func reason(_ call: HookRequest) -> BilingualText {
        call.patient.identifiers.isEmpty
            ? BilingualText(
                "患者没有可用的标识，未查询。", "The patient has no identifier that tells who it is; nothing was looked for.")
            : BilingualText("本区域尚未发布互认目录。", "The region has no recognition catalogue.")
    }

    /// What feedback came to.
    struct FeedbackAnswer: Encodable {
        /// Feedback that is no decision, and why.
        struct Refused: Encodable {
            var card: String
            var problem: ProblemInfo

            private enum CodingKeys: String, CodingKey { case card }

            /// The problem with the card beside its code.
            func encode(to encoder: any Encoder) throws {
                try problem.encode(to: encoder)
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(card, forKey: .card)
            }
        }

        var decisions: [DecisionInfo] = []
        var refused: [Refused]?
    }

    /// Feedback on cards as decisions: accepted is recognised, overridden is repeated with its reason.
    ///
    /// One that is refused stops no other and is named in the answer; where all are, the first says why.
    func feedback(_ call: EdgeCall) async throws -> EdgeResponse {
        let ground = try call.ground()
        let feedback: CDSHooks.Feedback = try await Self.read(call)
        var answer = FeedbackAnswer()
        var first: Failure?
        for item in feedback.feedback.prefix(Limits.orderItems) {
            do {
                if let decision = try await decide(item, ground) { answer.decisions.append(decision) }
            } catch let failure as Failure where ![.retry, .broken].contains(results.failures.class(of: failure.code)) {
                first = first ?? failure
                let refused = FeedbackAnswer.Refused(
                    card: item.card, problem: ProblemInfo(failure, in: results.failures))
                answer.refused = (answer.refused ?? []) + [refused]
            }
        }
        if let first, answer.decisions.isEmpty { throw first }
        return try Self.json(answer)
    }

    /// - Returns: `nil` for a card that offers nothing.
    private func decide(_ item: CDSHooks.Feedback.Item, _ ground: Asking) async throws -> DecisionInfo? {
        guard let parts = CDSCards.parts(ofCard: item.card), parts.item != "reach" else { return nil }
        let isAccepted = item.outcome == "accepted"
        let order = DecisionOrder(
            match: parts.match, item: parts.item, entry: parts.entry,
            outcome: isAccepted ? "recognised" : "repeated",
            reason: isAccepted ? nil : item.overrideReason?.reason?.code,
            text: isAccepted ? nil : item.overrideReason?.userComment)
        return DecisionInfo(
            try await recognition.decide(
                try order.request(practitioner: ground.practitioner), by: ground.organizationUnit))
    }

    /// The results that cards link to may be read over FHIR for a short while by the same system, doctor and purpose.
    func noteForLinks(
        _ match: RecognitionMatch, _ identifiers: [PatientIdentifier], _ call: EdgeCall,
        _ ground: Asking
    ) {
        guard let identifier = identifiers.first else { return }
        let keys = match.items.flatMap(\.candidates).map {
            results.memoryKey($0.summary.fields.reportKey, ground, call)
        }
        results.memory.note(keys, about: identifier, on: match.statement.statement)
    }
}
