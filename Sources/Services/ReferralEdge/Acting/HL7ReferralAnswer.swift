import EdgeKit
import Effects
import HL7
import Referral
import WorkflowKit

/// What an RRI^I12 from a hospital says: what becomes of a referral that the hospital was asked for, has, or wrote.
struct HL7ReferralAnswer: Sendable {
    /// The referral's id (RF1-11).
    private(set) var id: ReferralID?
    private(set) var practitioner: String?
    private(set) var problems: [HL7Problem] = []
    private(set) var warnings: [HL7Problem] = []
    private let word: String
    private let isOwnCode: Bool
    private var values: [String: String] = [:]
    private var day: String?
    private var hold: String?
    private let receiver: String?

    init(_ message: HL7Message, now: WallTime) {
        let reader = HL7OrderReader(now: now)
        let content = HL7OrderContent(message, taking: HL7ReferralFields.ofEvents)
        let status = message.segment("RF1")?.field(1)
        word = status?.component(1).text.trimmed ?? ""
        isOwnCode = status?.component(3).text.trimmed == HL7OrderContent.own
        receiver = HL7ReferralFields.provider("RT", message)
        practitioner = HL7ReferralFields.provider("RP", message)
        reader.checkMode(message, calling: "a hospital", &problems)
        problems += content.problems
        let referral = reader.only("RF1", message, &problems)
        id = (referral?.field(11).component(1).value?.trimmed).flatMap { try? ReferralID($0) }
        if id == nil {
            problems.append(
                HL7Problem(
                    .requiredFieldMissing, segment: "RF1", field: 11, component: 1,
                    text: "the referral's id is missing, as the message brought it that asked"))
        }
        if practitioner == nil { problems.append(HL7ReferralMapper.nobody("RP", "nobody is named who answers")) }
        for (field, lines) in content.fields {
            switch field {
            case "day": day = lines.joined(separator: " ")
            case "hold": hold = lines.joined(separator: " ")
            default: values[field] = lines.joined(separator: "\n")
            }
        }
        var others = content.warnings
        // What is no field of the event would be dropped.
        if !content.findings.isEmpty || !content.diagnoses.isEmpty || !content.attachments.isEmpty {
            others.append(
                HL7Accounting.warning(
                    message.header, nil, nil, "findings, diagnoses and documents are not carried with an answer"))
        }
        warnings = HL7ReferralFields.warnings(message, others)
    }

    /// What is to be done about a referral in a state: RF1-1 is the event under our own code, or A or R of table 0283.
    func change(in state: ReferralState) -> ReferralChange? {
        guard let event = event(in: state) else { return nil }
        var change = ReferralChange(event)
        change.values = values
        change.day = day
        change.hold = hold
        if ReferralWorkflow.table.rule(of: event).offers { change.receiver = receiver }
        return change
    }

    private func event(in state: ReferralState) -> ReferralEvent? {
        if isOwnCode { return ReferralEvent(rawValue: word) }
        let isDown = state == .downOffered || state == .downTaken
        switch word.uppercased() {
        case "A": return isDown ? .downTaken : .accepted
        case "R": return isDown ? .downDeclined : .declined
        default: return nil
        }
    }

    static let unknownStatus = HL7Problem(
        .tableValueNotFound, segment: "RF1", field: 1,
        text: "what happens is an event of the workflow (99YILIAN), or A or R of table 0283")
}
