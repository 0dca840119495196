import EdgeKit
import Effects
import Logging

/// Answers requests of plain JSON beside the FHIR interface by the handlers that services registered.
///
/// The same tokens, purposes and practitioners as the FHIR interface. A refusal is a ``Effects/ProblemInfo``.
struct PlainDesk: Sendable {
    let fhir: FHIRDesk
    private let table: RouteTable

    init(fhir: FHIRDesk) {
        self.fhir = fhir
        table = RouteTable(routes: fhir.intake.registry.routes.filter { $0.interface == .plain })
    }

    /// The first segments of the addresses that it answers at.
    var roots: Set<String> { table.roots }

    func answer(_ request: EdgeRequest, body: @escaping FHIRDesk.Body) async -> EdgeResponse {
        let correlation = fhir.world.identifier()
        var name = "unknown"
        var response: EdgeResponse
        do {
            let (route, captured) = try route(request)
            name = route.name
            try ContentNegotiation.checkAnswer(request)
            if request.method == "POST" { try ContentNegotiation.checkJSON(request.headers["content-type"]) }
            switch route.handler {
            case .streaming: throw Self.nothing
            case .anybody(let answer): response = try await answer(request)
            case .system(let answer):
                response = try await answer(
                    EdgeCall(
                        request, principal: try fhir.principal(of: request), captured: captured,
                        correlation: correlation, body: ContentNegotiation.checked(request, body)))
            }
        } catch {
            response = refusal(error, correlation)
        }
        response.headers["Content-Type"] = "application/json; charset=utf-8"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Yilian-Correlation"] = correlation
        fhir.logger.log(
            level: FHIRDesk.isWorthALine(response.status) ? .notice : .debug, "order request",
            metadata: ["route": "\(name)", "status": "\(response.status)", "correlation": "\(correlation)"])
        return response
    }

    /// - Throws: `hook.unknown`, `hook.method`.
    private func route(_ request: EdgeRequest) throws -> (EdgeRoute, captured: [String]) {
        switch table.find(request.method, request.path) {
        case .route(let route, let captured): return (route, captured)
        case .otherMethods(let methods):
            throw Failure(
                "hook.method", "this address takes \(methods.joined(separator: ", ")) only",
                remedy: "send the request with one of them")
        case .nothing: throw Self.nothing
        }
    }

    private static var nothing: Failure {
        Failure("hook.unknown", "there is nothing at this address", remedy: "GET /cds-services tells what there is")
    }

    private func refusal(_ error: any Error, _ correlation: String) -> EdgeResponse {
        let refusal = PlainRefusal(error)
        if refusal.status >= 500 {
            fhir.logger.error(
                "an order request failed",
                metadata: [
                    "code": "\(refusal.failure.code)", "correlation": "\(correlation)", "type": "\(type(of: error))",
                ])
        }
        return refusal.response(correlation)
    }
}
