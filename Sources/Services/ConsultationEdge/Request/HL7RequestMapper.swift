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
    private let now: WallTime

    package init(unit: String, now: WallTime) {
        self.unit = unit
        self.now = now
    }

    package func map(_ message: HL7Message) -> HL7RequestMapping {
        var problems: [HL7Problem] = []
        if message.processingMode != .production {
            problems.append(
                HL7Problem(
                    .unsupportedProcessingID, segment: "MSH", field: 11, component: 1,
                    text: "an expert is called for orders in earnest alone (P)"))
        }
        let content = HL7RequestContent(message)
        problems += content.problems
        let patient = patient(message, &problems)
        let number = orderNumber(message, &problems)
        let practitioner = practitioner(message, &problems)
        let kind = kind(message, &problems)
        checkPurpose(content, &problems)
        let warnings = HL7RequestFields.warnings(message, content.warnings + birthDateWarnings(message))
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

    private func patient(_ message: HL7Message, _ problems: inout [HL7Problem]) -> PatientDemographics? {
        guard let segment = only("PID", message, &problems) else { return nil }
        let person = HL7PatientReader(now: now).patient(segment)
        let identifiers = person.identifiers.filter { $0.reach != .nobody && !$0.isFormer }
        guard !identifiers.isEmpty else {
            problems.append(
                HL7Problem(
                    .requiredFieldMissing, segment: "PID", field: 3, text: "there is no number that names the patient"))
            return nil
        }
        return PatientDemographics(
            identifiers: identifiers, name: person.name, birthDate: person.birthDate.flatMap(Self.birthDate),
            sex: person.sex)
    }

    /// A date of birth in the form of a request, as far as it is known: a day, a month, a year.
    ///
    /// - Returns: `nil` where it cannot be read.
    static func birthDate(_ text: String) -> String? {
        guard let time = ClinicalTime(text) else { return nil }
        switch time.precision {
        case .year: return String(time.civil.date.prefix(4))
        case .month: return String(time.civil.date.prefix(7))
        case .day, .hour, .minute, .second: return time.civil.date
        }
    }

    /// A date of birth that is dropped is said.
    private func birthDateWarnings(_ message: HL7Message) -> [HL7Problem] {
        guard let segment = message.segment("PID"), let text = segment.field(7).component(1).value?.trimmed.nonEmpty,
            Self.birthDate(text) == nil
        else { return [] }
        return [HL7Accounting.warning(segment, 7, nil, "a date of birth that cannot be read is not carried")]
    }

    private func orderNumber(_ message: HL7Message, _ problems: inout [HL7Problem]) -> OrderNumber? {
        guard let order = only("ORC", message, &problems) else { return nil }
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
        guard let request = only("OBR", message, &problems) else { return nil }
        guard let code = request.field(4).component(1).value?.trimmed.nonEmpty else {
            problems.append(
                HL7Problem(
                    .requiredFieldMissing, segment: "OBR", field: 4, component: 1,
                    text: "the kind of request is missing: a code that the region agreed on"))
            return nil
        }
        return code
    }

    private func checkPurpose(_ content: HL7RequestContent, _ problems: inout [HL7Problem]) {
        guard content.consent == nil, content.breakGlassReason == nil else { return }
        problems.append(
            HL7Problem(
                .requiredFieldMissing, segment: "OBX", field: 3,
                text: "neither the patient's consent (59284-0^^LN) nor the reason why there is none "
                    + "(BREAK-GLASS^^99YILIAN) is there"))
    }

    private func only(_ name: String, _ message: HL7Message, _ problems: inout [HL7Problem]) -> HL7Segment? {
        let found = message.segments(name)
        guard found.count == 1 else {
            problems.append(
                HL7Problem(
                    .segmentSequence, segment: name, sequence: max(1, found.count),
                    text: found.isEmpty
                        ? "the segment is missing" : "one order in a message: the segment stands more than once"))
            return nil
        }
        return found[0]
    }
}
