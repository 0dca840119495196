import Effects
import FHIR

extension FHIRDesk {
    /// Takes what was posted; 201 says that it is on this node's disk.
    func take(
        _ request: FHIRRequest, _ visitor: Visitor, resourceType: String?, body: Body
    ) async throws -> FHIRResponse {
        try Self.checkContentType(request.headers["content-type"])
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
            case .unreadable, nil: 400
            }
        }
    }

    /// JSON under one of its names; a missing type is taken for it.
    ///
    /// - Throws: a refusal with 415.
    static func checkContentType(_ header: String?) throws {
        guard let header else { return }
        let parts = header.lowercased().split(separator: ";").map { part in part.filter { !$0.isWhitespace } }
        let isJSON = ["application/fhir+json", "application/json", "text/json", "application/json+fhir"]
            .contains(parts.first ?? "")
        let charset = parts.dropFirst().first { $0.hasPrefix("charset=") }?.dropFirst(8).filter { $0 != "\"" }
        guard isJSON, charset == nil || charset == "utf-8" || charset == "utf8" else {
            throw FHIRRefusal(415, .notSupported, "send application/fhir+json in UTF-8")
        }
    }
}
