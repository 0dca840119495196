import EdgeKit
import Effects
import HL7
import Referral
import ServiceKit
import WorkflowKit

/// What a REF^I12 says: a referral, ready to be written.
struct HL7ReferralMapping: Sendable {
    var draft: ReferralDraft?
    /// Why it is none.
    var problems: [HL7Problem]
    /// What of the message is not carried.
    var warnings: [HL7Problem]
}

/// Reads referrals (REF^I12): pure, the same message gives the same draft.
///
/// RF1-3 is the kind as the region agreed on it, RF1-6 the hospital's own number, RF1-10 why; the PRD of role RP names who
/// refers, that of role RT the unit that is asked. DG1 are diagnoses; OBX, OBR and NTE what was found. Recognised results
/// and fields of the form stand in OBX under codes of our own.
struct HL7ReferralMapper: Sendable {
    let unit: String
    let now: WallTime

    func map(_ message: HL7Message) -> HL7ReferralMapping {
        let reader = HL7OrderReader(now: now)
        var problems: [HL7Problem] = []
        reader.checkMode(message, calling: "a hospital", &problems)
        let content = HL7OrderContent(message, taking: HL7ReferralFields.ofReferral)
        problems += content.problems
        let patient = reader.patient(message, &problems)
        let referral = reader.only("RF1", message, &problems)
        let kind = kind(referral, &problems)
        let number = number(referral, &problems)
        let practitioner = HL7ReferralFields.provider("RP", message)
        if practitioner == nil { problems.append(Self.nobody("RP", "nobody is named who refers")) }
        if message.segments("PRD").count(where: { $0.field(1).component(1).text.trimmed.uppercased() == "RT" }) > 1 {
            problems.append(HL7Problem(.segmentSequence, segment: "PRD", text: "one unit is asked at a time (RT)"))
        }
        reader.checkPurpose(content, &problems)
        let warnings = HL7ReferralFields.warnings(message, content.warnings + reader.birthDateWarnings(message))
        guard problems.isEmpty, let patient, let kind, let number, let practitioner else {
            return HL7ReferralMapping(draft: nil, problems: problems, warnings: warnings)
        }
        let draft = ReferralDraft(
            kind: kind,
            content: CaseContent(
                patient: patient, values: values(content, referral), attachments: content.attachments,
                references: content.fields["result"] ?? [], orderNumber: number.kept),
            asking: Asking(
                referring: practitioner, of: unit, consent: content.consent,
                breakGlassReason: content.breakGlassReason),
            receiver: HL7ReferralFields.provider("RT", message))
        return HL7ReferralMapping(draft: draft, problems: [], warnings: warnings)
    }

    private func values(_ content: HL7OrderContent, _ referral: HL7Segment?) -> [String: String] {
        let reasons = referral?.field(10).repetitions.compactMap(HL7OrderContent.words) ?? []
        var values = [
            "diagnosis": content.diagnoses.joined(separator: "\n"), "summary": content.findings.joined(separator: "\n"),
            "reason": (reasons.isEmpty ? [content.reason] : reasons).joined(separator: "\n"),
        ]
        for (field, lines) in content.fields where field != "result" {
            values[field] = ([values[field] ?? ""] + lines).filter { !$0.isEmpty }.joined(separator: "\n")
        }
        return values.filter { !$0.value.isEmpty }
    }

    private func kind(_ referral: HL7Segment?, _ problems: inout [HL7Problem]) -> String? {
        guard let referral else { return nil }
        if let code = referral.field(3).component(1).value?.trimmed.nonEmpty { return code }
        problems.append(
            HL7Problem(
                .requiredFieldMissing, segment: "RF1", field: 3, component: 1,
                text: "the kind of referral is missing: a code that the region agreed on"))
        return nil
    }

    private func number(_ referral: HL7Segment?, _ problems: inout [HL7Problem]) -> OrderNumber? {
        guard let referral else { return nil }
        if let number = OrderNumber(referral.field(6)) { return number }
        problems.append(
            HL7Problem(
                .requiredFieldMissing, segment: "RF1", field: 6,
                text: "the hospital's own number of the referral is missing, or no such number"))
        return nil
    }

    static func nobody(_ role: String, _ text: String) -> HL7Problem {
        HL7Problem(
            .requiredFieldMissing, segment: "PRD", field: 7, component: 1,
            text: "\(text): the id in the PRD of role \(role)")
    }
}
