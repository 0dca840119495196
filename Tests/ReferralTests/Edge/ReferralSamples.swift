import EdgeKit
import FHIR
import HL7
import Referral
import ServiceKit
import YilianTestKit

@testable import ReferralEdge

/// Referrals as hospitals' systems write them.
enum ReferralSamples {
    static let entries = ["pingding/1/bulk/1/0", "pingding/1/bulk/2/0", "jucheng/1/bulk/3/0"]

    /// A resource as JSON, with members put in place or taken out.
    static func resource(_ changes: [String: JSONValue?] = [:]) throws -> FHIRResource {
        let results = entries.map { entry -> JSONValue in
            [
                "type": "DiagnosticReport",
                "identifier": ["system": .string(FHIRExtensions.entry), "value": .string(entry)],
            ]
        }
        let supporting: [JSONValue] = [
            ["reference": "#diagnosis"], ["type": "Consent", "identifier": ["value": "TY-1"]],
        ]
        let text = """
            {"resourceType": "ServiceRequest", "status": "active", "intent": "order",
             "contained": [
               {"resourceType": "Patient", "id": "p", "name": [{"text": "赵试七"}], "gender": "male", "identifier": [
                 {"type": {"coding": [{"code": "MR"}]}, "system": "ehc", "value": "C-4713"}]},
               {"resourceType": "Condition", "id": "diagnosis", "code": {"text": "急性心肌梗死"},
                "subject": {"reference": "#p"}}],
             "identifier": [{"type": {"coding": [{"code": "PLAC"}]}, "system": "HIS", "value": "Z-17"}],
             "code": {"coding": [{"system": "urn:yilian:referral:kind", "code": "up-green"}]},
             "subject": {"reference": "#p"}, "requester": {"identifier": {"value": "王医生"}},
             "performer": [{"identifier": {"system": "urn:yilian:institution", "value": "pingding"}}],
             "reasonCode": [{"text": "需介入治疗"}], "note": [{"text": "胸痛两小时"}], "orderDetail": [{"text": "床位"}]}
            """
        var object = try JSONParser.parse(text).object ?? JSONObject()
        object["supportingInfo"] = .array(supporting + results)
        for (name, value) in changes { object[name] = value }
        return try FHIRResource(.object(object))
    }

    /// A message of segments, with changes by their beginnings.
    static func message(_ changes: [String: String] = [:], more: [String] = []) throws -> HL7Message {
        let segments =
            [
                "MSH|^~\\&|HIS|ZZ|YILIAN|ZZ|20261130101500+0800||REF^I12^REF_I12|M-1|P|2.5.1||||||UNICODE UTF-8",
                "RF1|||up-green^绿色通道^99YILIAN|||Z-17^HIS||||^需介入治疗",
                "PRD|RP|王医生|||||王医生", "PRD|RT||||||pingding",
                "PID|1||C-4713^^^ehc^MR||赵^试七^^^^^L|||M", "DG1|1||I21^急性心肌梗死^I10", "NTE|1||胸痛两小时",
                "OBX|1|ST|59284-0^知情同意书^LN||TY-1||||||F", "OBX|2|TX|wanted^^99YILIAN||床位||||||F",
            ]
            + entries.enumerated().map { index, entry in
                "OBX|\(index + 3)|ST|result^^99YILIAN||\(entry)||||||F"
            }
        let changed = segments.map { segment in changes.first { segment.hasPrefix($0.key) }?.value ?? segment }
        let text = (changed + more).filter { !$0.isEmpty }.joined(separator: "\r") + "\r"
        return try HL7Message.parse(Array(text.utf8), defaultEncoding: .utf8)
    }
}

/// One hospital's system at one node of the region.
struct ReferralHospital {
    var region: TestRegion
    var node: String
    var unit: String
    var practitioner = "李医生"

    init(_ region: TestRegion, _ node: String, unit: String? = nil) {
        self.region = region
        self.node = node
        self.unit = unit ?? node
    }

    var principal: Principal { Principal(system: "his", institution: unit, purpose: .treatment) }
    var source: ReferralSource { get throws { ReferralSource(service: try region.referrals(node)) } }
    var orders: OrderRoutes { get throws { OrderRoutes([CaseHandlers(try source)]) } }

    func call(
        _ method: String, _ body: JSONValue? = nil, captured: [String] = [], headers: [String: String] = [:],
        query: [FHIRQuery.Item] = []
    ) -> EdgeCall {
        var all = ["x-yilian-practitioner": PercentCoding.encode(practitioner)]
        all.merge(headers) { $1 }
        return EdgeCall(
            EdgeRequest(method: method, path: [], query: FHIRQuery(query), headers: all, authority: "node:8443"),
            principal: principal, captured: captured, correlation: "C-1",
            body: { _, _ in body.map { JSONPrinter.bytes($0) } ?? [] })
    }

    func create(_ changes: [String: JSONValue?] = [:]) async throws -> EdgeResponse {
        try await orders.create(call("POST", try ReferralSamples.resource(changes).value))
    }

    func task(_ id: ReferralID) async throws -> (tag: String, task: FHIRResource) {
        let answer = try await CaseHandlers(try source).readTask(call("GET", captured: [id.description]))
        return (answer.headers["ETag"] ?? "", try FHIRResource.parse(answer.body))
    }

    func request(_ id: ReferralID) async throws -> FHIRResource {
        let answer = try await CaseHandlers(try source).read(call("GET", captured: [id.description]))
        return try FHIRResource.parse(answer.body)
    }

    /// Changes a Task to an event, from the version that was read.
    @discardableResult
    func change(
        _ id: ReferralID, _ event: String, version: String? = nil, _ members: JSONObject = [:]
    ) async throws -> FHIRResource {
        var task = members
        task["resourceType"] = "Task"
        task["id"] = .string(id.description)
        task["businessStatus"] = ["coding": [["code": .string(event)]]]
        let tag = if let version { version } else { try await self.task(id).tag }
        let call = call(
            "PUT", .object(task), captured: [id.description], headers: tag.isEmpty ? [:] : ["if-match": tag])
        return try FHIRResource.parse(try await orders.update(call).body)
    }
}

extension EdgeResponse {
    /// The id of the referral that was made.
    var referral: ReferralID {
        get throws { try ReferralID(headers["Location"]?.split(separator: "/").last.map(String.init) ?? "") }
    }
}

/// Runs `body` and gives the status of the refusal that it throws; `nil` where it throws none.
func refusal(_ body: () async throws -> Void) async -> FHIRRefusal? {
    do {
        try await body()
        return nil
    } catch { return error as? FHIRRefusal }
}
