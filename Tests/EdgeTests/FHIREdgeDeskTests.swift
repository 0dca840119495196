import EdgeKit
import Effects
import FHIR
import MessageCorpus
import Recognition
import Testing

@testable import Edge

@Suite("FHIR's edges, through the desk")
struct FHIREdgeDeskTests {
    typealias Desk = FHIRDeskTests.Desk

    private static func resources(_ response: EdgeResponse, _ type: String) throws -> [JSONValue] {
        try FHIRResource.parse(response.body).items("entry").compactMap { $0["resource"] }
            .filter { $0["resourceType"]?.string == type }
    }

    private static func issues(_ resource: JSONValue?) -> [JSONValue] { resource?["issue"]?.items ?? [] }

    @Test("F221: a CRP under the specimen's number does not replace the blood count")
    func accession() async throws {
        let desk = try Desk(try await EdgeFixture.open())
        for name in ["F221-acsn-two-1.json", "F221-acsn-two-2.json"] {
            #expect(await desk.post("Bundle", json: try Files.edge(name)).status == 201)
        }
        let found = await desk.get("DiagnosticReport", query: "patient.identifier=urn:hunt:mrn%7CFNF221")
        let values = try Self.resources(found, "Observation").compactMap { $0["valueQuantity"]?["value"]?.lexical }
        #expect(values.sorted() == ["15.5", "6.8"])
    }

    @Test("a client's own id overwrites nothing: without a number every report stays")
    func clientID() async throws {
        let desk = try Desk(try await EdgeFixture.open())
        for value in ["5.0", "6.0"] {
            let json = try JSONParser.parse(
                Array(
                    (#"{"resourceType":"DiagnosticReport","id":"1","status":"final","code":{"text":"K"},"#
                        + #""subject":{"identifier":{"system":"urn:m","value":"9"}},"contained":[{"resourceType":"#
                        + #""Observation","id":"o","status":"final","code":{"text":"K"},"valueQuantity":{"value":\#(value)}}],"#
                        + ##""result":[{"reference":"#o"}]}"##).utf8))
            let answer = await desk.post("DiagnosticReport", json: json)
            #expect(answer.status == 201)
            let told = Self.issues(try JSONParser.parse(answer.body))
            #expect(
                told.contains {
                    $0["severity"] == "warning" && $0["expression"]?.items == ["DiagnosticReport.identifier"]
                })
        }
        let found = await desk.get("DiagnosticReport", query: "patient.identifier=urn:m%7C9")
        #expect(try Self.resources(found, "DiagnosticReport").count == 2)
    }

    @Test("warnings stand beside the 201: in the outcome, or with the entry of a transaction that they are about")
    func warnings() async throws {
        let desk = try Desk(try await EdgeFixture.open())
        let narrative = try Files.edge("F229-narrative-only.json")
        let single = await desk.post("Bundle", json: narrative)
        #expect(single.status == 201)
        let outcome = try JSONParser.parse(single.body)
        #expect(outcome["resourceType"] == "OperationOutcome")
        #expect(
            Self.issues(outcome).contains {
                $0["severity"] == "warning" && $0["expression"]?.items == ["Bundle.entry[1].resource.text"]
            })
        var transaction = try #require(narrative.object)
        transaction["type"] = "transaction"
        transaction["identifier"] = ["value": "other"]
        let answer = await desk.post(json: .object(transaction))
        let entries = try FHIRResource.parse(answer.body).items("entry")
        #expect(entries.count == 2)
        #expect(entries[0]["response"]?["outcome"] == nil)
        #expect(Self.issues(entries[1]["response"]?["outcome"]).contains { $0["severity"] == "warning" })
    }

    @Test("a batch is taken whole or not at all")
    func batch() async throws {
        let desk = try Desk(try await EdgeFixture.open())
        let good = try #require(try Files.edge("F221-acsn-two-1.json").object)
        var batch = good
        batch["type"] = "batch"
        let bad: JSONValue = [
            "resource": [
                "resourceType": "DiagnosticReport", "status": "final", "identifier": [["value": "B"]],
                "subject": ["reference": "Patient/p"], "result": [["reference": "Observation/away"]],
            ]
        ]
        batch["entry"] = .array((good["entry"]?.items ?? []) + [bad])
        #expect(await desk.post(json: .object(batch)).status == 422)
        let found = await desk.get("DiagnosticReport", query: "patient.identifier=urn:hunt:mrn%7CFNF221")
        #expect(try Self.resources(found, "DiagnosticReport").isEmpty)
    }

    @Test(
        "Accept and _format: JSON, or 406",
        arguments: [
            (["accept": "application/fhir+json"], "", 200), (["accept": "*/*"], "", 200), ([:], "", 200),
            (["accept": "application/fhir+xml"], "", 406), (["accept": "text/html, application/xml;q=0.9"], "", 406),
            (["accept": "text/html, */*;q=0.1"], "", 200), (["accept": "application/json;q=0"], "", 406),
            (["accept": "application/fhir+json; fhirVersion=3.0"], "", 406), ([:], "&_format=xml", 406),
            ([:], "&_format=application/fhir+json", 200), (["accept": "application/fhir+xml"], "&_format=json", 200),
        ])
    func accept(headers: [String: String], more: String, status: Int) async throws {
        let desk = try Desk(try await EdgeFixture.open())
        let answer = await desk.search(more, headers: headers)
        #expect(answer.status == status)
        #expect(answer.headers["Cache-Control"] == "no-store")
    }

    @Test("a compressed body is 415, whether it says so or not, and so is a form that is none")
    func encodings() async throws {
        let desk = try Desk(try await EdgeFixture.open())
        let json = try Files.edge("F221-acsn-two-1.json")
        let said = await desk.post("Bundle", json: json, headers: ["content-encoding": "gzip"])
        #expect(said.status == 415)
        #expect(said.headers["Accept-Encoding"] == "identity")
        #expect(String(decoding: said.body, as: UTF8.self).contains("compressed"))
        let headers = ["authorization": "Bearer " + FHIRClient.token]
        let unsaid = await desk.desk.answer(EdgeRequest(method: "POST", path: ["Bundle"], headers: headers)) { _ in
            [0x1F, 0x8B, 0x08, 0x00]
        }
        #expect(unsaid.status == 415)
        var typed = headers
        typed["content-type"] = "application/json"
        let form = await desk.desk.answer(
            EdgeRequest(method: "POST", path: ["DiagnosticReport", "_search"], headers: typed)
        ) { _ in Array("patient.identifier=HOSPITAL|P1".utf8) }
        #expect(form.status == 415)
        #expect(await desk.post("Bundle", json: json, headers: ["content-encoding": "identity"]).status == 201)
    }
}

extension Files {
    /// One of the inputs that went wrong at the edges.
    static func edge(_ name: String) throws -> JSONValue { try JSONParser.parse(try edgeBytes(name)) }

    static func edgeBytes(_ name: String) throws -> [UInt8] { try EdgeCases.bytes(name) }
}
