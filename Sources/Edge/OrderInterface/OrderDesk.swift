import Effects
import FHIR
import Foundation
import Ledgers
import Logging
import NodeRuntime
import Recognition
import RecognitionEdge
import Regions
import ServiceKit

/// Answers hospitals' systems at order time: CDS Hooks, matches, openings, decisions, alerts.
///
/// The same tokens, purposes and practitioners as the FHIR interface. A refusal is a ``Effects/ProblemInfo``.
struct OrderDesk: Sendable {
    static let roots: Set<String> = ["cds-services", "recognition"]
    static let services: Set<String> = ["yilian-order-select", "yilian-order-sign"]

    let fhir: FHIRDesk

    var recognition: RecognitionService { fhir.recognition }
    private var world: World { fhir.world }

    func answer(_ request: FHIRRequest, body: @escaping FHIRDesk.Body) async -> FHIRResponse {
        let correlation = world.identifier()
        var route = "unknown"
        var response: FHIRResponse
        do {
            let found = try OrderRoute(request.method, request.path)
            route = found.name
            try ContentNegotiation.checkAnswer(request)
            if request.method == "POST" { try ContentNegotiation.checkJSON(request.headers["content-type"]) }
            response = try await answer(
                request, found, correlation, body: ContentNegotiation.plain(request, body))
        } catch {
            response = refusal(error, correlation)
        }
        response.headers["Content-Type"] = "application/json; charset=utf-8"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Yilian-Correlation"] = correlation
        fhir.logger.log(
            level: FHIRDesk.isWorthALine(response.status) ? .notice : .debug, "order request",
            metadata: ["route": "\(route)", "status": "\(response.status)", "correlation": "\(correlation)"])
        return response
    }

    private func answer(
        _ request: FHIRRequest, _ route: OrderRoute, _ correlation: String, body: FHIRDesk.Body
    ) async throws -> FHIRResponse {
        // What services there are is nobody's secret; a client asks before it has a token.
        if route == .services { return try Self.json(HookServices.discovery) }
        let visitor = try fhir.visitor(request, correlation)
        let ground = try AccessGround(visitor.page, request.headers, organizationUnit: visitor.source.institution)
        switch route {
        case .services: return try Self.json(HookServices.discovery)
        case .hook(let service):
            return try await hook(service, request, visitor, ground, bytes: try await body(Limits.orderBodyBytes))
        case .feedback: return try await feedback(ground, bytes: try await body(Limits.orderBodyBytes))
        case .match: return try await match(visitor, ground, try await Self.read(body))
        case .open: return try await opened(request, ground, try await Self.read(body))
        case .decide:
            let order: DecisionOrder = try await Self.read(body)
            let receipt = try await recognition.decide(
                try order.request(practitioner: ground.practitioner), by: visitor.source.institution)
            return try Self.json(DecisionInfo(receipt), status: receipt.isRepetition ? 200 : 201)
        case .decisions(let match):
            return try Self.json(
                try await recognition.decisions(ofMatch: match, by: visitor.source.institution)
                    .map(DecisionRecordInfo.init))
        case .reasons: return try Self.json(reasons)
        case .alerts:
            let unit = visitor.source.institution
            return try Self.json(try await recognition.alerts().filter { $0.unit == unit }.map(AlertInfo.init))
        case .acknowledge:
            let order: AcknowledgementOrder = try await Self.read(body)
            try await recognition.acknowledge(
                try EntryID(order.current), unit: visitor.source.institution, practitioner: ground.practitioner)
            return try Self.json(["acknowledged": order.current])
        }
    }

    private var reasons: [ReasonInfo] {
        recognition.rulebook.current.rules.reasons.map {
            ReasonInfo(
                code: $0.code, zh: $0.name, en: $0.englishName, isCounted: $0.isCounted, needsText: $0.needsText)
        }
    }

    static func read<Value: Decodable>(_ body: FHIRDesk.Body) async throws -> Value {
        let bytes = try await body(Limits.orderBodyBytes)
        do {
            return try JSONDecoder().decode(Value.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw Failure(
                "hook.malformed", "the body is not the JSON that this address takes\(words(of: error))",
                remedy: "correct it, and send it again")
        }
    }

    /// Where in a body something is missing or of another type; names keys, and no value.
    private static func words(of error: DecodingError) -> String {
        func path(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
            (context.codingPath + [key].compactMap { $0 }).map { $0.intValue.map(String.init) ?? $0.stringValue }
                .joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context): return ": '\(path(context, key).prefix(80))' is missing"
        case .valueNotFound(_, let context): return ": '\(path(context).prefix(80))' is null"
        case .typeMismatch(_, let context): return ": '\(path(context).prefix(80))' has another type"
        case .dataCorrupted: return ": it cannot be read"
        @unknown default: return ""
        }
    }

    static func json(_ value: some Encodable, status: Int = 200) throws -> FHIRResponse {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return FHIRResponse(status, [UInt8](try encoder.encode(value)))
    }

    private func refusal(_ error: any Error, _ correlation: String) -> FHIRResponse {
        let refusal = OrderRefusal(error)
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
