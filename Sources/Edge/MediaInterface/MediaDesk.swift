import EdgeKit
import Effects
import Logging

/// Answers requests whose bodies and answers have types of their own, by the handlers that services registered.
///
/// The same tokens, purposes and practitioners as the FHIR interface. A refusal is a ``Effects/ProblemInfo``.
struct MediaDesk: Sendable {
    let fhir: FHIRDesk
    private let table: RouteTable

    init(fhir: FHIRDesk) {
        self.fhir = fhir
        table = RouteTable(routes: fhir.intake.registry.routes.filter { $0.interface == .media })
    }

    /// The first segments of the addresses that it answers at.
    var roots: Set<String> { table.roots }

    func answer(_ request: EdgeRequest, body: MediaBody) async -> MediaResponse {
        let correlation = fhir.world.identifier()
        var name = "unknown"
        var response: MediaResponse
        do {
            let (route, captured) = try route(request)
            name = route.name
            guard case .streaming(let answer) = route.handler else { throw Self.nothing }
            try ContentNegotiation.checkEncoding(request)
            let principal = try fhir.principal(of: request)
            // Whoever has a right to be here may send as long as it takes, as long as something comes.
            Visit.current?.stream()
            RequestBytes.current?.stream()
            response = try await answer(
                MediaCall(request, principal: principal, captured: captured, correlation: correlation, body: body))
        } catch {
            response = refusal(error, correlation)
        }
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Yilian-Correlation"] = correlation
        fhir.logger.log(
            level: FHIRDesk.isWorthALine(response.status) ? .notice : .debug, "media request",
            metadata: ["route": "\(name)", "status": "\(response.status)", "correlation": "\(correlation)"])
        return response
    }

    private static var nothing: Failure { Failure("hook.unknown", "there is nothing at this address") }

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

    private func refusal(_ error: any Error, _ correlation: String) -> MediaResponse {
        let refusal = PlainRefusal(error)
        if refusal.status >= 500 {
            fhir.logger.error(
                "a media request failed",
                metadata: [
                    "code": "\(refusal.failure.code)", "correlation": "\(correlation)", "type": "\(type(of: error))",
                ])
        }
        let answer = refusal.response(correlation)
        return MediaResponse(
            answer.status, "application/json; charset=utf-8", .bytes(answer.body), headers: answer.headers)
    }
}
