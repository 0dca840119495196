import Effects
import FHIR
import Foundation
import NIOSSL
import Recognition
import RecognitionEdge
import Regions
import Testing

@testable import Edge

@Suite("FHIR over loopback HTTPS")
struct FHIRServerTests {
    @Test func everyMessageOfTheDemoIsTakenAndRepeated() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withClient { client in
            for file in try Files.all(in: Files.demo + "/fhir") {
                let first = try await client.post("", file.bytes)
                let isRepeat = file.name.contains("repeated")
                let text = String(decoding: first.body, as: UTF8.self)
                #expect(first.status == (isRepeat ? 200 : 201), "\(file): \(text)")
                let second = try await client.post("", file.bytes)
                #expect(second.status == 200, "\(file)")
                #expect(second.body == first.body, "\(file)")
            }
        }
    }

    @Test(arguments: [
        ("zhangzhuang-01-transaction-blood-count.json", "Bundle", "transaction-response", "/Bundle"),
        ("zhangzhuang-02-batch-two-reports.json", "Bundle", "batch-response", ""),
        ("jucheng-01-message-glucose.json", "Bundle", "message", ""),
        ("xiyan-01-collection-renal.json", "OperationOutcome", nil, "/Bundle"),
        ("yuxian-03-single-liver-function.json", "OperationOutcome", nil, "/DiagnosticReport"),
    ])
    func eachKindOfBundleGetsItsKindOfAnswer(_ name: String, _ type: String, _ kind: String?, _ path: String)
        async throws
    {
        let fixture = try await EdgeFixture.open()
        let bytes = try Files.one("fhir/" + name)
        try await fixture.withClient { client in
            let answer = try await client.post(path, bytes)
            #expect(answer.status == 201)
            #expect(answer.type == type)
            #expect(answer.json?["type"]?.string == kind)
            #expect(!FHIRAnswer.reports(in: answer.body).isEmpty)
            if kind == "transaction-response" || kind == "batch-response" {
                let sent = try FHIRResource.parse(bytes).items("entry").count
                #expect(answer.json?["entry"]?.items.count == sent)
                let statuses = answer.json?["entry"]?.items.compactMap { $0["response"]?["status"]?.string } ?? []
                #expect(statuses.count == sent)
                #expect(statuses.contains("201 Created"))
            }
            if path == "/DiagnosticReport" {
                #expect(answer.headers.first(name: "Location")?.contains("/fhir/DiagnosticReport/") == true)
            }
        }
    }

    @Test(arguments: ["ZZ\r\nabc\r\n0\r\n\r\n", "3\r\nabcdef\r\n0\r\n\r\n", "-1\r\nabc\r\n"])
    func chunksThatAreNoneAreABadRequest(chunks: String) async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withEdge(https: try fixture.https()) { _, addresses in
            let url = try #require(addresses.fhirBaseURL.flatMap(URL.init(string:)))
            let address = NetworkAddress(host: "127.0.0.1", port: UInt16(try #require(url.port)))
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.certificateVerification = .none
            let request =
                "POST /fhir HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(FHIRClient.token)\r\n"
                + "Content-Type: application/fhir+json\r\nTransfer-Encoding: chunked\r\n\r\n"
            let answer = try await FHIRClient.raw(
                request + chunks, to: address, tls: try NIOSSLContext(configuration: tls))
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer.prefix(200))")
        }
    }

    @Test func whatWasPostedIsFoundUnchanged() async throws {
        let fixture = try await EdgeFixture.open()
        let bytes = try Files.one("fhir/jucheng-01-message-glucose.json")
        let mapper = FHIRReportMapper(institution: EdgeFixture.unit, now: fixture.world.time.wallTime)
        let sent = try #require(mapper.map(try FHIRResource.parse(bytes)).submissions.first?.content)
        try await fixture.withClient { client in
            #expect(try await client.post("", bytes).status == 201)
            let path = "/DiagnosticReport?patient.identifier=999999196804129172"
            let answer = try await client.send(.GET, path)
            #expect(answer.status == 200)
            #expect(answer.json?["total"]?.lexical == "1")
            #expect(!String(decoding: answer.body, as: UTF8.self).contains("\"mode\":\"outcome\""))
            let id = try #require(answer.json?["entry"]?.items.first?["resource"]?["id"]?.string)
            let single = try await client.send(.GET, "/DiagnosticReport/" + id)
            #expect(single.status == 200)
            let found = try #require(mapper.map(try FHIRResource.parse(single.body)).submissions.first?.content)
            #expect(found.observations.map(\.value) == sent.observations.map(\.value))
            #expect(found.observations.map(\.unit?.code) == sent.observations.map(\.unit?.code))
            #expect(found.observations.map(\.referenceRange) == sent.observations.map(\.referenceRange))
            #expect(found.patient.identifiers == sent.patient.identifiers)
            #expect(found.fillerOrderNumber == sent.fillerOrderNumber)
        }
    }

    @Test func metadataNeedsNoToken() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withClient { client in
            let answer = try await client.send(.GET, "/metadata", token: nil)
            #expect(answer.status == 200)
            #expect(answer.type == "CapabilityStatement")
            #expect(answer.headers.first(name: "Content-Type")?.hasPrefix("application/fhir+json") == true)
        }
    }

    @Test func everyRefusalIsAnOperationOutcomeWithACorrelation() async throws {
        let fixture = try await EdgeFixture.open()
        let good = try Files.one("fhir/yuxian-03-single-liver-function.json")
        try await fixture.withClient { client in
            let outside = FHIRClient(client: client.client, base: String(client.base.dropLast("/fhir".count)))
            let refusals: [(Int, FHIRClient.Answer)] = [
                (401, try await client.send(.POST, "", body: good, token: nil)),
                (401, try await client.send(.POST, "", body: good, token: "0123456789abcdef-hit")),
                (415, try await client.post("", good, type: "application/fhir+xml")),
                (400, try await client.post("", Array("{\"a\":\n  1,,}".utf8))),
                (400, try await client.post("/Bundle", good)),
                (422, try await client.post("", try Files.one("bad/other-resource.json"))),
                (422, try await client.post("", try Files.one("bad/dangling-reference.json"))),
                (404, try await client.send(.GET, "/Patient/1")),
                (405, try await client.send(.DELETE, "/DiagnosticReport")),
                (400, try await client.send(.GET, "/DiagnosticReport")),
                (400, try await client.send(.GET, "/DiagnosticReport?patient.identifier=1&colour=red")),
                (403, try await client.send(.GET, "/DiagnosticReport/0000")),
                (404, try await client.send(.GET, "/$message/nothing")),
                (404, try await outside.send(.GET, "/nothing/here")), (404, try await outside.send(.GET, "/")),
            ]
            for (index, (status, answer)) in refusals.enumerated() {
                #expect(answer.status == status, "\(index): \(String(decoding: answer.body, as: UTF8.self))")
                #expect(answer.type == "OperationOutcome", "\(index)")
                #expect(answer.json?["id"]?.string?.isEmpty == false, "\(index)")
                #expect(answer.headers.first(name: "X-Yilian-Correlation") != nil, "\(index)")
            }
            let broken = String(decoding: refusals[3].1.body, as: UTF8.self)
            #expect(broken.contains("line 2, column"))
            #expect(refusals[0].1.headers.first(name: "WWW-Authenticate")?.hasPrefix("Bearer") == true)
        }
    }

    @Test func aBodyBeyondTheLimitIsRefusedUnread() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withClient { client in
            let answer = try await client.post("", [UInt8](repeating: 0x20, count: Limits.fhirBodyBytes + 1))
            #expect(answer.status == 413)
            #expect(answer.type == "OperationOutcome")
            #expect(String(decoding: answer.body, as: UTF8.self).contains("\(Limits.fhirBodyBytes)"))
        }
    }

    @Test func whatBecameOfAMessageCanBeAsked() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withClient { client in
            _ = try await client.post("", try Files.one("fhir/jucheng-01-message-glucose.json"))
            let bundle = try FHIRResource.parse(try Files.one("fhir/jucheng-01-message-glucose.json"))
            let id = try #require(bundle["identifier"]?["value"]?.string ?? bundle.id)
            for path in ["/$message/", "/messages/"] {
                let answer = try await client.send(.GET, path + id)
                #expect(answer.status == 200)
                #expect(String(decoding: answer.body, as: UTF8.self).contains("accepted"))
            }
            let bad = try await client.post("", try Files.one("bad/dangling-reference.json"))
            #expect(bad.status == 422)
            let refused = try await client.send(.GET, "/$message/BAD-F")
            #expect(String(decoding: refused.body, as: UTF8.self).contains("refused"))
        }
    }
}
