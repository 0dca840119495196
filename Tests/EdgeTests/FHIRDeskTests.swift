import EdgeKit
import Effects
import FHIR
import MessageCorpus
import Recognition
import RecognitionEdge
import Regions
import ServiceKit
import Storage
import Testing

@testable import Edge

@Suite("FHIR desk, without a socket")
struct FHIRDeskTests {
    private static let token = FHIRClient.token

    /// A desk with one system, and a way to ask it.
    struct Desk {
        let fixture: EdgeFixture
        let desk: FHIRDesk

        init(
            _ fixture: EdgeFixture, purpose: String? = "treatment", practitioner: String? = "doctor-1"
        ) throws {
            self.fixture = fixture
            try fixture.write(FHIRDeskTests.token, to: "his")
            let system = HospitalSystem(
                name: "his", institution: try fixture.reference, tokenFile: "his", purpose: purpose,
                practitioner: practitioner)
            let folder = fixture.folder
            let tokens = try TokenBook(
                systems: [system], resolve: { folder + "/" + $0 }, world: fixture.world, logger: fixture.logger)
            desk = FHIRDesk(intake: fixture.intake, tokens: tokens, logger: fixture.logger)
        }

        /// What the system sends with each request: its token, and the order for which somebody looks.
        private static let standing = ["authorization": "Bearer " + FHIRDeskTests.token, "x-yilian-order": "O-1"]

        func get(_ path: String..., query: String = "", headers: [String: String] = [:]) async -> EdgeResponse {
            let all = Self.standing.merging(headers) { $1 }
            guard let query = FHIRQuery(query) else { return EdgeResponse(0, []) }
            return await desk.answer(
                EdgeRequest(method: "GET", path: path, query: query, headers: all), body: { _ in [] })
        }

        func post(_ path: String..., json: JSONValue, headers: [String: String] = [:]) async -> EdgeResponse {
            let all = Self.standing.merging(headers) { $1 }
            return await desk.answer(
                EdgeRequest(method: "POST", path: path, headers: all), body: { _ in JSONPrinter.bytes(json) })
        }

        func search(_ more: String = "", headers: [String: String] = [:]) async -> EdgeResponse {
            await get("DiagnosticReport", query: "patient.identifier=HOSPITAL%7CP1" + more, headers: headers)
        }
    }

    private static func matches(_ response: EdgeResponse) throws -> [JSONValue] {
        try FHIRResource.parse(response.body).items("entry").filter { $0["search"]?["mode"]?.string == "match" }
            .compactMap { $0["resource"] }
    }

    @Test(arguments: [
        ([:], 200), (["x-yilian-purpose": "consultation"], 200), (["x-yilian-purpose": "curiosity"], 400),
        (["x-yilian-purpose": "emergency"], 400), (["x-yilian-order": ""], 403), (["x-yilian-order": "0"], 403),
        (["x-yilian-order": "", "x-yilian-consent": "C-1"], 200), (["x-yilian-purpose": "ownRecord"], 403),
        (["x-yilian-purpose": "qualityReview", "x-yilian-order": "", "x-yilian-consent": "C-1"], 403),
        (["x-yilian-purpose": "emergency", "x-yilian-break-glass": "%E6%98%8F%E8%BF%B7"], 200),
        (["x-yilian-practitioner": "%E5%BC%A0%E4%B8%89"], 200), (["x-yilian-practitioner": "%E5%BC"], 400),
        (["x-yilian-practitioner": String(repeating: "x", count: 600)], 400),
    ])
    func everySearchRestsOnAnAccessStatement(_ headers: [String: String], _ status: Int) async throws {
        let fixture = try await EdgeFixture.open()
        let desk = try Desk(fixture)
        #expect(await desk.search(headers: headers).status == status)
        let audited = try await fixture.node.context.ledger.read { sql in
            try sql.rows("SELECT practitioner, purpose FROM audit ORDER BY entry", []).map {
                [try $0.text(0), try $0.text(1)]
            }
        }
        #expect(audited.isEmpty == (status != 200))
        if headers["x-yilian-practitioner"]?.hasPrefix("%E5%BC%A0") == true {
            #expect(audited.first == ["张三", "treatment"])
        }
    }

    @Test func aSystemWithoutPurposeMayNotAskAndOneWithoutPractitionerMustNameOne() async throws {
        let fixture = try await EdgeFixture.open()
        let mute = try Desk(fixture, purpose: nil)
        #expect(await mute.search().status == 403)
        let anonymous = try Desk(fixture, practitioner: nil)
        #expect(await anonymous.search().status == 400)
        #expect(await anonymous.search(headers: ["x-yilian-practitioner": "doctor-2"]).status == 200)
    }

    @Test func statusAndDateNarrowASearchAndTheNewestComesFirst() async throws {
        let fixture = try await EdgeFixture.open()
        let desk = try Desk(fixture)
        for (id, status, day) in [("1", "F", "19"), ("2", "P", "20"), ("3", "X", "21")] {
            let text = ORU.text(id: id, filler: id, status: status, resultStatus: status)
                .replacing("20261119081500", with: "202611\(day)081500")
            #expect(await fixture.intake.take(Array(text.utf8), principal: fixture.principal).codes == ["AA"])
        }
        let statuses: (EdgeResponse) throws -> [String] = { try Self.matches($0).compactMap { $0["status"]?.string } }
        #expect(try statuses(await desk.search()) == ["entered-in-error", "preliminary", "final"])
        #expect(try statuses(await desk.search("&status=final,preliminary")) == ["preliminary", "final"])
        #expect(try statuses(await desk.search("&date=ge2026-11-20")) == ["entered-in-error", "preliminary"])
        #expect(try statuses(await desk.search("&date=2026-11-19")) == ["final"])
        let between = await desk.search("&date=gt2026-11-19T08:15:00+08:00&date=lt2026-11-21")
        #expect(try statuses(between) == ["preliminary"])
        #expect(try statuses(await desk.search("&_count=1")) == ["entered-in-error"])
        #expect(String(decoding: await desk.search("&_count=1").body, as: UTF8.self).contains("1 of 3 reports"))
        for wrong in ["&status=odd", "&date=yesterday", "&_count=-1", "&_include=x"] {
            #expect(await desk.search(wrong).status == 400, "\(wrong)")
        }
        #expect(FHIRQuery("a=%ZZ") == nil)
    }

    @Test(arguments: ["patient.identifier", "subject.identifier", "patient:identifier"])
    func theCitizenNumberAloneFindsWhatHL7Brought(_ name: String) async throws {
        let fixture = try await EdgeFixture.open()
        let desk = try Desk(fixture)
        let taken = await fixture.intake.take(
            try Files.one("hl7v2/jucheng-02-liver-and-renal.hl7"), principal: fixture.principal)
        #expect(taken.records.count == 2)
        let answer = await desk.get("DiagnosticReport", query: name + "=999999196804129172")
        #expect(try Self.matches(answer).count == 2)
        let body = String(decoding: answer.body, as: UTF8.self)
        #expect(body.contains(":0.50,") || body.contains(":0.50}"), "values keep their lexical form")
        let card = "urn:oid:2.16.156.10011.1.19%7C5C0DE3A1948F27B6E04D7712A9C38F605B1E9D24C7A06F83D15B42E8970CFA36"
        #expect(try Self.matches(await desk.get("DiagnosticReport", query: name + "=" + card)).count == 2)
    }

    @Test func whoeverCannotBeReachedIsNamed() async throws {
        let fixture = try await EdgeFixture.open(tier: .county)
        let desk = try Desk(fixture)
        _ = await fixture.intake.take(ORU.bytes(), principal: fixture.principal)
        let answer = await desk.search()
        #expect(answer.status == 200)
        try Answers.keep(answer.body, as: "fhir-search.json")
        #expect(try Self.matches(answer).count == 1)
        let outcome = try FHIRResource.parse(answer.body).items("entry").first { entry in
            entry["search"]?["mode"]?.string == "outcome"
        }
        #expect(outcome?["resource"]?["issue"]?.items.first?["diagnostics"]?.string?.contains("above") == true)
    }

    @Test func aReportIsReadByItsIDOnlyOnTheGroundOfASearch() async throws {
        let fixture = try await EdgeFixture.open()
        let desk = try Desk(fixture)
        let taken = await fixture.intake.take(ORU.bytes(), principal: fixture.principal)
        let id = try #require(taken.records.first?.key)
        #expect(await desk.get("DiagnosticReport", id).status == 403)
        let named = await desk.get("DiagnosticReport", id, query: "patient.identifier=HOSPITAL%7CP1")
        #expect(named.status == 200)
        let resource = try FHIRResource.parse(named.body)
        #expect(resource.contained.map(\.type).contains("Patient"))
        #expect(!String(decoding: named.body, as: UTF8.self).contains("\"reference\":\"Patient/"))
        #expect(await desk.get("DiagnosticReport", id).status == 200)
        let other = await desk.get("DiagnosticReport", id, headers: ["x-yilian-practitioner": "doctor-2"])
        #expect(other.status == 403)
        let stranger = await desk.get("DiagnosticReport", id, query: "patient.identifier=HOSPITAL%7CP2")
        #expect(stranger.status == 404)
    }

    @Test func aFormSearchesAsAnAddressDoes() async throws {
        let fixture = try await EdgeFixture.open()
        let desk = try Desk(fixture)
        _ = await fixture.intake.take(ORU.bytes(), principal: fixture.principal)
        let request = EdgeRequest(
            method: "POST", path: ["DiagnosticReport", "_search"],
            headers: ["authorization": "bearer " + Self.token, "x-yilian-order": "O-1"])
        let answer = await desk.desk.answer(request) { _ in Array("patient.identifier=HOSPITAL|P1".utf8) }
        #expect(try Self.matches(answer).count == 1)
    }

    @Test func aMessageIsLookedUpByItsOwnInstitutionOnly() async throws {
        let fixture = try await EdgeFixture.open()
        let desk = try Desk(fixture)
        let other = Principal(system: "other", institution: "other-hospital")
        #expect(await fixture.intake.take(ORU.bytes(id: "X1"), principal: other).outcome == .accepted)
        #expect(await desk.get("$message", "X1").status == 404)
        #expect(await fixture.intake.take(ORU.bytes(id: "X1"), principal: fixture.principal).outcome == .accepted)
        let answer = await desk.get("$message", "X1")
        #expect(answer.status == 200)
        #expect(try FHIRResource.parse(answer.body).items("parameter").count == 1)
        let memory = MessageMemory(fixture.node.context)
        for institution in [EdgeFixture.unit, "other-hospital"] {
            #expect(try await memory.messages(withID: "X1", of: institution).count == 1)
        }
    }

    @Test func anInstitutionThatMovedAwayIsForbidden() async throws {
        let fixture = try await EdgeFixture.open()
        try fixture.write(Self.token, to: "his")
        let system = HospitalSystem(
            name: "his", institution: .unit(try OrgUnitID("foreign-hospital")), tokenFile: "his", purpose: "treatment")
        let folder = fixture.folder
        let tokens = try TokenBook(
            systems: [system], resolve: { folder + "/" + $0 }, world: fixture.world, logger: fixture.logger)
        let desk = FHIRDesk(intake: fixture.intake, tokens: tokens, logger: fixture.logger)
        let request = EdgeRequest(
            method: "GET", path: ["$message", "x"], headers: ["authorization": "Bearer " + Self.token])
        #expect(await desk.answer(request, body: { _ in [] }).status == 403)
    }

    @Test(arguments: [
        ("storage.full", 503), ("ledger.overloaded", 503), ("call.notReachable", 504), ("recognition.notFound", 404),
        ("access.otherPatient", 403), ("access.incomplete", 400), ("ledger.badSeal", 500),
    ])
    func failuresOfTheNodeBecomeStatuses(_ code: String, _ status: Int) {
        let refusal = FHIRRefusal(Failure(Failure.Code(rawValue: code), "detail"))
        #expect(refusal.status == status)
        if status >= 500 { #expect(!refusal.issue.diagnostics.contains("detail")) }
        if status == 503 { #expect(refusal.headers["Retry-After"] != nil) }
        let details = refusal.issue.details
        #expect(details?.code == code)
        #expect(details?.text.unicodeScalars.contains { $0.properties.isIdeographic } == true)
        let json = OperationOutcome([refusal.issue]).json["issue"]?.items.first?["details"]
        #expect(json?["coding"]?.items.first?["code"]?.string == code)
    }
}
