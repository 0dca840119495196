import EdgeKit
import Effects
import FHIR
import Identity
import MessageCorpus
import ServiceKit
import Testing

@testable import Edge

@Suite("Patient/$match and PIX lookup, without a socket")
struct PatientMatchTests {
    private static let number = PatientIdentifier(type: "PI", authority: "HOSPITAL", value: "P1")
    private static let card = PatientIdentifier(type: "HC", authority: "ehc", value: "CARD-9")
    private static let asker = Asking(
        practitioner: "dr-li", organizationUnit: EdgeFixture.unit, purpose: .treatment, order: "O-1")

    /// One report of 张三, male, born 1982-07-19, under P1 of HOSPITAL.
    private static func open() async throws -> (EdgeFixture, FHIRDeskTests.Desk, IdentityService) {
        let fixture = try await EdgeFixture.open(tier: .county)
        #expect(await fixture.intake.take(ORU.bytes(), principal: fixture.principal).codes == ["AA"])
        return (
            fixture, try FHIRDeskTests.Desk(fixture), try fixture.node.service(IdentityService.self)
        )
    }

    private static func patient(
        _ identifiers: [(String, String)], _ more: [(String, JSONValue)] = []
    ) -> JSONValue {
        var patient: JSONObject = ["resourceType": "Patient"]
        if !identifiers.isEmpty {
            patient["identifier"] = .array(
                identifiers.map { ["system": .string($0.0), "value": .string($0.1)] })
        }
        for (name, value) in more { patient[name] = value }
        return .object(patient)
    }

    private static func match(
        _ desk: FHIRDeskTests.Desk, _ patient: JSONValue, _ more: [JSONValue] = [], headers: [String: String] = [:],
        keeping name: String? = nil
    ) async throws -> (status: Int, answer: FHIRResource) {
        let parameters: JSONValue = [
            "resourceType": "Parameters",
            "parameter": .array([["name": "resource", "resource": patient] as JSONValue] + more),
        ]
        let response = await desk.post("Patient", "$match", json: parameters, headers: headers)
        if let name { try Answers.keep(response.body, as: name) }
        return (response.status, try FHIRResource.parse(response.body))
    }

    private static func grades(_ answer: FHIRResource) -> [String] {
        answer.items("entry").filter { $0["search"]?["mode"]?.string == "match" }
            .compactMap { $0["search"]?["extension"]?.first?["valueCode"]?.string }
    }

    private static func outcome(_ answer: FHIRResource) -> String {
        let entry = answer.items("entry").first { $0["search"]?["mode"]?.string == "outcome" }
        return FHIRElement.items(entry?["resource"]?["issue"]).compactMap { $0["diagnostics"]?.string }
            .joined(separator: "\n")
    }

    @Test("place-holders are passed over, and alone they are refused")
    func placeholders() async throws {
        let (_, desk, _) = try await Self.open()
        let some = try await Self.match(desk, Self.patient([("HOSPITAL", "0"), ("HOSPITAL", "P1")]))
        #expect(some.status == 200)
        #expect(Self.grades(some.answer) == ["certain"])
        #expect(Self.outcome(some.answer).contains("place-holders"))
        #expect(try await Self.match(desk, Self.patient([("HOSPITAL", "0")])).status == 422)
    }

    @Test("an identifier and a description that agrees is a certain match; a linked one, too")
    func certain() async throws {
        let (_, desk, identity) = try await Self.open()
        let described: [(String, JSONValue)] = [
            ("name", [["text": "张 三"]]), ("birthDate", "1982-07-19"), ("gender", "male"),
        ]
        let known = try await Self.match(desk, Self.patient([("HOSPITAL", "P1")], described))
        #expect(known.status == 200)
        #expect(Self.grades(known.answer) == ["certain"])
        #expect(Self.outcome(known.answer).isEmpty)
        let person = known.answer.items("entry").first?["resource"]
        #expect(person?["name"]?.first?["text"]?.string == "张三")
        #expect(known.answer.items("entry").first?["search"]?["score"]?.lexical == "1")
        let cardOnly = Self.patient([("ehc", "CARD-9")], described)
        #expect(try await Self.grades(Self.match(desk, cardOnly).answer).isEmpty)
        _ = try await identity.link(
            LinkOrder(identifiers: [Self.number, Self.card], evidence: .ehealthCard), source: .none,
            by: Self.asker)
        let linked = try await Self.match(desk, cardOnly, keeping: "fhir-match.json")
        #expect(Self.grades(linked.answer) == ["certain"])
        let values = FHIRElement.items(linked.answer.items("entry").first?["resource"]?["identifier"])
            .compactMap { $0["value"]?.string }
        #expect(Set(values) == ["P1", "CARD-9"])
    }

    @Test(
        "a description that contradicts is a possible match, and the answer names elements, never values",
        arguments: [
            ("name", #"[{"text":"李四"}]"#, "李四"), ("birthDate", #""1983-07-19""#, "1983"),
            ("gender", #""female""#, "female"),
        ])
    func possible(element: String, text: String, value: String) async throws {
        let (_, desk, _) = try await Self.open()
        let wrapped = try FHIRResource.parse(Array(#"{"resourceType":"Patient","x":\#(text)}"#.utf8))
        let patient = Self.patient([("HOSPITAL", "P1")], [(element, try #require(wrapped["x"]))])
        let found = try await Self.match(desk, patient)
        #expect(Self.grades(found.answer) == ["possible"])
        #expect(Self.outcome(found.answer).contains(element))
        #expect(!Self.outcome(found.answer).contains(value))
        let certain: JSONValue = ["name": "onlyCertainMatches", "valueBoolean": true]
        #expect(try await Self.grades(Self.match(desk, patient, [certain]).answer).isEmpty)
    }

    @Test("identifiers of two people who are not linked are two possible matches")
    func twoPeople() async throws {
        let (fixture, desk, _) = try await Self.open()
        let other = ORU.text(id: "M2", filler: "F2", patient: "P2^^^HOSPITAL^PI")
        #expect(await fixture.intake.take(Array(other.utf8), principal: fixture.principal).codes == ["AA"])
        let both = Self.patient([("HOSPITAL", "P1"), ("HOSPITAL", "P2")])
        let found = try await Self.match(desk, both, keeping: "fhir-match-possible.json")
        #expect(Self.grades(found.answer) == ["possible", "possible"])
        #expect(Self.outcome(found.answer).contains("2 persons"))
        let one: JSONValue = ["name": "count", "valueInteger": 1]
        #expect(try await Self.grades(Self.match(desk, both, [one]).answer).count == 1)
    }

    @Test("a number without its system is a possible match at best")
    func bareNumber() async throws {
        let (fixture, desk, _) = try await Self.open()
        let bare = ORU.text(id: "M3", filler: "F3", patient: "P3^^^^PI")
        #expect(await fixture.intake.take(Array(bare.utf8), principal: fixture.principal).codes == ["AA"])
        let patient: JSONValue = ["resourceType": "Patient", "identifier": [["value": "P3"]]]
        let found = try await Self.match(desk, patient)
        #expect(Self.grades(found.answer) == ["possible"])
        #expect(Self.outcome(found.answer).contains("system"))
    }

    @Test("without an identifier, a Patient or a ground there is no answer, and nothing is on record")
    func refusals() async throws {
        let (fixture, desk, _) = try await Self.open()
        let nameless = try await Self.match(
            desk, Self.patient([], [("name", [["text": "张三"]])]), keeping: "fhir-refusal.json")
        #expect(nameless.status == 422)
        #expect(nameless.answer.type == "OperationOutcome")
        #expect(nameless.answer.items("issue").first?["diagnostics"]?.string?.contains("identifier") == true)
        #expect(await desk.post("Patient", "$match", json: Self.patient([("HOSPITAL", "P1")])).status == 400)
        let curious = ["x-yilian-purpose": "curiosity"]
        #expect(try await Self.match(desk, Self.patient([("HOSPITAL", "P1")]), headers: curious).status == 400)
        let odd: JSONValue = ["name": "count", "valueInteger": 0]
        #expect(try await Self.match(desk, Self.patient([("HOSPITAL", "P1")]), [odd]).status == 400)
        #expect(await desk.get("Patient", "$match").status == 405)
        let mute = try FHIRDeskTests.Desk(fixture, purpose: nil)
        #expect(try await Self.match(mute, Self.patient([("HOSPITAL", "P1")])).status == 403)
        #expect(try await Self.audited(fixture).isEmpty)
        #expect(try await Self.match(desk, Self.patient([("HOSPITAL", "P1")])).status == 200)
        #expect(try await Self.audited(fixture) == ["identity.match"])
    }

    private static func audited(_ fixture: EdgeFixture) async throws -> [String] {
        try await fixture.node.context.ledger.read { sql in
            try sql.rows("SELECT action FROM audit ORDER BY at, entry", []).map { try $0.text(0) }
        }
    }

    private static func targets(_ response: EdgeResponse) throws -> [String] {
        try FHIRResource.parse(response.body).items("parameter").filter { $0["name"]?.string == "targetIdentifier" }
            .compactMap { $0["valueIdentifier"]?["value"]?.string }
    }

    @Test("from one identifier to the others, of one system where it is named, each with its evidence")
    func crossReference() async throws {
        let (fixture, desk, identity) = try await Self.open()
        #expect(await desk.get("Patient", "$ihe-pix", query: "sourceIdentifier=ehc%7CCARD-9").status == 404)
        let link = try await identity.link(
            LinkOrder(identifiers: [Self.number, Self.card], evidence: .document), source: .none, by: Self.asker)
        let found = await desk.get("Patient", "$ihe-pix", query: "sourceIdentifier=ehc%7CCARD-9")
        #expect(found.status == 200)
        #expect(try Self.targets(found) == ["P1"])
        try Answers.keep(found.body, as: "fhir-pix.json")
        #expect(String(decoding: found.body, as: UTF8.self).contains("link \(link.entry)"))
        let back = "sourceIdentifier=HOSPITAL%7CP1&targetSystem="
        #expect(try Self.targets(await desk.get("Patient", "$ihe-pix", query: back + "ehc")) == ["CARD-9"])
        #expect(try Self.targets(await desk.get("Patient", "$ihe-pix", query: back + "other")).isEmpty)
        _ = try await identity.separate(
            SeparationOrder(first: [Self.number], second: [Self.card], reason: "登记错误"), source: .none,
            by: Self.asker)
        #expect(try Self.targets(await desk.get("Patient", "$ihe-pix", query: back)).isEmpty)
        for wrong in ["", "sourceIdentifier=ehc%7C", "sourceIdentifier=a%7Cb&sourceIdentifier=a%7Cc", "who=x"] {
            #expect(await desk.get("Patient", "$ihe-pix", query: wrong).status == 400, "\(wrong)")
        }
        #expect(try await Self.audited(fixture).contains("identity.lookup"))
    }

    @Test("the statement of capabilities names both operations")
    func capabilities() async throws {
        let (_, desk, _) = try await Self.open()
        let answer = await desk.get("metadata")
        try Answers.keep(answer.body, as: "fhir-capabilities.json")
        let statement = try FHIRResource.parse(answer.body)
        let resources = FHIRElement.items(statement.items("rest").first?["resource"])
        let patient = try #require(resources.first { $0["type"]?.string == "Patient" })
        #expect(FHIRElement.items(patient["operation"]).compactMap { $0["name"]?.string } == ["match", "ihe-pix"])
    }
}
