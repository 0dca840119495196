import Effects
import Regions
import ServiceKit
import Storage
import Wire

/// Looks in a node's index for results of a person that hold ordered items.
struct CandidateSearch {
    let rules: RecognitionIndex
    let now: WallTime

    func answer(_ request: MatchRequest, node: NodeID, in sql: any SQLTransaction) throws -> MatchAnswer {
        let equivalents = try ReportTable.equivalents(of: request.patientKeys, in: sql)
        let results = try ReportTable.results(
            of: equivalents.keys, limit: Limits.candidateReports + 1, in: sql)
        let summaries = results.prefix(Limits.candidateReports).compactMap(\.summary)
        let ordered = Set(request.items)
        let found = FindAnswer(
            summaries: Self.limited(
                summaries.filter { $0.fields.lines.contains { ordered.contains($0.item) } }, items: request.items),
            asked: [node], isTruncated: results.count > Limits.candidateReports, person: PersonKeys(equivalents))
        return MatchAnswer(found: found, existing: Set(summaries.filter(isExisting).compactMap(\.fields.shortKey)))
    }

    /// Whether a result counts as one that might be recognised: valid, final, with an item in its window.
    private func isExisting(_ summary: ReportSummary) -> Bool {
        guard summary.isRecognisable, let time = RecognitionMatcher.reportTime(of: summary.fields) else { return false }
        return summary.fields.lines.contains { line in
            guard let item = rules.item(line.item, at: now) else { return false }
            return now <= ReportTime.endOfDay(item.windowDays, after: time)
        }
    }

    /// Of each item the newest results, each result once in each version.
    static func limited(_ summaries: [ReportSummary], items: [String]) -> [ReportSummary] {
        var left = Dictionary(items.map { ($0, Limits.candidatesPerItem) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        return summaries.sorted { ($0.authorTime, $0.entry) > ($1.authorTime, $1.entry) }.filter { summary in
            guard seen.insert("\(summary.entry) \(summary.isVoid)").inserted else { return false }
            let wanted = summary.fields.lines.map(\.item).filter { left[$0] ?? 0 > 0 }
            for item in Set(wanted) { left[item, default: 0] -= 1 }
            return !wanted.isEmpty
        }
    }
}

extension ReportFields {
    /// The first eight bytes of the result's key: tells results of one person apart in statistics.
    package var shortKey: UInt64? { Self.shortKey(reportKey) }

    package static func shortKey(_ reportKey: String) -> UInt64? { UInt64(reportKey.prefix(16), radix: 16) }
}
