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
        recognition.rulebook.current.rules.reasons.map {
            ReasonInfo(
                code: $0.code, zh: $0.name, en: $0.englishName, isCounted: $0.isCounted, needsText: $0.needsText)
        }
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
