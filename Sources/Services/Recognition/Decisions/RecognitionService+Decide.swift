import Effects
import Ledgers
import Regions
import ServiceKit
import Storage
import Trust

extension RecognitionService {
    /// Writes down that a doctor recognised a result, or has the examination repeated, and why.
    ///
    /// Idempotent per patient, order and item: the same decision again changes nothing. Another one changes it once; both stay.
    /// The decision goes up to the city, and back to the node that issued the result.
    ///
    /// - Parameter unit: whose doctor decides; none: the node's operator, who may name any match of the node.
    /// - Throws: what ``DecisionRequest/checked(_:)`` throws; `access.incomplete`, `access.notRegistered` where the unit's
    ///   register does not enter whoever decides; `recognition.notOffered` where the match did not offer
    ///   the result, or was another unit's; `recognition.notRecognisable` where the rules refused it; `recognition.decisionFinal` where it was
    ///   changed already.
    package func decide(_ request: DecisionRequest, by unit: String? = nil) async throws -> DecisionReceipt {
        let rules = rulebook.current
        let reason = try request.checked(rules.rules)
        let context = context
        return try await context.ledger.write(lane: .clinical) { transaction in
            guard let offer = try Offer.read(request, at: context.node, in: transaction.sql),
                unit.map({ $0 == offer.unit }) ?? true
            else {
                throw Failure(
                    "recognition.notOffered", "no match of this node offered that result for that item",
                    place: "match \(request.match.prefix(80)), item \(request.item.prefix(80))",
                    remedy: "match the order first, and decide about one of its candidates")
            }
            try context.check(practitioner: request.practitioner, of: offer.unit, at: context.node)
            guard reason != nil || offer.verdict != RecognitionOutcome.not.rawValue else {
                throw Failure(
                    "recognition.notRecognisable", "the rules do not let this result be recognised",
                    place: "item \(request.item.prefix(80))",
                    remedy: "look at the candidate's trail; a result at the doctor's discretion can be recognised")
            }
            try ReportTable.check(request.entry, isOf: offer.reportKey, holds: request.item, in: transaction.sql)
            let key = Self.decisionKey(offer, item: request.item, suite: context.region.suite)
            let known = try DecisionTable.versions(of: key, by: offer.unit, in: transaction.sql)
            let content = DecisionContent(
                orderNumber: offer.orderNumber, practitioner: request.practitioner, text: request.text?.nonEmpty)
            if let last = known.last, last.says(request, content) {
                return DecisionReceipt(
                    decision: key, entry: last.id, number: last.fields.number, isRepetition: true)
            }
            guard known.count < 2 else {
                throw Failure(
                    "recognition.decisionFinal", "the decision was changed before, and can be changed once",
                    remedy: "write what has changed since into the medical record")
            }
            let fields = Self.fields(
                request, offer, key: key, reason: reason, former: known.last?.fields, rules, context)
            let entry = try transaction.append(
                EntryDraft(
                    kind: .recognitionDecision, subject: key, causes: known.last.map { [$0.id] } ?? [],
                    fields: try fields.message.serializedBytes(), headerAudience: .city,
                    payload: try content.bytes(), payloadAudience: context.payloadAudience))
            try transaction.grant([entry], to: [request.entry.author], isHeadersOnly: true)
            return DecisionReceipt(decision: key, entry: entry, number: fields.number, isRepetition: false)
        }
    }

    /// The decisions of a unit's doctors about one match, each as it stands now; none where the match is another's.
    package func decisions(ofMatch match: String, by unit: String) async throws -> [DecisionRecord] {
        try await context.ledger.read { try DecisionTable.current(ofMatch: match, in: $0) }
            .filter { $0.fields.unit == unit }
    }

    /// Decisions of others about results of this node, and of this node about others', newest first.
    package func decisions(limit: Int = Limits.queryResults) async throws -> [DecisionRecord] {
        try await context.ledger.read { try DecisionTable.newest(limit: limit, in: $0) }
    }

    private static func fields(
        _ request: DecisionRequest, _ offer: Offer, key: String, reason: RepeatReason?, former: DecisionFields?,
        _ rules: RecognitionIndex, _ context: NodeContext
    ) -> DecisionFields {
        let item = rules.item(request.item, at: context.now)
        return DecisionFields(
            key: key, reportKey: offer.reportKey, entry: request.entry, item: request.item,
            itemVersion: item?.version ?? 1, examinationClass: item?.examinationClass ?? .laboratory,
            isRecognised: reason == nil, reason: reason?.code, isCounted: reason?.isCounted ?? true, unit: offer.unit,
            issuer: offer.issuer, price: item?.price, number: (former?.number ?? 0) + 1, match: request.match,
            matchEntry: offer.match, patientKeys: offer.patientKeys,
            former: former.map { ($0.isRecognised, $0.isCounted) })
    }

    /// Unit, patient, order and item, as a digest: it says nothing about the order.
    ///
    /// The number of an order may be used again for another patient.
    private static func decisionKey(_ offer: Offer, item: String, suite: Suite) -> String {
        let parts = ["decision", offer.unit, Hex.text(offer.patient), offer.orderNumber, item]
        let bytes = parts.flatMap { part in
            let text = Array(part.utf8)
            return withUnsafeBytes(of: UInt32(text.count).bigEndian) { Array($0) } + text
        }
        return String(suite.digest(bytes).hex.prefix(40))
    }

    /// A result as this node's match offered it.
    struct Offer {
        var reportKey: String
        var verdict: String
        var issuer: String
        var unit: String
        var orderNumber: String
        /// The match's entry.
        var match: EntryID
        var patientKeys: [PatientKeyReference]
        /// The leading one, as it is indexed.
        var patient: [UInt8]

        static func read(_ request: DecisionRequest, at node: NodeID, in sql: any SQLTransaction) throws -> Offer? {
            let row = try sql.row(
                """
                SELECT o.report_key, o.verdict, o.issuer, m.unit, o.order_number, m.entry, o.patient FROM recognition_offer o
                JOIN recognition_match m ON m.match_id = o.match_id
                WHERE o.match_id = $1 AND o.item = $2 AND o.entry = $3 AND m.author = $4
                """, [request.match, request.item, request.entry.description, node.rawValue])
            guard let row else { return nil }
            let keys = try sql.rows(
                "SELECT patient_key FROM recognition_match_patient WHERE entry = $1 ORDER BY patient_key",
                [try row.text(5)])
            return Offer(
                reportKey: try row.text(0), verdict: try row.text(1), issuer: try row.text(2), unit: try row.text(3),
                orderNumber: try row.text(4), match: try EntryID(try row.text(5)),
                patientKeys: try keys.compactMap { PatientKeyReference(indexBytes: try $0.bytes(0)) },
                patient: row.optionalBytes(6) ?? [])
        }
    }
}

extension NodeContext {
    /// How far what names an order or a practitioner goes: as far as a report's content.
    var payloadAudience: Audience { tier == .township ? .parent : .own }
}
