import EdgeKit
import Effects
import FHIR
import HL7
import ServiceKit
import Testing

@testable import ReferralEdge

@Suite("A referral of a hospital's system is read whole, or said what is not")
struct ReferralMappingTests {
    private static let now = WallTime(milliseconds: 1_796_000_000_000)

    private func map(_ changes: [String: JSONValue?] = [:]) throws -> FHIRReferralMapping {
        FHIRReferralMapper(unit: "jucheng", now: Self.now).map(try ReferralSamples.resource(changes))
    }

    private func map(hl7 changes: [String: String] = [:], more: [String] = []) throws -> HL7ReferralMapping {
        HL7ReferralMapper(unit: "jucheng", now: Self.now).map(try ReferralSamples.message(changes, more: more))
    }

    @Test func `FHIR and HL7 v2 say the same`() throws {
        let fhir = try map()
        let hl7 = try map(hl7: [:])
        #expect(fhir.problems.isEmpty && fhir.warnings.isEmpty, "\(fhir)")
        #expect(hl7.problems.isEmpty && hl7.warnings.isEmpty, "\(hl7)")
        let drafts = [try #require(fhir.draft), try #require(hl7.draft)]
        for draft in drafts {
            #expect(draft.kind == "up-green" && draft.receiver == "pingding")
            #expect(draft.content["diagnosis"] == "急性心肌梗死" && draft.content["summary"] == "胸痛两小时")
            #expect(draft.content["reason"] == "需介入治疗" && draft.content["wanted"] == "床位")
            #expect(draft.content.references == ReferralSamples.entries)
            #expect(draft.content.orderNumber == "Z-17^HIS" && draft.content.patient.name == "赵试七")
            #expect(draft.asking.practitioner == "王医生" && draft.asking.consent == "TY-1")
            #expect(draft.asking.purpose == .treatment)
        }
    }

    @Test func `every element of a ServiceRequest that is not carried is a warning`() throws {
        let others: [(String, JSONValue)] = [
            ("priority", "urgent"), ("occurrenceDateTime", "2026-12-01"), ("bodySite", [["text": "胸"]]),
            ("encounter", ["reference": "Encounter/1"]), ("patientInstruction", "空腹"),
        ]
        for (name, value) in others {
            let mapping = try map([name: value])
            #expect(mapping.draft != nil, "\(name)")
            #expect(mapping.warnings.contains { $0.expression == "ServiceRequest.\(name)" }, "\(name)")
        }
    }

    @Test(
        arguments: [
            ("RF1", 2, "RF1|^^|A|up-green^^99YILIAN|||Z-17^HIS||||^需介入治疗"),
            ("RF1", 8, "RF1|||up-green^^99YILIAN|||Z-17^HIS||20270101||^需介入治疗"),
            ("RF1", 5, "RF1|||up-green^^99YILIAN||E|Z-17^HIS||||^需介入治疗"),
        ])
    func `every field of a REF that is not carried is a warning`(segment: String, field: Int, text: String) throws {
        let mapping = try map(hl7: ["RF1": text])
        #expect(mapping.draft != nil)
        #expect(mapping.warnings.contains { $0.segment == segment && $0.field == field }, "\(mapping.warnings)")
    }

    @Test func `a segment that nobody reads is a warning, and so is a Z segment`() throws {
        let mapping = try map(hl7: [:], more: ["AL1|1|DA|^青霉素", "ZZZ|1"])
        #expect(mapping.draft != nil && Set(mapping.warnings.map(\.segment)) == ["AL1", "ZZZ"])
    }

    @Test func `what must be there and is not is refused, and named`() throws {
        let fhir: [(String, JSONValue?, String)] = [
            ("identifier", nil, "ServiceRequest.identifier"), ("requester", nil, "ServiceRequest.requester"),
            ("subject", nil, "ServiceRequest.subject"), ("status", "draft", "ServiceRequest.status"),
            ("supportingInfo", nil, "ServiceRequest.supportingInfo"),
        ]
        for (name, value, place) in fhir {
            let mapping = try map([name: value])
            #expect(mapping.draft == nil && mapping.problems.contains { $0.expression == place }, "\(name)")
        }
        let hl7 = [("RF1", ""), ("PRD|RP", ""), ("PID", ""), ("OBX|1|ST|59284", ""), ("MSH", "")]
        for (segment, text) in hl7.dropLast() {
            let mapping = try map(hl7: [segment: text])
            #expect(mapping.draft == nil && !mapping.problems.isEmpty, "\(segment)")
        }
        let training = try map(hl7: [
            "MSH": "MSH|^~\\&|HIS|ZZ|YILIAN|ZZ|20261130101500+0800||REF^I12^REF_I12|M-1|T|2.5.1||||||UNICODE UTF-8"
        ])
        #expect(training.draft == nil && training.problems.map(\.code) == [.unsupportedProcessingID])
    }

    @Test func `a result without its entry, and two units at once, are refused`() throws {
        let nameless: JSONValue = [
            ["reference": "#diagnosis"], ["type": "Consent", "identifier": ["value": "TY-1"]],
            ["type": "DiagnosticReport", "display": "心电图"],
        ]
        #expect(try map(["supportingInfo": nameless]).draft == nil)
        let both: JSONValue = [["identifier": ["value": "pingding"]], ["identifier": ["value": "yuxian"]]]
        #expect(try map(["performer": both]).draft == nil)
        #expect(try map(hl7: [:], more: ["PRD|RT||||||yuxian"]).draft == nil)
    }
}
