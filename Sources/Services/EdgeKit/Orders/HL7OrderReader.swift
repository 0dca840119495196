package import Effects
package import HL7
package import ServiceKit

/// Reads what all orders over HL7 v2 have in common: one patient, one order in a message, and on what passing it on rests.
package struct HL7OrderReader: Sendable {
    private let now: WallTime

    package init(now: WallTime) { self.now = now }

    /// - Parameter whoever: who is called for an order, in words.
    package func checkMode(_ message: HL7Message, calling whoever: String, _ problems: inout [HL7Problem]) {
        guard message.processingMode != .production else { return }
        problems.append(
            HL7Problem(
                .unsupportedProcessingID, segment: "MSH", field: 11, component: 1,
                text: "\(whoever) is called for orders in earnest alone (P)"))
    }

    package func patient(_ message: HL7Message, _ problems: inout [HL7Problem]) -> PatientDemographics? {
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
            identifiers: identifiers, name: person.name, birthDate: person.birthDate.flatMap(ClinicalTime.birthDate),
            sex: person.sex)
    }

    /// A date of birth that is dropped is said.
    package func birthDateWarnings(_ message: HL7Message) -> [HL7Problem] {
        guard let segment = message.segment("PID"), let text = segment.field(7).component(1).value?.trimmed.nonEmpty,
            ClinicalTime.birthDate(text) == nil
        else { return [] }
        return [HL7Accounting.warning(segment, 7, nil, "a date of birth that cannot be read is not carried")]
    }

    package func checkPurpose(_ content: HL7OrderContent, _ problems: inout [HL7Problem]) {
        guard content.consent == nil, content.breakGlassReason == nil else { return }
        problems.append(
            HL7Problem(
                .requiredFieldMissing, segment: "OBX", field: 3,
                text: "neither the patient's consent (59284-0^^LN) nor the reason why there is none "
                    + "(BREAK-GLASS^^99YILIAN) is there"))
    }

    package func only(_ name: String, _ message: HL7Message, _ problems: inout [HL7Problem]) -> HL7Segment? {
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

extension ClinicalTime {
    /// A date of birth in the form of a request, as far as it is known: a day, a month, a year.
    ///
    /// - Returns: `nil` where it cannot be read.
    package static func birthDate(_ text: String) -> String? {
        guard let time = ClinicalTime(text) else { return nil }
        switch time.precision {
        case .year: return String(time.civil.date.prefix(4))
        case .month: return String(time.civil.date.prefix(7))
        case .day, .hour, .minute, .second: return time.civil.date
        }
    }
}
