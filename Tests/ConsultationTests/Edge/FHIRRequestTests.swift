import Consultation
import EdgeKit
import FHIR
import Testing

@testable import ConsultationEdge

@Suite("A ServiceRequest becomes a request")
struct FHIRRequestTests {
    private func map(_ changes: [String: JSONValue?] = [:]) throws -> FHIRRequestMapping {
        FHIRRequestMapper(unit: OrderSamples.unit, now: OrderSamples.now).map(try OrderSamples.resource(changes))
    }

    @Test("with its patient, question, findings, documents, practitioner and consent")
    func whole() throws {
        let mapping = try map()
        #expect(mapping.problems == [] && mapping.warnings == [], "\(mapping.warnings)")
        let draft = try #require(mapping.draft)
        #expect(
            draft.kind == "ecg-emergency" && draft.asking.practitioner == "D-102"
                && draft.asking.consent == "TY-2026-17")
        #expect(draft.content.orderNumber == "O-17^HIS" && draft.content.reason == "请阅心电图")
        #expect(draft.content.clinicalSummary == "胸痛两小时")
        #expect(draft.content.attachments.map(\.contentType) == ["application/pdf"])
        #expect(draft.content.patient.identifiers.map(\.value) == ["MR-774411"])
        #expect(draft.content.patient.sex == "M" && draft.content.patient.birthDate == "1961-02-03")
    }

    @Test("it is the same order as the HL7 message's, where both say the same")
    func sameOrder() throws {
        let hl7 = HL7RequestMapper(unit: OrderSamples.unit, now: OrderSamples.now).map(try OrderSamples.message())
        #expect(try map().draft?.content.orderNumber == hl7.draft?.content.orderNumber)
    }

    @Test(
        "what is missing or cannot be is refused at its place",
        arguments: [
            ("status", "\"draft\"", "ServiceRequest.status"), ("intent", "\"plan\"", "ServiceRequest.intent"),
            ("doNotPerform", "true", "ServiceRequest.doNotPerform"),
            ("identifier", "[]", "ServiceRequest.identifier"), ("requester", "null", "ServiceRequest.requester"),
            ("subject", "{\"display\": \"张测试\"}", "ServiceRequest.subject"),
            ("subject", "{\"identifier\": {\"value\": \"无\"}}", "ServiceRequest.subject"),
            ("code", "{\"text\": \"心电\"}", "ServiceRequest.code"),
            ("supportingInfo", "[]", "ServiceRequest.supportingInfo"),
            ("modifierExtension", "[{\"url\": \"urn:x\"}]", "ServiceRequest.modifierExtension"),
            ("implicitRules", "\"urn:x\"", "ServiceRequest.implicitRules"),
        ])
    func refused(name: String, value: String, place: String) throws {
        let mapping = try map([name: try JSONParser.parse(value)])
        #expect(
            mapping.draft == nil && mapping.problems.compactMap(\.expression).contains(place), "\(mapping.problems)")
        #expect(mapping.problems.allSatisfy { !$0.diagnostics.contains("张测试") })
    }

    @Test("every element that is not carried is told")
    func accounted() throws {
        let mapping = try map([
            "priority": "stat", "performer": [["display": "李医生"]], "extension": [["url": "urn:elsewhere"]],
            "supportingInfo": [
                ["type": "Consent", "identifier": ["value": "TY-1"]], ["type": "Claim", "identifier": ["value": "1"]],
            ],
        ])
        #expect(mapping.draft != nil)
        #expect(
            Set(mapping.warnings.compactMap(\.expression)) == [
                "ServiceRequest.priority", "ServiceRequest.performer", "ServiceRequest.extension",
                "ServiceRequest.supportingInfo[1]",
            ], "\(mapping.warnings)")
    }

    @Test("an emergency without consent has its reason in an extension")
    func emergency() throws {
        let draft = try #require(
            try map([
                "supportingInfo": nil,
                "extension": [["url": .string(FHIRRequestMapper.breakGlass), "valueString": "意识不清"]],
            ]).draft)
        #expect(draft.asking.consent == nil && draft.asking.breakGlassReason == "意识不清")
    }
}
