import Effects
import Regions

/// Whether a result is one that anybody could recognise: issued, valid, the newest, with a report time.
struct StateRules {
    let now: WallTime

    func steps(
        _ summary: ReportSummary, _ line: ReportLine, standing: ReportSummary, reportTime: WallTime?
    ) -> [TrailStep] {
        [
            status(summary, line), void(summary.isVoid || standing.isVoid), production(summary.fields.isProduction),
            version(summary, standing), clock(reportTime),
        ].compactMap { $0 }
    }

    private func status(_ summary: ReportSummary, _ line: ReportLine) -> TrailStep {
        let word = line.isPreliminary ? ReportStatus.preliminary.word : summary.fields.status.word
        guard !line.isPreliminary, summary.fields.status != .preliminary else {
            return TrailStep(
                .status, .failed, input: word, "结果为初步报告，正式报告发出后才可互认。",
                "the result is preliminary and can be recognised once it is final.")
        }
        return TrailStep(.status, .passed, input: word, "正式报告。", "the report is final.")
    }

    private func void(_ isVoid: Bool) -> TrailStep {
        guard isVoid else { return TrailStep(.void, .passed, input: "valid", "报告未作废。", "the report is not void.") }
        return TrailStep(.void, .failed, input: "void", "报告已被出具机构作废。", "the issuing institution has voided the report.")
    }

    private func production(_ isProduction: Bool) -> TrailStep {
        guard !isProduction else { return TrailStep(.production, .passed, input: "P", "正式环境数据。", "production data.") }
        return TrailStep(.production, .failed, input: "T", "培训或调试数据，不可互认。", "data from training or debugging mode.")
    }

    private func version(_ summary: ReportSummary, _ standing: ReportSummary) -> TrailStep {
        let (version, newest) = (summary.fields.version, standing.fields.version)
        guard summary.entry != standing.entry else {
            return TrailStep(
                .version, .passed, input: "\(version)/\(newest)", "为现行版本（第\(version)版）。",
                "the version that stands (\(version)).")
        }
        return TrailStep(
            .version, .failed, input: "\(version)/\(newest)", "已被第\(newest)版取代。", "superseded by version \(newest).")
    }

    /// Nothing where the report time is stated and past.
    private func clock(_ reportTime: WallTime?) -> TrailStep? {
        guard let reportTime else {
            return TrailStep(
                .clock, .failed, input: "none", "报告未写明可读的报告时间，无法确定有效期。",
                "the report states no readable time, so no window can be counted.")
        }
        let ahead = reportTime.milliseconds(since: now)
        guard ahead > Limits.clockDifferenceWarningMilliseconds else { return nil }
        return TrailStep(
            .clock, .doubt, input: "\(ahead)ms", "报告时间晚于当前时间，请核对时钟。",
            "the report time lies in the future; a clock is wrong.")
    }
}
