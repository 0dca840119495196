package import EdgeKit
import Effects
import FHIR
import HL7
import Inventory
import Ledgers
import Referral
package import ServiceKit
import Synchronization
import WorkflowKit

/// What referrals answer to hospitals' systems: ServiceRequest and Task, Appointment and Slot,
/// REF^I12 and RRI^I12.
package enum ReferralHandlers: HospitalHandlers {
    package static func register(with registry: inout HandlerRegistry, of node: any ServiceDirectory) throws {
        let source = ReferralSource(service: try node.service(ReferralService.self))
        try registry.add(CaseHandlers(source))
        let inventories = try node.service(InventoryService.self)
        try registry.add(AppointmentHandlers(inventories: inventories, referrals: source).routes)
        try registry.add(referrals(source))
        try registry.add(answers(source))
    }

    /// Referrals over HL7 v2; the answer is an RRI^I12 that says where the referral stands.
    private static func referrals(_ source: ReferralSource) -> HL7Handler {
        let service = source.service
        return HL7Handler(HL7Trigger("REF", "I12", "referrals"), contentSegment: "OBX") { call in
            let mapping = HL7ReferralMapper(unit: call.principal.institution, now: call.now).map(call.message)
            guard var draft = mapping.draft else { return .refused(mapping.problems) }
            draft.asking.system = call.principal.system
            if let failure = try await draft.objection(at: service), let problem = HL7Problem(failure) {
                return .refused([problem])
            }
            let suite = service.context.region.suite
            return .readable(recordCount: 1, warnings: mapping.warnings) { [draft] keeping in
                // The answer that is remembered with the referral is the one that is given.
                let reply = Mutex<HL7Reply?>(nil)
                let created = try await draft.write(to: service) { created, transaction in
                    let record = try CaseTable<ReferralWorkflow>.record(created.id, in: transaction.sql)
                    let made = HL7Reply(created.id, state: record?.state ?? .drafted, draft)
                    reply.withLock { $0 = made }
                    try MessageMemory.remember(
                        keeping.receipt, outcome: created.word, answer: keeping.answer([], reply: made), suite: suite,
                        in: transaction)
                }
                return HL7Taken([TakenRecord(created)], reply: reply.withLock { $0 })
            }
        }
    }

    /// What becomes of a referral, said by a hospital that was asked, that has the patient, or that wrote it.
    private static func answers(_ source: ReferralSource) -> HL7Handler {
        let service = source.service
        return HL7Handler(HL7Trigger("RRI", "I12", "answers to referrals"), contentSegment: "OBX") { call in
            let answer = HL7ReferralAnswer(call.message, now: call.now)
            guard answer.problems.isEmpty, let id = answer.id, let practitioner = answer.practitioner else {
                return .refused(answer.problems)
            }
            guard let record = try await source.visitor(call.principal).known(id),
                source.visitor(call.principal).mayKnow(record)
            else { return .refused([unknown]) }
            guard let change = answer.change(in: record.state) else {
                return .refused([HL7ReferralAnswer.unknownStatus])
            }
            return .readable(recordCount: 1, warnings: answer.warnings) { keeping in
                let receipt = try await change.perform(
                    on: record, by: practitioner, of: call.principal.institution, at: service)
                let context = service.context
                let word = receipt.isDuplicate ? "duplicate" : "accepted"
                try await context.ledger.write(lane: .clinical) { transaction in
                    try MessageMemory.remember(
                        keeping.receipt, outcome: word, answer: keeping.answer([]), suite: context.region.suite,
                        in: transaction)
                }
                return HL7Taken([
                    TakenRecord(
                        word: word, entry: try EntryID(receipt.entry), key: id.description, version: 1,
                        location: "Task/\(id)")
                ])
            }
        }
    }

    private static let unknown = HL7Problem(
        .unknownKey, segment: "RF1", field: 11, text: "this institution has no such referral")
}

extension ReferralDraft {
    /// What would keep it from being written; `nil` where nothing would, or where it can be tried again.
    func objection(at service: ReferralService) async throws -> Failure? {
        if let receiver {
            do { _ = try service.receiver(named: receiver) } catch let failure as Failure { return failure }
        }
        return try await service.objection(to: kind, content, asking)
    }
}

extension CreatedCase<ReferralWorkflow> {
    fileprivate var word: String { isDuplicate ? "duplicate" : "accepted" }
}

extension TakenRecord {
    fileprivate init(_ created: CreatedCase<ReferralWorkflow>) {
        self.init(
            word: created.word, entry: created.entry, key: created.id.description, version: 1,
            location: "ServiceRequest/\(created.id)")
    }
}

extension HL7Reply {
    /// RRI^I12: the referral's id and where it stands, with the hospital's own number and patient.
    fileprivate init(_ id: ReferralID, state: ReferralState, _ draft: ReferralDraft) {
        let number = draft.content.orderNumber.split(separator: "^", omittingEmptySubsequences: false).map(String.init)
        let word = state == .offered ? ReferralEvent.offered.rawValue : state.rawValue
        var referral: [[String]] = [["RF1"], [word, "", HL7OrderContent.own, "P", "Pending", "HL70283"], [""]]
        referral += [[draft.kind, "", HL7OrderContent.own], [""], [""], number, [""], [""], [""], [""]]
        referral.append([id.description, "YILIAN"])
        let referrer: [[String]] = [["PRD"], ["RP"], [""], [""], [""], [""], [""], [draft.asking.practitioner]]
        let person = draft.content.patient.identifiers.first
        let patient: [[String]] = [["PID"], ["1"], [""], [person?.value ?? "", "", "", person?.authority ?? ""]]
        self.init(messageCode: "RRI", structure: "RRI_I12", segments: [referral, referrer, patient])
    }
}

extension HL7Problem {
    /// Where a referral says what is refused, and the code of table 0357 for it; `nil` for what the edge judges by its class.
    fileprivate init?(_ failure: Failure) {
        let text = failure.message + (failure.remedy.map { "; " + $0 } ?? "")
        switch failure.code {
        case "referral.orderNumberUsed": self.init(.duplicateKey, segment: "RF1", field: 6, text: text)
        case "referral.unknownKind":
            self.init(.tableValueNotFound, segment: "RF1", field: 3, component: 1, text: text)
        case "referral.unknownNode": self.init(.tableValueNotFound, segment: "PRD", field: 7, text: text)
        case "referral.noPatient": self.init(.requiredFieldMissing, segment: "PID", field: 3, text: text)
        case "referral.badContent": self.init(.requiredFieldMissing, segment: "OBX", field: 3, text: text)
        case "referral.tooLarge": self.init(.dataType, segment: "OBX", field: 5, text: text)
        default: return nil
        }
    }
}
