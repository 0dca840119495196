import Effects
import FHIR
import Recognition
import RecognitionEdge

extension FHIRDesk {
    /// A searchset of a patient's reports, newest first, with what could not be reached or opened.
    func search(_ request: FHIRRequest, _ query: FHIRQuery, _ visitor: Visitor) async throws -> FHIRResponse {
        let filter = try SearchFilter(query)
        guard let patient = filter.patient else {
            throw FHIRRefusal(
                400, .required, "a search needs the patient: patient.identifier=system|value",
                expression: "patient.identifier")
        }
        let ground = try AccessGround(
            visitor.page, request.headers, organizationUnit: visitor.source.institution)
        let found = try await find(patient.identifiers(now: world.time.wallTime), ground)
        let matching = found.findings.answer.summaries.filter(filter.takes).sorted(by: Self.isNewer)
        let shown = Array(matching.prefix(filter.count))
        note(shown, found, ground, visitor)
        var reports: [(content: ReportContent, metadata: FHIRReportMetadata)] = []
        var issues = Self.issues(found.findings.answer, shown: shown.count, of: matching.count)
        for opened in await self.open(shown, found) {
            switch opened {
            case .report(let summary, let report): reports.append((report.content, Self.metadata(summary)))
            case .failed(let summary, let code): issues.append(Self.issue(summary, code))
            }
        }
        let bundle = writer(request).searchset(reports, total: matching.count)
        return FHIRResponse(200, Self.adding(issues, to: bundle, correlation: visitor.correlation))
    }

    private static func isNewer(_ left: ReportSummary, _ right: ReportSummary) -> Bool {
        let times = [left, right].map { summary in
            (summary.fields.observedTime ?? summary.fields.issuedTime).flatMap(DateCondition.digits) ?? ""
        }
        return times[0] == times[1] ? left.fields.reportKey < right.fields.reportKey : times[0] > times[1]
    }

    private static func issues(_ answer: FindAnswer, shown: Int, of total: Int) -> [OperationOutcome.Issue] {
        var issues = answer.unreached.map { unreached in
            OperationOutcome.Issue(
                .transient, "node \(unreached.node) was not reached: results that it knows may be missing",
                severity: .warning)
        }
        if answer.person.isTruncated {
            issues.append(
                .init(
                    .tooLong, "the person has more identifiers than a search follows; results may be missing",
                    severity: .warning))
        }
        if !answer.person.separated.isEmpty {
            issues.append(
                .init(
                    .informational,
                    "identifiers that reports or links name with this one were found to be another person's",
                    severity: .information))
        }
        if answer.isTruncated {
            issues.append(
                .init(.tooLong, "more exist: a search finds the newest; narrow it", severity: .warning))
        }
        if shown < total {
            issues.append(
                .init(
                    .informational,
                    "\(shown) of \(total) reports are shown, the newest ones; narrow the search by date",
                    severity: .information))
        }
        return issues
    }

    private static func issue(_ summary: ReportSummary, _ code: String) -> OperationOutcome.Issue {
        let isAway = code.hasPrefix("call.")
        let text = isAway ? "its holder cannot be reached now" : "it could not be opened (\(code))"
        return .init(
            isAway ? .transient : .exception, "report \(summary.fields.reportKey) was found, and \(text)",
            severity: .warning)
    }

    /// The bundle with an entry that says what is missing from it.
    static func adding(
        _ issues: [OperationOutcome.Issue], to bundle: JSONValue, correlation: String
    ) -> JSONValue {
        guard !issues.isEmpty, var object = bundle.object else { return bundle }
        let entry: JSONValue = [
            "resource": OperationOutcome(issues).json(id: correlation), "search": ["mode": "outcome"],
        ]
        object["entry"] = .array((object["entry"]?.items ?? []) + [entry])
        return .object(object)
    }
}
