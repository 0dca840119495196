package import Effects
package import Regions

/// Judges existing results by the region's rules, for one receiving institution at one moment.
///
/// A value without a store: headers, rules and certificates in, candidates with their trails out. It prompts and never
/// blocks: the treating doctor decides (国卫医发〔2022〕6号 Art. 4).
package struct RecognitionMatcher: Sendable {
    package var rules: RecognitionIndex
    package var configuration: RegionConfiguration
    package var tree: ManagementTree
    /// Of the institutions that issued the results; others do no harm.
    package var certificates: [QualityCertificate]
    package var receiver: OrganizationUnit
    package var now: WallTime

    package init(
        rules: RecognitionIndex, configuration: RegionConfiguration, tree: ManagementTree,
        certificates: [QualityCertificate], receiver: OrganizationUnit, now: WallTime
    ) {
        self.rules = rules
        self.configuration = configuration
        self.tree = tree
        self.certificates = certificates
        self.receiver = receiver
        self.now = now
    }

    /// The candidates for an ordered item among a person's results, the best first.
    ///
    /// - Parameter summaries: in any order; several versions of one result may be among them, and one result may stand
    ///   twice because two nodes answered it.
    package func match(_ ordered: OrderedItem, among summaries: [ReportSummary]) -> ItemMatch {
        let newest = Dictionary(summaries.map { ($0.fields.reportKey, $0.fields.version) }, uniquingKeysWith: max)
        let voided = Set(summaries.filter(\.isVoid).map(\.fields.reportKey))
        var seen: Set<EntryKey> = []
        let candidates = summaries.compactMap { summary -> RecognitionCandidate? in
            guard let line = summary.fields.lines.first(where: { $0.item == ordered.item.code }),
                seen.insert(EntryKey(summary)).inserted
            else { return nil }
            let key = summary.fields.reportKey
            return judge(
                summary, line, as: ordered.item, newestVersion: newest[key] ?? summary.fields.version,
                isVoid: summary.isVoid || voided.contains(key))
        }
        return ItemMatch(ordered: ordered, candidates: candidates.sorted(by: Self.isBetter))
    }

    private struct EntryKey: Hashable {
        var report: String
        var version: Int
        init(_ summary: ReportSummary) {
            report = summary.fields.reportKey
            version = summary.fields.version
        }
    }

    /// When a result was reported: its own word, or the author's clock.
    package static func reportTime(of summary: ReportSummary) -> (time: WallTime, isStated: Bool) {
        let stated = (summary.fields.issuedTime ?? summary.fields.observedTime).flatMap(ReportTime.moment)
        return (stated ?? summary.authorTime, stated != nil)
    }

    /// The institution that issued a result, where the region knows it.
    package static func issuer(of fields: ReportFields, in configuration: RegionConfiguration) -> OrganizationUnit? {
        issuer(named: fields.institution, in: configuration)
    }

    /// The unit of an institution's code or unit id.
    package static func issuer(named name: String, in configuration: RegionConfiguration) -> OrganizationUnit? {
        if let id = try? OrgUnitID(name), let unit = configuration.organizationUnit(id) { return unit }
        return (try? InstitutionCode(name)).flatMap(configuration.organizationUnit(institution:))
    }

    private func judge(
        _ summary: ReportSummary, _ line: ReportLine, as item: CatalogueItem, newestVersion: Int, isVoid: Bool
    ) -> RecognitionCandidate {
        let (reportTime, isStated) = Self.reportTime(of: summary)
        let issuer = Self.issuer(of: summary.fields, in: configuration)
        let validUntil = ReportTime.endOfDay(item.windowDays, after: reportTime)
        var trail = StateRules(now: now).steps(
            summary, line, isVoid: isVoid, newestVersion: newestVersion, reportTime: isStated ? reportTime : nil)
        trail += ItemRules(rules: rules).steps(line, item, at: reportTime)
        trail.append(window(item, from: reportTime, until: validUntil))
        let marks = MarkRules(rules: rules.rules, certificates: certificates, receiver: receiver)
        let found = marks.steps(line, item, issuer: issuer, at: reportTime)
        trail += found.steps
        let policy = PolicyRules(rules: rules.rules, tree: tree, receiver: receiver)
            .decide(issuer: issuer, scopes: found.valid.map(\.scope))
        trail += [policy.step, ContentRules.step(item)]
        let isRefused = trail.contains { $0.outcome == .failed }
        let isDoubtful = trail.contains { $0.outcome == .doubt }
        let verdict: RecognitionOutcome =
            isRefused ? .not : policy.outcome == .recognised && isDoubtful ? .discretion : policy.outcome
        return RecognitionCandidate(
            summary: summary, item: item, verdict: verdict, trail: trail, reportTime: reportTime,
            validUntil: validUntil, mark: found.valid.first?.scope.label,
            certificate: found.valid.first?.certificate.number, issuer: issuer)
    }

    /// The window counts whole days in China from the day of the report; its last day belongs to it.
    private func window(_ item: CatalogueItem, from reportTime: WallTime, until end: WallTime) -> TrailStep {
        let (day, last) = (reportTime.chinaText.prefix(10), end.chinaText.prefix(10))
        let input = "\(day)+\(item.windowDays)d"
        guard now <= end else {
            return TrailStep(
                .window, .failed, input: input, "报告日期\(day)，有效期\(item.windowDays)天，已于\(last)到期。",
                "reported \(day), valid for \(item.windowDays) days, expired after \(last).")
        }
        return TrailStep(
            .window, .passed, input: input, "报告日期\(day)，有效期\(item.windowDays)天，至\(last)。",
            "reported \(day), valid for \(item.windowDays) days, until \(last).")
    }

    private static func isBetter(_ left: RecognitionCandidate, than right: RecognitionCandidate) -> Bool {
        let rank: (RecognitionOutcome) -> Int = { $0 == .recognised ? 0 : $0 == .discretion ? 1 : 2 }
        return (rank(left.verdict), right.reportTime, right.summary.entry)
            < (rank(right.verdict), left.reportTime, left.summary.entry)
    }
}

/// What is recognisable of a result.
enum ContentRules {
    static func step(_ item: CatalogueItem) -> TrailStep {
        TrailStep(
            .content, .noted, input: item.examinationClass.rawValue,
            item.examinationClass == .laboratory ? "互认检验数据；诊断结论不在互认之列。" : "互认影像、图形和数据；诊断结论不在互认之列，由接诊医师重新判读。",
            item.examinationClass == .laboratory
                ? "data are recognisable; a diagnosis is not."
                : "images and data are recognisable; the diagnosis is not and is read anew.")
    }
}
