package import Effects
import Ledgers
package import Regions
package import ServiceKit
import Synchronization

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
    /// What the order says of the person beside what a report says: the report's digests, as the order would have them.
    package var person: @Sendable (ReportFields) -> DemographicMarks
    /// All keys that the person is known by.
    package var keys: Set<PatientKeyReference>

    package init(
        rules: RecognitionIndex, configuration: RegionConfiguration, tree: ManagementTree,
        certificates: [QualityCertificate], receiver: OrganizationUnit, now: WallTime,
        person: @escaping @Sendable (ReportFields) -> DemographicMarks = { _ in DemographicMarks() },
        keys: Set<PatientKeyReference> = []
    ) {
        self.rules = rules
        self.configuration = configuration
        self.tree = tree
        self.certificates = certificates
        self.receiver = receiver
        self.now = now
        self.person = person
        self.keys = keys
    }

    /// The candidates for an ordered item among a person's results, the best first.
    ///
    /// - Parameter summaries: in any order; several versions of one result may be among them, and one result may stand
    ///   twice because two nodes answered it.
    package func match(_ ordered: OrderedItem, among summaries: [ReportSummary]) -> ItemMatch {
        let newest = Dictionary(summaries.map { ($0.fields.reportKey, $0) }) { left, right in
            VersionOrder.isNewer(right, than: left) ? right : left
        }
        let people = DemographicContradictions(summaries)
        var seen: Set<String> = []
        let candidates = summaries.compactMap { summary -> RecognitionCandidate? in
            guard let line = summary.fields.lines.first(where: { $0.item == ordered.item.code }),
                seen.insert("\(summary.fields.reportKey) \(summary.entry)").inserted
            else { return nil }
            let standing = newest[summary.fields.reportKey] ?? summary
            return judge(summary, line, as: ordered.item, standing: standing, people: people)
        }
        return ItemMatch(ordered: ordered, candidates: candidates.sorted(by: Self.isBetter))
    }

    /// When a result was reported, by its own word; nothing is dated by its upload.
    package static func reportTime(of fields: ReportFields) -> WallTime? {
        ReportTime.stated(issued: fields.issuedTime, observed: fields.observedTime)
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
        _ summary: ReportSummary, _ line: ReportLine, as item: CatalogueItem, standing: ReportSummary,
        people: DemographicContradictions
    ) -> RecognitionCandidate {
        let stated = Self.reportTime(of: summary.fields)
        // Without a report time the result is refused; its items and marks are still named.
        let reportTime = stated ?? summary.authorTime
        let issuer = Self.issuer(of: summary.fields, in: configuration)
        let validUntil = stated.map { ReportTime.endOfDay(item.windowDays, after: $0) }
        var trail = StateRules(now: now).steps(summary, line, standing: standing, reportTime: stated)
        trail += [
            PersonRules.identifier(summary.fields, keys),
            PersonRules.step(summary.fields, person(summary.fields), people),
        ].compactMap { $0 }
        trail += ItemRules(rules: rules).steps(line, item, at: reportTime)
        if let stated, let validUntil { trail.append(window(item, from: stated, until: validUntil)) }
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
            summary: summary, item: item, verdict: verdict, trail: trail, reportTime: stated,
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
        return (rank(left.verdict), right.reportTime ?? .epoch, right.summary.entry)
            < (rank(right.verdict), left.reportTime ?? .epoch, left.summary.entry)
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

/// The index of the rules that are in force, made once for each version of the region configuration.
package final class RecognitionRulebook: Sendable {
    private let region: RegionRegistry
    private let made = Mutex<(version: UInt64, index: RecognitionIndex)?>(nil)

    init(_ region: RegionRegistry) {
        self.region = region
    }

    /// The rules now.
    package var current: RecognitionIndex {
        let configuration = region.current
        if let known = made.withLock({ $0 }), known.version == configuration.version { return known.index }
        let index = RecognitionIndex(configuration.recognition)
        made.withLock { $0 = (configuration.version, index) }
        return index
    }
}
