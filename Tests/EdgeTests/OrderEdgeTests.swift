import EdgeKit
import Effects
import FHIR
import Foundation
import Recognition
import RecognitionEdge
import Regions
import Testing

@testable import Edge

@Suite("CDS Hooks at its edges")
struct OrderEdgeTests {
    /// A desk for orders whose catalogue knows potassium by LOINC.
    private static func desk(_ fixture: EdgeFixture) throws -> (EdgeRequest, [UInt8]) async -> EdgeResponse {
        let orders = PlainDesk(fhir: try FHIRDeskTests.Desk(fixture).desk)
        return { request, body in await orders.answer(request) { _ in body } }
    }

    private static func open() async throws -> EdgeFixture {
        var rules = try OrderDeskTests.rules()
        rules.items.append(
            CatalogueItem(
                code: "K", name: "钾", englishName: "potassium", examinationClass: .laboratory, unit: "mmol/L",
                windowDays: 3_650, loinc: "2823-3", from: .epoch))
        return try await EdgeFixture.open(recognition: rules)
    }

    private static func hook(_ headers: [String: String] = [:]) -> EdgeRequest {
        var all = headers
        all["authorization"] = "Bearer " + FHIRClient.token
        return EdgeRequest(method: "POST", path: ["cds-services", "yilian-order-sign"], headers: all)
    }

    private static func answer(_ response: EdgeResponse) throws -> CDSHooks.Answer {
        try JSONDecoder().decode(CDSHooks.Answer.self, from: Data(response.body))
    }

    /// A call with drafts of a patient.
    private static func call(_ drafts: [String], patient: String? = nil) -> [UInt8] {
        let person =
            patient
            ?? #"{"resourceType":"Patient","id":"1","identifier":[{"system":"HOSPITAL","value":"P1","type":{"coding":[{"code":"PI"}]}}]}"#
        return Array(
            (#"{"hook":"order-sign","context":{"patientId":"1","draftOrders":{"resourceType":"Bundle","entry":["#
                + drafts.map { #"{"resource":\#($0)}"# }.joined(separator: ",")
                + #"]}},"prefetch":{"patient":\#(person)}}"#)
                .utf8)
    }

    private static func draft(
        _ id: String, more: String = "",
        code: String = #""code":{"coding":[{"system":"urn:yilian:catalogue","code":"GLU"}]}"#
    ) -> String {
        #"{"resourceType":"ServiceRequest","id":"\#(id)",\#(more)\#(code)}"#
    }

    @Test(
        "C02, C09 and C01b: where nothing is to be said there is no card",
        arguments: [
            "C02-medication-only.json", "C09-empty-draft.json", "C01b-bare-mismatch.json",
        ])
    func noCards(_ name: String) async throws {
        let fixture = try await Self.open()
        let ask = try Self.desk(fixture)
        let response = await ask(Self.hook(), try Files.edgeBytes(name))
        #expect(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
        #expect(try Self.answer(response).cards.isEmpty)
        #expect(response.headers["Cache-Control"] == "no-store")
    }

    @Test("141, 141b, C01b: another house's bare number joins nobody, and of its own, contradictions are the doctor's")
    func oneBareNumberTwoPeople() async throws {
        let fixture = try await Self.open()
        let ask = try Self.desk(fixture)
        let elsewhere = Principal(system: "other", institution: "other-hospital")
        let potassium = try Files.edgeBytes("141-bare-mrn.hl7")
        #expect(await fixture.intake.take(potassium, principal: elsewhere).codes == ["AA"])
        let glucose = try Files.edgeBytes("141b-bare-mrn-yuxian.hl7")
        #expect(await fixture.intake.take(glucose, principal: fixture.principal).codes == ["AA"])
        let question = try Files.edgeBytes("C01b-bare-mismatch.json")
        let apart = try Self.answer(await ask(Self.hook(), question))
        #expect(apart.cards.isEmpty)
        #expect(apart.extension?.match?.items.map(\.candidates.count) == [0])

        // The same number within the house, of a man: shown, because it is hers by number, and never recognised.
        #expect(await fixture.intake.take(potassium, principal: fixture.principal).codes == ["AA"])
        let hers = try Self.answer(await ask(Self.hook(), question))
        #expect(hers.extension?.match?.items.flatMap(\.candidates).count == 1)
        #expect(hers.extension?.match?.items.flatMap(\.candidates).allSatisfy { $0.verdict != "recognised" } == true)
        #expect(hers.cards.allSatisfy { !$0.summary.contains("可互认") })
    }

    @Test("C20: a result whose times cannot be read is not recognisable, and says why")
    func unreadableTimes() async throws {
        let fixture = try await Self.open()
        let ask = try Self.desk(fixture)
        let text = String(decoding: try Files.edgeBytes("C20-old-date.hl7"), as: UTF8.self)
            .replacing("2024-01-05 08:15:00", with: "irgendwann").replacing("2024-01-05 10:15:00", with: "gestern")
        #expect(await fixture.intake.take(Array(text.utf8), principal: fixture.principal).codes == ["AA"])
        let answer = try Self.answer(await ask(Self.hook(), try Files.edgeBytes("C20-match.json")))
        let candidates = answer.extension?.match?.items.flatMap(\.candidates) ?? []
        #expect(!candidates.isEmpty && candidates.allSatisfy { $0.verdict != "recognised" })
        #expect(answer.cards.allSatisfy { !$0.summary.contains("可互认") })
    }

    @Test("C20: common forms of a time are read, and the result is as old as it is")
    func readableTimes() async throws {
        let fixture = try await Self.open()
        let ask = try Self.desk(fixture)
        #expect(
            await fixture.intake.take(try Files.edgeBytes("C20-old-date.hl7"), principal: fixture.principal).codes == [
                "AA"
            ])
        let answer = try Self.answer(await ask(Self.hook(), try Files.edgeBytes("C20-match.json")))
        let candidates = answer.extension?.match?.items.flatMap(\.candidates) ?? []
        #expect(!candidates.isEmpty)
        #expect(candidates.allSatisfy { $0.reportTime?.hasPrefix("2024-01-05") == true })
    }

    @Test("one order that cannot be read, or is another patient's, stops no other")
    func oneBadOrder() async throws {
        let fixture = try await Self.open()
        let ask = try Self.desk(fixture)
        _ = await fixture.intake.take(ORU.bytes(), principal: fixture.principal)
        let drafts = [
            Self.draft("bad", code: #""status":"draft""#),
            Self.draft("other", more: #""subject":{"reference":"Patient/2"},"#),
            Self.draft("gone", more: #""status":"revoked","#), Self.draft("never", more: #""doNotPerform":true,"#),
            Self.draft("changed", more: #""modifierExtension":[{"url":"http://x/not","valueBoolean":true}],"#),
            Self.draft("good", more: #""subject":{"reference":"https://his/fhir/Patient/1"},"#),
        ]
        let answer = try Self.answer(await ask(Self.hook(), Self.call(drafts)))
        #expect(answer.cards.map { $0.suggestions?.first?.actions.first?.resourceId } == ["ServiceRequest/good"])
        #expect(answer.extension?.notes?.count == 5)
        #expect(answer.extension?.notes?.allSatisfy { $0.zh.contains("未查询") } == true)
    }

    @Test(
        "a missing prefetch is 412, and so is another patient's",
        arguments: [
            "null", #"{"resourceType":"OperationOutcome"}"#,
            #"{"resourceType":"Patient","id":"2","identifier":[{"value":"P1"}]}"#,
        ])
    func noPrefetch(_ patient: String) async throws {
        let fixture = try await Self.open()
        let ask = try Self.desk(fixture)
        let response = await ask(Self.hook(), Self.call([Self.draft("1")], patient: patient))
        #expect(response.status == 412)
        #expect(try JSONParser.parse(response.body)["code"]?.string == "hook.noPrefetch")
    }

    @Test("a patient whom no identifier names gets no card, and the answer says so")
    func nobody() async throws {
        let fixture = try await Self.open()
        let ask = try Self.desk(fixture)
        let response = await ask(
            Self.hook(), Self.call([Self.draft("1")], patient: #"{"resourceType":"Patient","id":"1"}"#))
        #expect(response.status == 200)
        let answer = try Self.answer(response)
        #expect(answer.cards.isEmpty && answer.extension?.notes?.count == 1)
    }

    @Test("drafts without a number of two patients are two decisions; so are two patients under one number")
    func decisionsOfTwoPatients() async throws {
        let fixture = try await Self.open()
        let ask = try Self.desk(fixture)
        for patient in ["P1", "P2"] {
            let text = ORU.text(id: patient, filler: patient, patient: patient + "^^^HOSPITAL^PI")
            #expect(await fixture.intake.take(Array(text.utf8), principal: fixture.principal).codes == ["AA"])
        }
        var decisions: Set<String> = []
        for more in ["", #""identifier":[{"value":"A1"}],"#] {
            for patient in ["P1", "P2"] {
                let person =
                    #"{"resourceType":"Patient","id":"1","identifier":[{"system":"HOSPITAL","value":"\#(patient)","type":{"coding":[{"code":"PI"}]}}]}"#
                let answer = try Self.answer(
                    await ask(Self.hook(), Self.call([Self.draft("1", more: more)], patient: person)))
                let card = try #require(answer.cards.first)
                let feedback = #"{"feedback":[{"card":"\#(card.uuid)","outcome":"accepted"}]}"#
                var request = Self.hook()
                request.path.append("feedback")
                let decided = await ask(request, Array(feedback.utf8))
                #expect(decided.status == 200, "\(String(decoding: decided.body, as: UTF8.self))")
                decisions.formUnion(
                    try JSONParser.parse(decided.body)["decisions"]?.items.compactMap { $0["decision"]?.string } ?? [])
            }
        }
        #expect(decisions.count == 4)
    }

    @Test("feedback that is refused stops no other, and is named")
    func feedback() async throws {
        let fixture = try await Self.open()
        let ask = try Self.desk(fixture)
        _ = await fixture.intake.take(ORU.bytes(), principal: fixture.principal)
        let card = try #require(try Self.answer(await ask(Self.hook(), Self.call([Self.draft("1")]))).cards.first)
        let wrong = #"{"card":"m|GLU|a/0/bulk/0/0","outcome":"accepted"}"#
        let right = #"{"card":"\#(card.uuid)","outcome":"accepted"}"#
        var request = Self.hook()
        request.path.append("feedback")
        let both = await ask(request, Array(#"{"feedback":[\#(wrong),\#(right)]}"#.utf8))
        #expect(both.status == 200)
        let json = try JSONParser.parse(both.body)
        #expect(json["decisions"]?.items.count == 1)
        #expect(json["refused"]?.items.map { $0["code"]?.string } == ["recognition.notOffered"])
        #expect(await ask(request, Array(#"{"feedback":[\#(wrong)]}"#.utf8)).status == 409)
    }

    @Test("a resource's id is no order number; a match without one stands for itself")
    func numbers() throws {
        let now = WallTime(milliseconds: 1_795_000_000_000)
        let drafts = [
            Self.draft("7"), Self.draft("8", more: #""requisition":{"value":12},"#),
            Self.draft("9", more: #""identifier":[{"value":"A9"}],"#),
        ]
        let call = try HookRequest(Self.call(drafts), now: now)
        #expect(call.orders.map(\.number) == [nil, "12", "A9"])
        #expect(call.orders.map { $0.codings.first?.orderNumber } == [nil, "12", "A9"])
    }

    @Test("a compressed body or another type is 415, another wish 406")
    func encodings() async throws {
        let fixture = try await Self.open()
        let ask = try Self.desk(fixture)
        let body = try Files.edgeBytes("C09-empty-draft.json")
        #expect(await ask(Self.hook(["content-encoding": "gzip"]), body).status == 415)
        #expect(await ask(Self.hook(["content-type": "application/xml"]), body).status == 415)
        #expect(await ask(Self.hook(["accept": "application/xml"]), body).status == 406)
        #expect(await ask(Self.hook(["content-type": "application/json; charset=utf-8"]), body).status == 200)
    }
}
