import EdgeKit
import Effects
import FHIR

extension FHIRDesk {
    /// Where resources are posted that services take whole: at `/fhir`, and each type under its own address.
    static func takingRoutes(_ intake: MessageIntake) -> [EdgeRoute] {
        let types: [String?] = [nil] + intake.registry.resources.flatMap(\.types).map { $0 }
        return types.map { type in
            EdgeRoute(
                .fhir, "POST", PathPattern(type ?? ""), name: "create " + (type ?? "any"),
                handler: .system { try await take(intake, $0, resourceType: type) })
        }
    }

    /// Takes what was posted; 201 says that it is on this node's disk.
    private static func take(
        _ intake: MessageIntake, _ call: EdgeCall, resourceType: String?
    ) async throws -> EdgeResponse {
        let bytes = try await call.body(limitBytes: Limits.fhirBodyBytes)
        let result = await intake.judge(
            bytes, format: .fhir, principal: call.principal, encoding: .utf8, isTaking: true,
            resourceType: resourceType)
        intake.note(result, call.principal)
        var headers: [String: String] = [:]
        if result.outcome == .notStored { headers["Retry-After"] = "5" }
        // One thing that was posted by itself has an address of its own.
        if result.records.count == 1, let record = result.records.first, let location = record.location {
            headers["Location"] = call.request.baseURL + "/" + location
            headers["ETag"] = "W/\"\(record.version)\""
        }
        return EdgeResponse(status(of: result), result.answer, headers: headers)
    }

    static func status(of result: IntakeResult) -> Int {
        switch result.outcome {
        case .accepted: 201
        case .duplicate: 200
        case .notStored: 503
        case .refused:
            switch result.fault {
            case .tooLarge: 413
            case .otherFormat: 415
            case .unacceptable: 422
            case .broken: 500
            case .unreadable, nil: 400
            }
        }
    }
}
