import Effects
import FHIR
import Foundation
import Recognition
import RecognitionEdge
import Regions

extension OrderDesk {
    func hook(
        _ service: String, _ request: FHIRRequest, _ visitor: FHIRDesk.Visitor, _ ground: AccessGround, bytes: [UInt8]
    ) async throws -> FHIRResponse {
        let call = try HookRequest(bytes, now: fhir.world.time.wallTime)
        guard service == "yilian-" + call.hook else {
            throw Failure(
                "hook.malformed", "the body's hook is \(call.hook), which this service does not serve",
                remedy: "call /cds-services/yilian-\(call.hook)")
        }
        let rules = recognition.rulebook.current
        guard !call.orders.isEmpty else { return try Self.json(CDSCards.nothing(call.notes)) }
        guard !call.patient.identifiers.isEmpty, !rules.rules.items.isEmpty else {
            return try Self.json(CDSCards.nothing(call.notes + [Self.reason(call)]))
        }
        let unit = try OrgUnitID(visitor.source.institution)
        // A coding that the catalogue knows speaks for its order; the others are other words for it.
        let chosen = call.orders.compactMap { order in
            order.codings.first { rules.resolve(codes: [(system: $0.system, code: $0.code)], unit: unit) != nil }
                ?? order.codings.first
        }
        let match = try await recognition.match(
            MatchOrder(unit: unit, codes: chosen),
            inquiry(ground, about: call.patient.identifiers, person: call.patient))
        let resources = Dictionary(
            zip(chosen.map(\.code), call.orders.map(\.reference)), uniquingKeysWith: { first, _ in first })
        noteForLinks(match, call.patient.identifiers, visitor, ground)
        let cards = CDSCards(rules: rules.rules, baseURL: request.baseURL, resources: resources)
        return try Self.json(cards.answer(match, notes: call.notes))
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
    func feedback(_ ground: AccessGround, bytes: [UInt8]) async throws -> FHIRResponse {
        let feedback = try await Self.read { _ in bytes } as CDSHooks.Feedback
        var answer = FeedbackAnswer()
        var first: Failure?
        for item in feedback.feedback.prefix(Limits.orderItems) {
            do {
                if let decision = try await decide(item, ground) { answer.decisions.append(decision) }
            } catch let failure as Failure where failure.class != .retry && failure.class != .broken {
                first = first ?? failure
                let refused = FeedbackAnswer.Refused(card: item.card, problem: ProblemInfo(failure, in: .edge))
                answer.refused = (answer.refused ?? []) + [refused]
            }
        }
        if let first, answer.decisions.isEmpty { throw first }
        return try Self.json(answer)
    }

    /// - Returns: `nil` for a card that offers nothing.
    private func decide(_ item: CDSHooks.Feedback.Item, _ ground: AccessGround) async throws -> DecisionInfo? {
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
        _ match: RecognitionMatch, _ identifiers: [PatientIdentifier], _ visitor: FHIRDesk.Visitor,
        _ ground: AccessGround
    ) {
        guard let identifier = identifiers.first else { return }
        let keys = match.items.flatMap(\.candidates).map {
            fhir.memoryKey($0.summary.fields.reportKey, ground, visitor)
        }
        fhir.memory.note(keys, about: identifier, on: match.statement.statement)
    }

    /// - Parameter person: what the asker says of the patient besides; what contradicts it is not recognised unseen.
    func inquiry(
        _ ground: AccessGround, about identifiers: [PatientIdentifier], person: PatientDemographics? = nil
    ) throws -> RecognitionService.Inquiry {
        guard let first = identifiers.first else {
            throw Failure(
                "hook.noPatient", "the request names no patient", remedy: "send at least one identifier of the patient")
        }
        var inquiry = ground.inquiry(about: first)
        inquiry.otherIdentifiers = Array(identifiers.dropFirst())
        inquiry.person = person
        return inquiry
    }
}
