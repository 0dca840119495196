import Effects
import FHIR

extension FHIRDesk {
    /// Takes what was posted; 201 says that it is on this node's disk.
    func take(
        _ request: FHIRRequest, _ visitor: Visitor, resourceType: String?, body: Body
    ) async throws -> FHIRResponse {
        try ContentNegotiation.checkJSON(request.headers["content-type"])
        let bytes = try await body(Limits.fhirBodyBytes)
        let result = await intake.judge(
            bytes, format: .fhir, source: visitor.source, encoding: .utf8, isTaking: true, resourceType: resourceType)
        intake.note(result, visitor.source)
        var headers: [String: String] = [:]
        if result.outcome == .notStored { headers["Retry-After"] = "5" }
        // One report that was posted by itself has an address of its own.
        if result.reports.count == 1, let report = result.reports.first {
            headers["Location"] = request.baseURL + "/" + FHIRAnswer.location(of: report)
            headers["ETag"] = "W/\"\(report.version)\""
        }
        return FHIRResponse(Self.status(of: result), result.answer, headers: headers)
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
