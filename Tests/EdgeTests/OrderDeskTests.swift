import Effects
import FHIR
import Foundation
import MessageCorpus
import Recognition
import RecognitionEdge
import Regions
import Testing

@testable import Edge

@Suite("Orders at the hospital's door", .serialized)
struct OrderDeskTests {
    static func rules() throws -> RecognitionRules {
        RecognitionRules(
            edition: "test",
            items: [
                CatalogueItem(
                    code: "GLU", name: "葡萄糖", englishName: "glucose", examinationClass: .laboratory, unit: "mmol/L",
                    windowDays: 3_650, price: PriceReference(fen: 500, version: "示例"), from: .epoch),
                CatalogueItem(
                    code: "DR", name: "胸部DR", englishName: "chest DR", examinationClass: .radiography, windowDays: 30,
                    from: .epoch),
            ],
            localCodes: [LocalCode(code: "GLU", item: "GLU")], units: [UnitOfMeasure(code: "mmol/L")],
            policy: [RecognitionPolicyRow(id: "P1", outcome: .discretion)],
            reasons: [
                RepeatReason(code: "01", name: "病情变化", englishName: "condition changed"),
                RepeatReason(code: "08", name: "其他", englishName: "other", needsText: true),
            ])
    }

    private func hook(_ hook: String, codes: [String], selections: [String]? = nil) -> [UInt8] {
        let orders = codes.enumerated().map { index, code -> JSONValue in
            [
                "resource": [
                    "resourceType": "ServiceRequest", "id": .string("\(index + 1)"), "status": "draft",
                    "intent": "order", "subject": ["reference": "Patient/1"],
                    "identifier": [["value": .string("O-\(index + 1)")]],
                    "code": ["coding": [["system": "urn:yilian:catalogue", "code": .string(code)]]],
                ]
            ]
        }
        var context: JSONObject = [
            "userId": "Practitioner/1", "patientId": "1",
            "draftOrders": ["resourceType": "Bundle", "type": "collection", "entry": .array(orders)],
        ]
        if let selections { context["selections"] = .array(selections.map(JSONValue.string)) }
        return JSONPrinter.bytes([
            "hook": .string(hook), "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", "context": .object(context),
            "prefetch": [
                "patient": [
                    "resourceType": "Patient", "id": "1",
                    "identifier": [
                        ["system": "HOSPITAL", "value": "P1", "type": ["coding": [["code": "PI"]]]]
                    ],
                ]
            ],
        ])
    }

    /// A hospital with one glucose of a patient, and a client of its system.
    private func withDoor(_ body: (EdgeFixture, FHIRClient) async throws -> Void) async throws {
        let fixture = try await EdgeFixture.open(recognition: try Self.rules())
        _ = await fixture.intake.take(ORU.bytes(), principal: fixture.principal)
        try await fixture.withClient { client in
            let root = client.base.replacing("/fhir", with: "")
            try await body(fixture, FHIRClient(client: client.client, base: root))
        }
    }

    private func decoded<Value: Decodable>(_ type: Value.Type, _ answer: FHIRClient.Answer) throws -> Value {
        try JSONDecoder().decode(type, from: Data(answer.body))
    }

    @Test("discovery needs no token, names both hooks and the prefetch")
    func discovery() async throws {
        try await withDoor { _, client in
            let answer = try await client.send(.GET, "/cds-services", token: nil)
            #expect(answer.status == 200)
            let services = try decoded(CDSHooks.Discovery.self, answer).services
            #expect(services.map(\.hook) == ["order-select", "order-sign"])
            #expect(services.allSatisfy { $0.prefetch == ["patient": "Patient/{{context.patientId}}"] })
            try Answers.keep(answer.body, as: "cds-discovery.json")
        }
    }

    @Test("a card has the trail, a link that opens the result, the reasons; feedback on it is a decision")
    func cardToDecision() async throws {
        try await withDoor { _, client in
            let answer = try await client.post(
                "/cds-services/yilian-order-sign", hook("order-sign", codes: ["GLU", "DR", "?"]))
            #expect(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
            try Answers.keep(answer.body, as: "cds-cards.json")
            let cards = try decoded(CDSHooks.Answer.self, answer)
            let card = try #require(cards.cards.first)
            #expect(cards.cards.count == 1)
            #expect(card.summary.hasPrefix("可互认：葡萄糖") && card.summary.count <= 140)
            #expect(card.detail.contains("本机构出具") && card.detail.contains("诊断结论不在互认之列"))
            #expect(card.overrideReasons?.map(\.code) == ["01", "08"])
            #expect(card.suggestions?.first?.actions.first?.resourceId == "ServiceRequest/1")
            #expect(card.selectionBehavior == "at-most-one")
            let match = try #require(cards.extension?.match)
            #expect(match.items.map(\.item) == ["GLU", "DR"] && match.unknown.map(\.code) == ["?"])

            let link = try #require(card.links?.first?.url)
            let path = try #require(link.range(of: "/fhir/").map { String(link[$0.lowerBound...]) })
            let opened = try await client.send(.GET, path)
            #expect(opened.status == 200 && opened.type == "DiagnosticReport")
            try Answers.keep(opened.body, as: "fhir-report.json")

            let feedback = Data(
                #"{"feedback":[{"card":"\#(card.uuid)","outcome":"accepted","outcomeTimestamp":"2026-11-20T08:00:00Z"}]}"#
                    .utf8)
            let decided = try await client.post("/cds-services/yilian-order-sign/feedback", Array(feedback))
            #expect(decided.status == 200, "\(String(decoding: decided.body, as: UTF8.self))")
            let kept = try await client.send(.GET, "/recognition/decisions/" + match.match)
            #expect(try decoded([DecisionRecordInfo].self, kept).map(\.outcome) == ["recognised"])
            #expect(try decoded([DecisionRecordInfo].self, kept).first?.orderNumber == "O-1")
        }
    }

    @Test("order-select asks about what is selected only")
    func selection() async throws {
        try await withDoor { _, client in
            let body = hook("order-select", codes: ["DR", "GLU"], selections: ["ServiceRequest/2"])
            let answer = try await client.post("/cds-services/yilian-order-select", body)
            let match = try decoded(CDSHooks.Answer.self, answer).extension?.match
            #expect(match?.items.map(\.item) == ["GLU"])
        }
    }

    @Test("the plain interface: match, open, decide twice, reasons, alerts")
    func plainJSON() async throws {
        try await withDoor { fixture, client in
            let question =
                #"{"patient":[{"system":"HOSPITAL","value":"P1","type":"PI"}],"orderNumber":"O-9","items":[{"code":"GLU"}]}"#
            let answer = try await client.post("/recognition/match", Array(question.utf8))
            #expect(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
            let match = try decoded(MatchInfo.self, answer)
            let candidate = try #require(match.items.first?.candidates.first)
            #expect(candidate.verdict == "recognised" && candidate.trail.map(\.rule).contains("window"))
            let opening = #"{"patient":[{"system":"HOSPITAL","value":"P1","type":"PI"}],"entry":"\#(candidate.entry)"}"#
            let opened = try await client.post("/recognition/open", Array(opening.utf8))
            #expect(opened.json?["notRecognisable"]?.string == "conclusion")
            #expect(opened.json?["report"]?["resourceType"]?.string == "DiagnosticReport")
            let decision =
                #"{"match":"\#(match.match)","item":"GLU","entry":"\#(candidate.entry)","outcome":"repeated","reason":"01"}"#
            #expect(try await client.post("/recognition/decisions", Array(decision.utf8)).status == 201)
            #expect(try await client.post("/recognition/decisions", Array(decision.utf8)).status == 200)
            let reasons = try await client.send(.GET, "/recognition/reasons")
            #expect(try decoded([ReasonInfo].self, reasons).map(\.code) == ["01", "08"])

            // Its own result: no alert about what the institution itself corrected; another unit's would be one.
            _ = await fixture.intake.take(ORU.bytes(id: "M2", value: "9.9", status: "C"), principal: fixture.principal)
            let alerts = try await client.send(.GET, "/recognition/alerts")
            #expect(alerts.status == 200)
        }
    }

    @Test(
        "every refusal has a code, a sentence in each language and a way on",
        arguments: [
            ("GET", "/cds-services/nothing", "", 404, "hook.unknown"),
            ("GET", "/recognition/match", "", 405, "hook.method"),
            ("POST", "/recognition/match", "{", 400, "hook.malformed"),
            ("POST", "/recognition/match", #"{"patient":[],"items":[{"code":"GLU"}]}"#, 400, "hook.noPatient"),
            ("POST", "/recognition/match", #"{"patient":[{"value":"1"}],"items":[]}"#, 400, "recognition.noItems"),
            ("POST", "/cds-services/yilian-order-sign", #"{"hook":"order-sign"}"#, 400, "hook.malformed"),
            ("POST", "/cds-services/yilian-order-sign", #"{"hook":"patient-view"}"#, 400, "hook.malformed"),
            (
                "POST", "/recognition/decisions",
                #"{"match":"m","item":"i","entry":"a/0/bulk/0/0","outcome":"perhaps"}"#, 400,
                "recognition.badOutcome"
            ),
            (
                "POST", "/recognition/decisions",
                #"{"match":"m","item":"i","entry":"a/0/bulk/0/0","outcome":"repeated"}"#, 400,
                "recognition.reasonMissing"
            ),
            (
                "POST", "/recognition/decisions",
                #"{"match":"m","item":"i","entry":"a/0/bulk/0/0","outcome":"recognised"}"#, 409,
                "recognition.notOffered"
            ),
            ("POST", "/recognition/alerts/acknowledge", #"{"current":"a/0/bulk/0/0"}"#, 404, "recognition.noAlert"),
        ])
    func refusals(_ method: String, _ path: String, _ body: String, _ status: Int, _ code: String) async throws {
        try await withDoor { _, client in
            let answer = try await client.send(
                method == "GET" ? .GET : .POST, path, body: body.isEmpty ? nil : Array(body.utf8))
            #expect(answer.status == status, "\(String(decoding: answer.body, as: UTF8.self))")
            #expect(answer.json?["code"]?.string == code)
            #expect(answer.json?["message"]?.string?.isEmpty == false)
            #expect(answer.json?["class"]?.string == FailureCatalogue.edge.class(of: .init(rawValue: code)).rawValue)
            let definition = try #require(FailureCatalogue.edge[.init(rawValue: code)])
            #expect(answer.json?["messageChinese"]?.string == definition.sentence.chinese)
            #expect(answer.json?["remedyChinese"]?.string == definition.remedy.chinese)
            #expect(answer.json?["remedy"]?.string?.isEmpty == false)
            #expect(answer.json?["correlation"]?.string == answer.headers.first(name: "X-Yilian-Correlation"))
        }
    }

    @Test("without a token nobody is told anything about a patient")
    func noToken() async throws {
        try await withDoor { _, client in
            for path in ["/recognition/match", "/cds-services/yilian-order-sign", "/recognition/open"] {
                let answer = try await client.send(.POST, path, body: hook("order-sign", codes: ["GLU"]), token: nil)
                #expect(answer.status == 401)
                #expect(answer.json?["code"]?.string == "hook.login")
            }
            #expect(try await client.send(.GET, "/recognition/alerts", token: "x").status == 401)
        }
    }

    @Test("a script in another language orders, is shown cards, opens one and decides, from the docs alone")
    func script() async throws {
        let fixture = try await EdgeFixture.open(recognition: try Self.rules())
        _ = await fixture.intake.take(ORU.bytes(), principal: fixture.principal)
        try fixture.write(FHIRClient.token, to: "script.token")
        try fixture.write(fixture.authority.certificatePEM, to: "script.ca")
        let script =
            "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/docs/examples/order.py"
        #expect(try SystemDisk().readText(script).split(separator: "\n", omittingEmptySubsequences: false).count <= 101)
        try await fixture.withEdge(https: try fixture.https()) { _, addresses in
            let port = try #require(addresses.https?.port)
            // The node's certificate names 127.0.0.1 and localhost.
            let result = try await ChildProcess.run(
                "/usr/bin/env",
                [
                    "python3", script, "https://localhost:\(port)", "--token-file", fixture.folder + "/script.token",
                    "--ca", fixture.folder + "/script.ca", "--practitioner", "张医生", "--identifier", "HOSPITAL|P1",
                    "--yes", "GLU", "DR",
                ], scratch: fixture.folder, world: fixture.world)
            #expect(result.code == 0, "\(result.errorOutput)")
            #expect(result.output.contains("可互认：葡萄糖"))
            #expect(result.output.contains("opened hospital/"))
            #expect(result.output.contains("decided:"))
        }
        let decisions = try await fixture.intake.node.service(RecognitionService.self).decisions()
        #expect(decisions.map(\.fields.isRecognised) == [true])
        #expect(decisions.first?.content?.practitioner == "张医生")
    }
}
