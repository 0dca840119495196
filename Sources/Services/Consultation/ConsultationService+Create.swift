package import Effects
package import Ledgers
import Regions
import ServiceKit
import Storage
import Trust
import Wire

extension ConsultationService {
    /// Makes a request at this node; durable on return, and on its way to the county group.
    ///
    /// A hospital system that sends the same order again with the same content gets the same request.
    ///
    /// - Parameter alongside: what else is done in the same transaction, for a repetition too.
    /// - Throws: `consultation.unknownKind`, `.noUnit`, `.noPatient`, `.tooLarge`, `.noHome`, `.orderNumberUsed`;
    ///   `access.incomplete` where practitioner, or for an emergency without consent the reason, is missing;
    ///   `patientKey.noSecret`.
    package func create(
        _ draft: ConsultationDraft,
        alongside: @escaping @Sendable (CreatedConsultation, LedgerTransaction) throws -> Void = { _, _ in }
    ) async throws -> CreatedConsultation {
        try draft.check()
        let now = context.now
        let level = try level(of: draft)
        guard HomeRule.firstHome(of: context.node, in: context.tree) != nil else {
            throw Failure(
                "consultation.noHome", "this node has no county group and no city above it",
                remedy: "check the management tree in the region configuration")
        }
        var asking = draft.asking
        asking.purpose = asking.consent == nil ? .emergency : .consultation
        let keys = try draft.content.patient.identifiers.compactMap {
            try context.patientKeys.current(of: $0, within: asking.organizationUnit, at: now)
        }
        let statement = try context.sign(asking, about: keys, question: "consultation.request")
        var content = draft.content
        let order = try order(of: draft)
        content.statement = statement
        let id = ConsultationID(requester: context.node, serial: context.world.identifier())
        var fields = ConsultationFields(
            request: id, home: context.node, terms: ConsultationTerms(level, requestedTime: now))
        fields.patientKeys = keys
        fields.organizationUnit = asking.organizationUnit
        let entry = EntryDraft(
            kind: .consultationRequest, subject: id.description, fields: try fields.encoded(), headerAudience: .region,
            payload: try content.wireBytes(), payloadAudience: .city)
        return try await context.ledger.write(lane: .clinical, sizeBytes: (entry.payload?.count ?? 0) + 500) {
            let created = try Self.append(entry, id, order, in: $0)
            try alongside(created, $0)
            return created
        }
    }

    /// What would keep a request from being made, as far as can be said without making it: for whoever looks at an order
    /// before taking it.
    package func objection(to draft: ConsultationDraft) async throws -> Failure? {
        do {
            try draft.check()
            _ = try level(of: draft)
            let order = try order(of: draft)
            _ = try await context.ledger.read { try Self.known(order, in: $0) }
            return nil
        } catch let failure as Failure where !failure.stopsTheNode {
            return failure
        }
    }

    private func level(of draft: ConsultationDraft) throws -> ServiceLevel {
        guard let level = context.region.current.serviceLevel(draft.kind) else {
            throw Failure(
                "consultation.unknownKind", "the region has agreed on no such kind of request",
                remedy: KnownWord.remedy(
                    for: draft.kind, among: context.region.current.serviceLevels.map(\.kind)))
        }
        return level
    }

    private func order(of draft: ConsultationDraft) throws -> Order {
        Order(
            unit: draft.asking.organizationUnit, number: draft.content.orderNumber,
            digest: context.region.suite.digest(try draft.orderBytes()).bytes)
    }

    /// A hospital system's order, by which a repetition is recognised; stays at this node.
    private struct Order: Sendable {
        var unit: String
        var number: String
        var digest: [UInt8]
    }

    private static func append(
        _ entry: EntryDraft, _ id: ConsultationID, _ order: Order, in transaction: LedgerTransaction
    ) throws -> CreatedConsultation {
        if !order.number.isEmpty {
            if let known = try known(order, in: transaction.sql) { return known }
            try transaction.sql.execute(
                """
                INSERT INTO consultation_order (unit, order_number, request, content_digest) VALUES ($1, $2, $3, $4)
                """, [order.unit, order.number, id.description, order.digest])
        }
        return CreatedConsultation(id: id, entry: try transaction.append(entry), isDuplicate: false)
    }

    /// The request that the same order made; `nil` where the number is new.
    ///
    /// - Throws: `consultation.orderNumberUsed` where the number made a request with another content.
    private static func known(_ order: Order, in sql: any SQLTransaction) throws -> CreatedConsultation? {
        guard !order.number.isEmpty,
            let known = try sql.row(
                """
                SELECT o.request, o.content_digest, e.entry FROM consultation_order o
                JOIN consultation_event e ON e.request = o.request AND e.kind = $1
                WHERE o.unit = $2 AND o.order_number = $3 ORDER BY e.entry LIMIT 1
                """, [Int(EntryKind.consultationRequest.rawValue), order.unit, order.number])
        else { return nil }
        guard try known.bytes(1) == order.digest else {
            throw Failure(
                "consultation.orderNumberUsed", "the order number made a request with another content before",
                remedy: "send changed content under an order number of its own")
        }
        return CreatedConsultation(
            id: try ConsultationID(try known.text(0)), entry: try EntryID(try known.text(2)), isDuplicate: true)
    }
}
