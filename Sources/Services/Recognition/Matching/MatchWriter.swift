import Effects
import Ledgers
import ServiceKit
import Wire

/// Writes down that an order was matched: the counts for everybody up to the city, the offers for this node alone.
struct MatchWriter {
    let context: NodeContext

    func write(_ match: RecognitionMatch, order: MatchOrder, answer: MatchAnswer) async throws {
        guard !match.items.isEmpty else { return }
        let draft = EntryDraft(
            kind: .orderMatched, subject: match.id, fields: try fields(match, answer).serializedBytes(),
            headerAudience: .city, payload: try content(match, order).serializedBytes(), payloadAudience: .own)
        try await context.ledger.write(lane: .clinical) { transaction in _ = try transaction.append(draft) }
    }

    private func fields(_ match: RecognitionMatch, _ answer: MatchAnswer) -> PBRecognitionMatchFields {
        var message = PBRecognitionMatchFields()
        message.unit = match.receiver.id.rawValue
        message.patientKeys = match.statement.statement.patientKeys.map { $0.wire() }
        message.items = match.items.map { found in
            var item = PBRecognitionMatchedItem()
            item.item = found.ordered.item.code
            item.candidates = UInt32(clamping: found.candidates.count)
            item.recognisable = UInt32(clamping: found.count(.recognised))
            item.discretion = UInt32(clamping: found.count(.discretion))
            item.expired = UInt32(clamping: found.expiredCount)
            item.reports = found.candidates.filter { $0.verdict != .not }.compactMap(\.summary.fields.shortKey)
            return item
        }
        message.existing = answer.existing.sorted()
        message.aboveReached = match.unreached.isEmpty
        message.milliseconds = UInt32(clamping: match.milliseconds)
        return message
    }

    private func content(_ match: RecognitionMatch, _ order: MatchOrder) -> PBRecognitionMatchContent {
        var message = PBRecognitionMatchContent()
        if let patient = match.statement.statement.patientKeys.first { message.patient = patient.wire() }
        message.offers = match.items.flatMap { found in
            found.candidates.map { candidate in
                var offer = PBRecognitionOffer()
                offer.item = found.ordered.item.code
                offer.reportKey = candidate.summary.fields.reportKey
                offer.entry = candidate.summary.entry.description
                offer.verdict = candidate.verdict.rawValue
                offer.orderNumber = found.ordered.orderNumber ?? order.number ?? match.id
                offer.issuer = candidate.issuer?.id.rawValue ?? candidate.summary.fields.institution
                return offer
            }
        }
        return message
    }
}
