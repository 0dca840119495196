import Consultation
import EdgeKit
import Effects
import FHIR
import HL7
import Ledgers
import ServiceKit
import Testing

@testable import ConsultationEdge

@Suite("A hospital's system asks for a consultation by FHIR, and gets the report")
struct HospitalInterfaceTests {
    /// One hospital's system at one node of the region.
    private struct Hospital {
        var region: ConsultationRegion
        var node: String
        var unit = OrderSamples.unit
        var purpose: AccessStatement.Purpose? = .consultation

        private var service: ConsultationService { get throws { try region.service(node) } }

        func call(
            _ method: String, _ body: JSONValue? = nil, captured: [String] = [], headers: [String: String] = [:],
            query: [FHIRQuery.Item] = []
        ) -> EdgeCall {
            var all = ["x-yilian-practitioner": "D-102"]
            all.merge(headers) { $1 }
            return EdgeCall(
                EdgeRequest(method: method, path: [], query: FHIRQuery(query), headers: all, authority: "node:8443"),
                principal: Principal(system: "his", institution: unit, purpose: purpose), captured: captured,
                correlation: "C-1", body: { _, _ in body.map { JSONPrinter.bytes($0) } ?? [] })
        }

        func create(_ changes: [String: JSONValue?] = [:]) async throws -> EdgeResponse {
            let resource = try OrderSamples.resource(changes)
            return try await ServiceRequestHandlers(service: service).create(call("POST", resource.value))
        }

        func task(_ id: String) async throws -> (EdgeResponse, FHIRResource) {
            let response = try await TaskHandlers(service: service).read(call("GET", captured: [id]))
            return (response, try FHIRResource.parse(response.body))
        }

        func change(_ id: String, _ task: String, version: String?) async throws -> EdgeResponse {
            let body = try JSONParser.parse("{\"resourceType\": \"Task\", \"id\": \"\(id)\", " + task.dropFirst())
            return try await TaskHandlers(service: service).update(
                call("PUT", body, captured: [id], headers: version.map { ["if-match": $0] } ?? [:]))
        }

        func request(_ id: String) async throws -> FHIRResource {
            let response = try await ServiceRequestHandlers(service: service).read(call("GET", captured: [id]))
            return try FHIRResource.parse(response.body)
        }

        func found(_ handler: (ConsultationService) async throws -> EdgeResponse) async throws -> [String] {
            try FHIRResource.parse(try await handler(service).body).items("entry").compactMap {
                $0["resource"]?["id"]?.string
            }
        }
    }

    private func id(_ response: EdgeResponse) -> String {
        response.headers["Location"]?.split(separator: "/").last.map(String.init) ?? ""
    }

    private static func claim(_ expert: String) -> String {
        "{\"status\": \"in-progress\", \"owner\": {\"identifier\": {\"value\": \"\(expert)\"}}}"
    }

    @Test("the same order twice is one request, and the same number with other content is refused")
    func idempotence() async throws {
        try await ConsultationRegion.run { region in
            let hospital = Hospital(region: region, node: "hill")
            let first = try await hospital.create()
            #expect(first.status == 201 && first.headers["ETag"] == "W/\"1\"")
            #expect(first.headers["Location"]?.hasPrefix("https://node:8443/fhir/ServiceRequest/hill.") == true)
            let again = try await hospital.create()
            #expect(again.status == 200 && again.headers["Location"] == first.headers["Location"])
            for changes in [
                ["reasonCode": [["text": "请再阅"]]], ["requester": ["identifier": ["value": "D-103"]]],
                ["supportingInfo": [["reference": "#ecg"], ["type": "Consent", "identifier": ["value": "TY-18"]]]],
            ] as [[String: JSONValue?]] {
                let failure = await failure { _ = try await hospital.create(changes) }
                #expect(failure?.code == "consultation.orderNumberUsed")
            }
            #expect(try await region.service("hill").list().count == 1)
            let refused = try await hospital.create(["status": "revoked"])
            #expect(refused.status == 422)
        }
    }

    @Test("what would refuse an order is known before it is taken")
    func objections() async throws {
        try await ConsultationRegion.run { region in
            let service = try region.service("hill")
            func objection(_ changes: [String: JSONValue?] = [:]) async throws -> Failure.Code? {
                let mapping = FHIRRequestMapper(unit: OrderSamples.unit, now: region.time.wallTime).map(
                    try OrderSamples.resource(changes))
                return try await service.objection(to: try #require(mapping.draft))?.code
            }
            let before = try await objection()
            _ = try await Hospital(region: region, node: "hill").create()
            let (same, other) = (try await objection(), try await objection(["note": [["text": "又痛"]]]))
            let kind = try await objection(["code": ["coding": [["code": "telepathy"]]]])
            #expect(before == nil && same == nil)
            #expect(other == "consultation.orderNumberUsed" && kind == "consultation.unknownKind")
        }
    }

    @Test("what was made is found by the order's number, by the institution alone that made it")
    func lookup() async throws {
        try await ConsultationRegion.run { region in
            let hospital = Hospital(region: region, node: "hill")
            let id = id(try await hospital.create())
            let request = try await hospital.request(id)
            #expect(request.string("status") == "active" && request.contained.first?.type == "Patient")
            #expect(FHIRElement.text(request.items("identifier").first?["value"]) == "O-17")
            for token in ["HIS|O-17", "O-17"] {
                let query = [FHIRQuery.Item(name: "identifier", value: token)]
                let ids = try await hospital.found { service in
                    let call = hospital.call("GET", query: query)
                    return try await TaskHandlers(service: service).search(call, call.request.query)
                }
                #expect(ids == [id], "\(token)")
            }
            let other = Hospital(region: region, node: "hill", unit: "other-wsy")
            let refusals = [
                await failure { _ = try await other.request(id) }, await failure { _ = try await other.task(id) },
            ]
            #expect(refusals.map { $0?.code } == ["consultation.unknownRequest", "consultation.unknownRequest"])
            let unknown = [FHIRQuery.Item(name: "identifier", value: "LIS|O-17")]
            let none = try await hospital.found { service in
                let call = hospital.call("GET", query: unknown)
                return try await ServiceRequestHandlers(service: service).search(call, call.request.query)
            }
            #expect(none == [])
        }
    }

    @Test("another institution at the node of the request opens it as its expert alone")
    func otherInstitution() async throws {
        try await ConsultationRegion.run { region in
            let own = Hospital(region: region, node: "lake", unit: "lake-wsy")
            let id = id(try await own.create())
            try await region.settle()
            let other = Hospital(region: region, node: "lake", unit: "other-wsy")
            let service = try region.service("lake")
            let (_, task) = try await other.task(id)
            #expect(task.string("status") == "ready" && task.items("identifier") == [])
            let refusals = [
                await failure { _ = try await other.request(id) },
                await failure {
                    _ = try await ServiceRequestHandlers(service: service).report(other.call("GET", captured: [id]))
                },
            ]
            #expect(refusals.map { $0?.code } == ["consultation.notEntitled", "consultation.notEntitled"])
            let expert = other.call("GET", captured: [id], headers: ["x-yilian-practitioner": "ecg-zhao"])
            #expect(try await ServiceRequestHandlers(service: service).read(expert).status == 200)
            #expect(try await own.request(id).string("status") == "active")
        }
    }

    @Test("an expert's hospital claims with If-Match; who comes later is told who has it, by 409 and 412")
    func claiming() async throws {
        try await ConsultationRegion.run { region in
            let id = id(try await Hospital(region: region, node: "hill").create())
            try await region.settle()
            let east = Hospital(region: region, node: "east", unit: "east-hospital")
            let (response, task) = try await east.task(id)
            let version = try #require(response.headers["ETag"])
            #expect(task.string("status") == "ready" && task["owner"] == nil)
            #expect(!String(decoding: response.body, as: UTF8.self).contains("张"))
            var laboratory = east
            laboratory.purpose = nil
            let stranger = await refusal { _ = try await laboratory.change(id, Self.claim("ecg-li"), version: version) }
            #expect(stranger?.status == 403)
            let missing = await refusal { _ = try await east.change(id, Self.claim("ecg-li"), version: nil) }
            #expect(missing?.status == 428)
            let claimed = try await east.change(id, Self.claim("ecg-li"), version: version)
            let shown = try FHIRResource.parse(claimed.body)
            #expect(shown.string("status") == "in-progress")
            #expect(FHIRElement.text(shown["owner"]?["identifier"]?["value"]) == "ecg-li")
            let late = await refusal { _ = try await east.change(id, Self.claim("ecg-li"), version: version) }
            #expect(late?.status == 412 && late?.issue.diagnostics.contains("'ecg-li' at 'east'") == true)
            let lake = Hospital(region: region, node: "lake", unit: "lake-wsy")
            let stale = try await lake.task(id).0.headers["ETag"]
            let conflict = await failure { _ = try await lake.change(id, Self.claim("ecg-zhao"), version: stale) }
            #expect(conflict?.code == "consultation.alreadyClaimed" && conflict?.message.contains("ecg-li") == true)
        }
    }

    @Test("the report is due for the hospital once, and both forms say the same as the expert")
    func reporting() async throws {
        try await ConsultationRegion.run { region in
            let hospital = Hospital(region: region, node: "hill")
            let id = id(try await hospital.create())
            try await region.settle()
            let east = Hospital(region: region, node: "east", unit: "east-hospital")
            let tag = try await east.task(id).0.headers["ETag"]
            let next = try await east.change(id, Self.claim("ecg-li"), version: tag).headers["ETag"]
            let report = """
                {"status": "completed", "owner": {"identifier": {"value": "ecg-li"}}, "output": [
                 {"type": {"coding": [{"code": "59776-5"}]}, "valueString": "窦性心律|率齐"},
                 {"type": {"coding": [{"code": "55110-1"}]}, "valueString": "正常心电图"}]}
                """
            _ = try await east.change(id, report, version: next)
            #expect(try await region.service("hill").dueMessages(after: 0, limit: 10) == [])
            try await region.settle()
            let service = try region.service("hill")
            let notice = try #require(try await service.dueMessages(after: 0, limit: 10).first)
            #expect(notice.institution == OrderSamples.unit && notice.kind == .reports)
            #expect(!notice.patient.contains("MR-774411"))
            let content = try #require(try await service.content(of: notice))
            let write = try #require(content.hl7)
            let header = OutgoingContent.Header(
                controlID: "X1", application: "HIS", facility: "HILL", characterSet: "UNICODE UTF-8",
                time: region.time.wallTime)
            let text = write(header)
            let message = try HL7Message.parse(Array(text.utf8), defaultEncoding: .utf8)
            #expect(message.messageCode == "ORU" && message.controlID == "X1")
            #expect(message.segment("ORC")?.field(2).component(1).text == "O-17")
            #expect(message.segment("ORC")?.field(2).component(2).text == "HIS")
            #expect(message.segment("OBR")?.field(25).text == "F")
            #expect(message.segments("OBX").map { $0.field(5).text } == ["窦性心律|率齐", "正常心电图"])
            #expect(message.segment("PID")?.field(3).component(1).text == "MR-774411")
            let update = try #require(content.fhir)
            #expect(update.target.hasPrefix("DiagnosticReport?identifier=") && !update.target.contains("MR-774411"))
            let resource = try FHIRResource.parse(update.body)
            #expect(resource.string("conclusion") == "正常心电图" && resource.string("status") == "final")
            #expect(FHIRElement.text(resource.items("basedOn").first?["identifier"]?["value"]) == "O-17")
            try await service.context.ledger.write(lane: .clinical) { try service.mark(notice, in: $0) }
            #expect(try await service.dueMessages(after: 0, limit: 10) == [])
            let (response, task) = try await hospital.task(id)
            #expect(task.string("status") == "completed" && response.headers["ETag"] != nil)
        }
    }

    @Test("an earlier version of a report does not go out behind a later one")
    func lateVersion() async throws {
        try await ConsultationRegion.run { region in
            let id = id(try await Hospital(region: region, node: "hill").create())
            try await region.settle()
            let (request, lake) = (try ConsultationID(id), try region.service("lake"))
            _ = try await lake.claim(request, expert: "ecg-zhao")
            for text in [Samples.report, Samples.otherReport] {
                _ = try await lake.report(request, expert: "ecg-zhao", text: text)
            }
            try await region.settle()
            let service = try region.service("hill")
            let due = try await service.dueMessages(after: 0, limit: 10)
            try #require(due.count == 2)
            let before = try await service.content(of: due[0])
            try await service.context.ledger.write(lane: .clinical) { try service.mark(due[1], in: $0) }
            let after = try await service.content(of: due[0])
            #expect(before != nil && after == nil)
        }
    }

    @Test("an issuer's OID goes back to the hospital as one")
    func issuer() async throws {
        try await ConsultationRegion.run { region in
            let number: JSONValue = ["system": "urn:oid:1.2.156.7", "value": "MR-774411"]
            let response = try await Hospital(region: region, node: "hill").create([
                "subject": ["identifier": number], "contained": nil,
                "supportingInfo": [["type": "Consent", "identifier": ["value": "TY-18"]]],
            ])
            try await region.settle()
            let (request, lake) = (try ConsultationID(id(response)), try region.service("lake"))
            _ = try await lake.claim(request, expert: "ecg-zhao")
            _ = try await lake.report(request, expert: "ecg-zhao", text: Samples.report)
            try await region.settle()
            let service = try region.service("hill")
            let notice = try #require(try await service.dueMessages(after: 0, limit: 10).first)
            let write = try #require(try await service.content(of: notice)?.hl7)
            let header = OutgoingContent.Header(
                controlID: "X1", application: "HIS", facility: "HILL", characterSet: "UNICODE UTF-8",
                time: region.time.wallTime)
            let message = try HL7Message.parse(Array(write(header).utf8), defaultEncoding: .utf8)
            #expect(message.segment("PID")?.field(3).raw.hasPrefix("MR-774411^^^&1.2.156.7&ISO^") == true)
        }
    }

    private func refusal(_ body: () async throws -> Void) async -> FHIRRefusal? {
        do {
            try await body()
            Issue.record("nothing was refused")
            return nil
        } catch {
            return error as? FHIRRefusal
        }
    }
}
