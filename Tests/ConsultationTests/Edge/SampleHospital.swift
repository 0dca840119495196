import Consultation
import EdgeKit
import FHIR
import ServiceKit
import Testing

@testable import ConsultationEdge

/// One hospital's system at one node of the region.
struct SampleHospital {
    var region: ConsultationRegion
    var node: String
    var unit = OrderSamples.unit
    var purpose: AccessStatement.Purpose? = .consultation

    var source: ConsultationSource { get throws { ConsultationSource(service: try region.service(node)) } }
    var handlers: CaseHandlers<ConsultationSource> { get throws { CaseHandlers(try source) } }
    var orders: OrderRoutes { get throws { OrderRoutes([try handlers]) } }

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
        return try await orders.create(call("POST", resource.value))
    }

    func task(_ id: String) async throws -> (EdgeResponse, FHIRResource) {
        let response = try await handlers.readTask(call("GET", captured: [id]))
        return (response, try FHIRResource.parse(response.body))
    }

    func change(_ id: String, _ task: String, version: String?) async throws -> EdgeResponse {
        let body = try JSONParser.parse("{\"resourceType\": \"Task\", \"id\": \"\(id)\", " + task.dropFirst())
        return try await orders.update(
            call("PUT", body, captured: [id], headers: version.map { ["if-match": $0] } ?? [:]))
    }

    func request(_ id: String) async throws -> FHIRResource {
        let response = try await handlers.read(call("GET", captured: [id]))
        return try FHIRResource.parse(response.body)
    }

    func found(_ type: OrderResource, _ query: [FHIRQuery.Item]) async throws -> [String] {
        let call = call("GET", query: query)
        return try FHIRResource.parse(try await orders.search(type, call, call.request.query).body).items("entry")
            .compactMap {
                $0["resource"]?["id"]?.string
            }
    }

    /// A Task as an expert claims it.
    static func claim(_ expert: String) -> String {
        "{\"status\": \"in-progress\", \"owner\": {\"identifier\": {\"value\": \"\(expert)\"}}}"
    }
}

extension EdgeResponse {
    /// The id of the request that was made.
    var createdID: String { headers["Location"]?.split(separator: "/").last.map(String.init) ?? "" }
}

/// Runs `body` and gives the refusal that it throws.
func refusal(_ body: () async throws -> Void) async -> FHIRRefusal? {
    do {
        try await body()
        Issue.record("nothing was refused")
        return nil
    } catch {
        return error as? FHIRRefusal
    }
}
