import EdgeKit
import Effects
import FHIR
import Recognition

extension ResultDesk {
    /// A result with the identifier and statement under which it was found.
    private struct Hit: Sendable {
        var summary: ReportSummary
        var found: Found
    }

    /// A searchset of a patient's reports, newest first, with what could not be reached or opened.
    ///
    /// Several identifiers mean any of them: each is asked for on a statement of its own.
    func search(_ call: EdgeCall, _ query: FHIRQuery) async throws -> EdgeResponse {
        let filter = try SearchFilter(query, isLenient: call.request.isLenient)
        guard !filter.patients.isEmpty else {
            throw FHIRRefusal(
                400, .required, "a search needs the patient: patient.identifier=system|value",
                expression: "patient.identifier")
        }
        let ground = try call.ground()
        var founds: [Found] = []
        for patient in filter.patients {
            founds.append(try await find(patient.identifiers(now: now), ground))
        }
        let matching = Self.hits(founds, filter)
        let opened = await self.open(matching.prefix(filter.count == 0 ? 0 : limit(filter)), filter)
        let shown = Array(opened.reports.prefix(filter.count))
        for hit in matching { note([hit.summary], hit.found, ground, call) }
        let total = filter.numbers.isEmpty ? matching.count : opened.reports.count
        var issues = founds.flatMap { Self.issues($0.findings.answer, shown: 0, of: 0) }
        issues += Self.issues(shown: shown.count + opened.issues.count, of: total) + opened.issues
        issues += Self.issues(filter, founds, isCut: !filter.numbers.isEmpty && matching.count > limit(filter))
        let bundle = writer(call.request).searchset(
            shown.map { ($0.report.content, Self.metadata($0.hit.summary)) }, total: total,
            address: filter.address(call.request.baseURL))
        return EdgeResponse(200, OperationOutcome(issues).added(to: bundle, id: call.correlation))
    }

    /// How many results are opened: where a number narrows the search, it stands inside them.
    private func limit(_ filter: SearchFilter) -> Int {
        filter.numbers.isEmpty ? filter.count : Limits.resultsPerAnswer
    }

    /// What the filter takes, each result once, in the order of the search.
    private static func hits(_ founds: [Found], _ filter: SearchFilter) -> [Hit] {
        var known: Set<String> = []
        return founds.flatMap { found in
            found.findings.answer.summaries.filter(filter.takes).map { Hit(summary: $0, found: found) }
        }.filter { known.insert($0.summary.fields.reportKey).inserted }
            .sorted { filter.order.isBefore($0.summary, $1.summary) }
    }

    private func open(
        _ hits: some Sequence<Hit>, _ filter: SearchFilter
    ) async -> (reports: [(hit: Hit, report: RecognitionService.OpenedReport)], issues: [OperationOutcome.Issue]) {
        var reports: [(hit: Hit, report: RecognitionService.OpenedReport)] = []
        var issues: [OperationOutcome.Issue] = []
        let hits = Array(hits)
        for (hit, opened) in zip(hits, await self.open(hits.map { ($0.summary, $0.found) })) {
            switch opened {
            case .report(_, let report): if filter.takes(report.content) { reports.append((hit, report)) }
            case .failed(let summary, let code): issues.append(issue(summary, code))
            }
        }
        return (reports, issues)
    }

    static func issues(_ answer: FindAnswer, shown: Int, of total: Int) -> [OperationOutcome.Issue] {
        var issues = answer.unreached.map { unreached -> OperationOutcome.Issue in
            let what = unreached.isAway ? "was not reached" : "refused the question (\(unreached.reason))"
            return OperationOutcome.Issue(
                OperationOutcome.IssueType(of: unreached.failureClass),
                "node \(unreached.node) \(what): results that it knows may be missing", severity: .warning)
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
        return issues + Self.issues(shown: shown, of: total)
    }

    private static func issues(shown: Int, of total: Int) -> [OperationOutcome.Issue] {
        guard shown < total else { return [] }
        return [
            .init(
                .informational,
                "\(shown) of \(total) reports are shown, the first ones of the order; narrow the search by date",
                severity: .information)
        ]
    }

    private static func issues(
        _ filter: SearchFilter, _ founds: [Found], isCut: Bool
    ) -> [OperationOutcome.Issue] {
        var issues = filter.ignored.map { name in
            OperationOutcome.Issue(
                .notSupported, "the search parameter is not known here and was passed over", expression: name,
                severity: .warning)
        }
        let undated = founds.flatMap(\.findings.answer.summaries).count(where: filter.cannotDate)
        if undated > 0 {
            issues.append(
                .init(
                    .value, "\(undated) reports have no time that can be read; a search by date does not find them",
                    severity: .warning))
        }
        if isCut {
            issues.append(
                .init(
                    .tooLong,
                    "a number was looked for in the first \(Limits.resultsPerAnswer) reports only; narrow the search",
                    severity: .warning))
        }
        return issues
    }

    private func issue(_ summary: ReportSummary, _ code: String) -> OperationOutcome.Issue {
        let failureClass = failures.class(of: Failure.Code(rawValue: code))
        let text =
            failureClass == .retry ? "its holder cannot be reached now" : "it could not be opened (\(code))"
        return .init(
            OperationOutcome.IssueType(of: failureClass), "report \(summary.fields.reportKey) was found, and \(text)",
            severity: .warning)
    }
}
