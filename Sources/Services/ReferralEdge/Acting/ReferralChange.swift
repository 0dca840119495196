import EdgeKit
import Effects
import FHIR
import InventoryKit
import Referral
import ServiceKit
import WorkflowKit

/// What a hospital's system does about a referral: an event of the workflow, with what belongs to it.
struct ReferralChange: Equatable, Sendable {
    static let changing: Set<String> = ["status", "businessStatus", "statusReason", "owner", "input", "output"]

    var event: ReferralEvent
    var values: [String: String] = [:]
    /// The unit or node that is asked.
    var receiver: String?
    /// The day of return.
    var day: String?
    /// What is held for the referral of an inventory.
    var hold: String?

    init(_ event: ReferralEvent) { self.event = event }

    /// Reads it from a Task.
    ///
    /// `businessStatus` names the event, or the state to which it leads; where it does not change, `status` does as far as
    /// FHIR's words tell events apart. `owner` is who is asked, `input` what is held (an Appointment), `statusReason` why
    /// somebody does not take the patient, and each `output` a field of the event's form or the day of return.
    ///
    /// - Parameter holder: who has the referral, as the Task says.
    /// - Throws: a refusal with 422 where nothing that can be done is asked.
    init(_ elements: TaskElements, of record: ReferralRecord, holder: String?) throws {
        self.init(try Self.event(elements, of: record.state))
        let rule = ReferralWorkflow.table.rule(of: event)
        if rule.offers {
            receiver = elements.owner
        } else if let owner = elements.owner, owner != holder {
            throw TaskElements.refused("who has a referral changes by an offer alone", "Task.owner")
        }
        for input in elements.items("input") { try read(input: input) }
        for output in elements.items("output") { try read(output) }
        if let reason = elements["statusReason"] { try read(reason: reason, rule.form) }
    }

    private static func event(_ elements: TaskElements, of state: ReferralState) throws -> ReferralEvent {
        let possible = ReferralWorkflow.table.transitions.filter { $0.from == state && $0.role != .home }
        if let word = elements.businessStatus, word != state.rawValue || elements.status == nil {
            if let event = ReferralEvent(rawValue: word) { return event }
            throw TaskElements.refused("'\(word.prefix(64))' is no event of a referral", "Task.businessStatus")
        }
        let named = Set(
            possible.filter { ReferralSource.status($0.to) == elements.status && $0.to != state }.map(\.event))
        guard let event = named.first, named.count == 1 else {
            let words = Set(possible.map(\.event.rawValue)).sorted().joined(separator: ", ")
            throw TaskElements.refused(
                "say what happens (businessStatus): \(words.isEmpty ? "nothing can any more" : words)",
                "Task.businessStatus")
        }
        return event
    }

    private mutating func read(input: JSONValue) throws {
        let parts = (input["valueReference"]?["reference"]?.string ?? "").split(separator: "/").map(String.init)
        guard hold == nil, parts.count >= 2, parts[parts.count - 2] == "Appointment" else {
            throw TaskElements.refused("an input is what is held: one Appointment (valueReference)", "Task.input")
        }
        hold = parts.last
    }

    private mutating func read(_ output: JSONValue) throws {
        guard let field = TaskElements.code(output["type"]) ?? output["type"]?["text"]?.string,
            let text = (output["valueString"] ?? output["valueCode"] ?? output["valueDate"])?.string
        else {
            throw TaskElements.refused(
                "an output is a field of the form (type: \(ReferralSource.fields)) with a valueString, or the day of "
                    + "return (type: day) with a valueDate", "Task.output")
        }
        if field == "day", day == nil {
            day = text
        } else if values.updateValue(text, forKey: field) != nil {
            throw TaskElements.refused("a field stands twice", "Task.output")
        }
    }

    private mutating func read(reason: JSONValue, _ form: CaseForm?) throws {
        guard form == ReferralForms.refusal else {
            throw TaskElements.refused("a reason is for who does not take the patient", "Task.statusReason")
        }
        if let code = TaskElements.code(reason) { values["why"] = code }
        if let words = reason["text"]?.string?.trimmed.nonEmpty { values["words"] = words }
    }

    /// Does it.
    func perform(
        on record: ReferralRecord, by practitioner: String, of unit: String, at service: ReferralService
    ) async throws -> ReferralReceipt {
        try service.context.check(practitioner: practitioner, of: unit, at: service.context.node)
        let deed = ReferralService.Deed(
            event, by: practitioner, values: values, to: try receiver.map { try service.receiver(named: $0) },
            day: try day.map(ReferralService.Deed.day), hold: try hold.map { try HoldID($0) })
        return try await service.act(deed, on: record.id, seen: record)
    }
}
