import EdgeKit
import Effects
import FHIR
import Testing

@testable import Consultation
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

    @Test(
        "a date of birth is carried as far as it is known, and said where it is not carried",
        arguments: [("1961", "1961"), ("1961-02", "1961-02"), ("1961-02-03", "1961-02-03"), ("unknown", nil)])
    func birthDate(text: String, carried: String?) throws {
        let patient: JSONValue = [
            "resourceType": "Patient", "id": "p", "birthDate": .string(text),
            "identifier": [["system": "HILL", "value": "MR-774411"]],
        ]
        let consent: JSONValue = ["type": "Consent", "identifier": ["value": "TY-2026-17"]]
        let mapping = try map(["contained": [patient], "supportingInfo": [consent]])
        #expect(mapping.draft?.content.patient.birthDate == carried)
        #expect(mapping.warnings.contains { $0.expression == "Patient.birthDate" } == (carried == nil))
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
                "extension": [["url": .string(FHIROrderReader.breakGlass), "valueString": "意识不清"]],
            ]).draft)
        #expect(draft.asking.consent == nil && draft.asking.breakGlassReason == "意识不清")
    }

    @Test("an order rests on one consent or one reason: of two nobody guesses, and the same twice is one")
    func twoGrounds() throws {
        func map(consents: [String], reasons: [String]) throws -> FHIRRequestMapping {
            try self.map([
                "supportingInfo": .array(consents.map { ["type": "Consent", "identifier": ["value": .string($0)]] }),
                "extension": .array(
                    reasons.map { ["url": .string(FHIROrderReader.breakGlass), "valueString": .string($0)] }),
            ])
        }
        let consents = try map(consents: ["TY-1", "TY-2"], reasons: [])
        #expect(consents.draft == nil)
        #expect(consents.problems.compactMap(\.expression) == ["ServiceRequest.supportingInfo[1]"])
        let reasons = try map(consents: [], reasons: ["意识不清", "昏迷"])
        #expect(reasons.draft == nil && reasons.problems.compactMap(\.expression) == ["ServiceRequest.extension"])
        #expect(try map(consents: ["TY-1", "TY-1"], reasons: []).draft?.asking.consent == "TY-1")
        #expect(try map(consents: [], reasons: ["昏迷", "昏迷"]).draft?.asking.breakGlassReason == "昏迷")
    }

    /// The order with one more supporting resource.
    private func map(supporting text: String) throws -> FHIRRequestMapping {
        let sample = try OrderSamples.resource()
        let resource = try JSONParser.parse(text)
        return try map([
            "contained": .array(sample.items("contained") + [resource]),
            "supportingInfo": .array(sample.items("supportingInfo") + [["reference": "#x"]]),
        ])
    }

    private static func observation(_ rest: String) -> String {
        """
        {"resourceType": "Observation", "id": "x", "code": {"text": "血钾"},
         "valueQuantity": {"value": 6.8, "code": "mmol/L"}, \(rest)}
        """
    }

    @Test("a finding is carried with its unit, whoever says it of the patient")
    func finding() throws {
        for subject in [
            "{\"reference\": \"#p\"}", "{\"identifier\": {\"system\": \"HILL\", \"value\": \"MR-774411\"}}",
        ] {
            let mapping = try map(supporting: Self.observation("\"status\": \"final\", \"subject\": \(subject)"))
            #expect(mapping.draft?.content.clinicalSummary == "胸痛两小时\n血钾：6.8 mmol/L", "\(mapping.problems)")
        }
    }

    @Test(
        "what is said of another patient is refused",
        arguments: [
            "{\"reference\": \"Patient/9\"}", "{\"reference\": \"#q\"}",
            "{\"identifier\": {\"system\": \"HILL\", \"value\": \"MR-1\"}}",
            "{\"identifier\": {\"value\": \"MR-774411\"}}",
        ])
    func otherPatient(subject: String) throws {
        let mapping = try map(supporting: Self.observation("\"status\": \"final\", \"subject\": \(subject)"))
        #expect(mapping.draft == nil)
        #expect(mapping.problems.compactMap(\.expression) == ["ServiceRequest.supportingInfo[2]"])
    }

    @Test("what was taken back is not carried, and that is told", arguments: ["entered-in-error", "cancelled"])
    func takenBack(status: String) throws {
        let mapping = try map(supporting: Self.observation("\"status\": \"\(status)\""))
        #expect(mapping.draft?.content.clinicalSummary == "胸痛两小时")
        #expect(mapping.warnings.compactMap(\.expression) == ["ServiceRequest.supportingInfo[2]"])
    }

    @Test(
        "a diagnosis is carried as sure as it is",
        arguments: [
            ("confirmed", "active", "诊断：心梗"), ("provisional", "active", "疑似诊断：心梗"),
            ("confirmed", "resolved", "既往诊断：心梗"), ("refuted", "active", nil),
        ])
    func diagnosis(verification: String, clinical: String, line: String?) throws {
        let mapping = try map(
            supporting: """
                {"resourceType": "Condition", "id": "x", "code": {"text": "心梗"}, "subject": {"reference": "#p"},
                 "verificationStatus": {"coding": [{"code": "\(verification)"}]},
                 "clinicalStatus": {"coding": [{"code": "\(clinical)"}]}}
                """)
        #expect(mapping.draft?.content.clinicalSummary == ["胸痛两小时", line].compactMap { $0 }.joined(separator: "\n"))
    }

    @Test("a consent that is not in force is none", arguments: ["rejected", "inactive", "draft", "entered-in-error"])
    func consent(status: String) throws {
        let mapping = try map(
            supporting: """
                {"resourceType": "Consent", "id": "x", "status": "\(status)", "identifier": [{"value": "TY-2"}]}
                """)
        #expect(mapping.draft == nil)
        #expect(mapping.problems.compactMap(\.expression) == ["ServiceRequest.supportingInfo[2]"])
    }

    @Test("a document that is named again and again is not copied without end")
    func repeated() throws {
        // A quarter of what an order may hold.
        let data = String(repeating: "AAAA", count: Limits.entryAttachmentBytes / 12)
        let mapping = try map([
            "contained": .array(
                try OrderSamples.resource().items("contained").filter { $0["id"] == "p" } + [
                    [
                        "resourceType": "DocumentReference", "id": "ecg", "status": "current",
                        "content": [["attachment": ["contentType": "application/pdf", "data": .string(data)]]],
                    ]
                ]),
            "supportingInfo": .array(
                Array(repeating: ["reference": "#ecg"], count: 20) + [
                    ["type": "Consent", "identifier": ["value": "TY-1"]]
                ]),
        ])
        let draft = try #require(mapping.draft)
        #expect((4...5).contains(draft.content.attachments.count))
        #expect(throws: Failure.self) { try draft.check() }
    }
}
