import EdgeKit
import Effects
import FHIR
import Foundation
import Ledgers
import Recognition
import Regions
import ServiceKit

/// Answers hospitals' systems at order time: CDS Hooks, matches, openings, decisions, alerts.
///
/// The same tokens, purposes and practitioners as the FHIR interface.
struct OrderDesk: Sendable {
    let results: ResultDesk

    var recognition: RecognitionService { results.recognition }

    func decide(_ call: EdgeCall) async throws -> EdgeResponse {
        let ground = try call.ground()
        let order: DecisionOrder = try await Self.read(call)
        let receipt = try await recognition.decide(
            try order.request(practitioner: ground.practitioner), by: call.principal.institution)
        return try Self.json(DecisionInfo(receipt), status: receipt.isRepetition ? 200 : 201)
    }

    func decisions(_ call: EdgeCall) async throws -> EdgeResponse {
        _ = try call.ground()
        return try Self.json(
            try await recognition.decisions(ofMatch: call.captured[0], by: call.principal.institution)
                .map(DecisionRecordInfo.init))
    }

    func reasons(_ call: EdgeCall) throws -> EdgeResponse {
        _ = try call.ground()
        return try Self.json(reasons)
    }

    func alerts(_ call: EdgeCall) async throws -> EdgeResponse {
        _ = try call.ground()
        let unit = call.principal.institution
        return try Self.json(try await recognition.alerts().filter { $0.unit == unit }.map(AlertInfo.init))
    }

    func acknowledge(_ call: EdgeCall) async throws -> EdgeResponse {
        let ground = try call.ground()
        let order: AcknowledgementOrder = try await Self.read(call)
        try await recognition.acknowledge(
            try EntryID(order.current), unit: call.principal.institution, practitioner: ground.practitioner)
        return try Self.json(["acknowledged": order.current])
    }

    private var reasons: [ReasonInfo] {
        recognition.rulebook.current.rules.reasons.map(ReasonInfo.init)
    }

    static func read<Value: Decodable>(_ call: EdgeCall) async throws -> Value {
        try decode(try await call.body(limitBytes: Limits.orderBodyBytes))
    }

    static func decode<Value: Decodable>(_ bytes: [UInt8]) throws -> Value {
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

    static func json(_ value: some Encodable, status: Int = 200) throws -> EdgeResponse {
        EdgeResponse(status, try OperatorJSON.bytes(value))
    }
}

extension OrderDesk {
    /// Where hospitals' systems reach it.
    var routes: [EdgeRoute] {
        hookRoutes + [
            .plain("POST", "recognition/match", name: "recognition match") { try await match($0) },
            .plain("POST", "recognition/open", name: "recognition open") { try await opened($0) },
            .plain("POST", "recognition/decisions", name: "recognition decide") { try await decide($0) },
            .plain("GET", "recognition/decisions/*", name: "recognition decisions") { try await decisions($0) },
            .plain("GET", "recognition/reasons", name: "recognition reasons") { try reasons($0) },
            .plain("GET", "recognition/alerts", name: "recognition alerts") { try await alerts($0) },
            .plain("POST", "recognition/alerts/acknowledge", name: "recognition acknowledge") {
                try await acknowledge($0)
            },
        ]
    }

    private var hookRoutes: [EdgeRoute] {
        // What services there are is nobody's secret; a client asks before it has a token.
        let services = EdgeRoute(
            .plain, "GET", "cds-services", name: "cds-services",
            handler: .anybody { _ in try Self.json(HookServices.discovery) })
        return [services]
            + HookServices.discovery.services.flatMap { service -> [EdgeRoute] in
                let path = "cds-services/" + service.id
                return [
                    .plain("POST", PathPattern(path), name: "cds-services hook") { try await hook(service.id, $0) },
                    .plain("POST", PathPattern(path + "/feedback"), name: "cds-services feedback") {
                        try await feedback($0)
                    },
                ]
            }
    }
}

/// What `GET /cds-services` answers.
package enum HookServices {
    package static let discovery = CDSHooks.Discovery(
        services: [
            service("yilian-order-select", hook: "order-select", when: "开单选择项目时"),
            service("yilian-order-sign", hook: "order-sign", when: "签署申请时"),
        ])

    private static func service(_ id: String, hook: String, when: String) -> CDSHooks.Service {
        CDSHooks.Service(
            hook: hook, title: "检查检验结果互认 · mutual recognition",
            description: when
                + "提示区域内可互认的检查检验结果及依据。Shows results of the region that may be recognised, with the reasons.",
            id: id, prefetch: ["patient": "Patient/{{context.patientId}}"],
            usageRequirements: "Bearer token of the hospital's system; X-Yilian-Practitioner names the doctor.")
    }
}
