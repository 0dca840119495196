package import Consultation
import EdgeKit
package import Effects
package import HL7
import ServiceKit

/// What an ORM^O01 says: an order of a remote diagnosis, ready to be made a request.
package struct HL7RequestMapping: Sendable {
    package var draft: ConsultationDraft?
    /// Why it is none.
    package var problems: [HL7Problem]
    /// What of the message is not carried.
    package var warnings: [HL7Problem]
}

/// Reads orders of remote diagnoses (ORM^O01): pure, the same message gives the same draft.
///
/// One order in a message: ORC-2 its number, ORC-12 who asks, OBR-4 the kind of request as the region agreed on it, OBR-31
/// and OBR-13 the question and the findings so far, OBX lines with values, and documents (ED).
package struct HL7RequestMapper: Sendable {
    private let unit: String
    private let reader: HL7OrderReader

    package init(unit: String, now: WallTime) {
        self.unit = unit
        reader = HL7OrderReader(now: now)
    }

    package func map(_ message: HL7Message) -> HL7RequestMapping {
        var problems: [HL7Problem] = []
        reader.checkMode(message, calling: "an expert", &problems)
        let content = HL7OrderContent(message)
        problems += content.problems
        let patient = reader.patient(message, &problems)
        let number = orderNumber(message, &problems)
        let practitioner = practitioner(message, &problems)
        let kind = kind(message, &problems)
        reader.checkPurpose(content, &problems)
        let warnings = HL7RequestFields.warnings(message, content.warnings + reader.birthDateWarnings(message))
        guard problems.isEmpty, let patient, let number, let practitioner, let kind else {
            return HL7RequestMapping(draft: nil, problems: problems, warnings: warnings)
        }
        let draft = ConsultationDraft(
            kind: kind,
            content: ConsultationContent(
                patient: patient, clinicalSummary: content.summary, reason: content.reason,
                attachments: content.attachments, orderNumber: number.kept),
            asking: Asking(
                practitioner: practitioner, organizationUnit: unit, purpose: .consultation, consent: content.consent,
                breakGlassReason: content.breakGlassReason))
        return HL7RequestMapping(draft: draft, problems: [], warnings: warnings)
    }

    private func orderNumber(_ message: HL7Message, _ problems: inout [HL7Problem]) -> OrderNumber? {
        guard let order = reader.only("ORC", message, &problems) else { return nil }
        let control = order.field(1).text.trimmed.uppercased()
        if control != "NW" {
            problems.append(
                HL7Problem(
                    .tableValueNotFound, segment: "ORC", field: 1,
                    text: "only new orders (NW) are taken: a request that was made is not changed or cancelled"))
        }
        guard let number = OrderNumber(order.field(2)) else {
            problems.append(
                HL7Problem(
                    .requiredFieldMissing, segment: "ORC", field: 2,
                    text: "the hospital's own number of the order is missing, or no such number"))
            return nil
        }
        if let other = message.segment("OBR").flatMap({ OrderNumber($0.field(2)) }), other != number {
            problems.append(
                HL7Problem(
                    .dataType, segment: "OBR", field: 2, text: "it names another order than ORC-2"))
        }
        return number
    }

    private func practitioner(_ message: HL7Message, _ problems: inout [HL7Problem]) -> String? {
        let fields = [message.segment("ORC")?.field(12), message.segment("OBR")?.field(16)].compactMap { $0 }
        for field in fields {
            if let id = field.component(1).value?.trimmed.nonEmpty { return id }
        }
        problems.append(
            HL7Problem(
                .requiredFieldMissing, segment: "ORC", field: 12, component: 1,
                text: "nobody is named who asks: the id of the ordering practitioner"))
        return nil
    }

    private func kind(_ message: HL7Message, _ problems: inout [HL7Problem]) -> String? {
        guard let request = reader.only("OBR", message, &problems) else { return nil }
        guard let code = request.field(4).component(1).value?.trimmed.nonEmpty else {
            problems.append(
                HL7Problem(
                    .requiredFieldMissing, segment: "OBR", field: 4, component: 1,
                    text: "the kind of request is missing: a code that the region agreed on"))
            return nil
        }
        return code
    }
}
