import Effects
import Ledgers
import Storage
import Trust

/// Publishes the reports of one message within one command on the writer.
struct ReportPublisher {
    let suite: Suite
    let lines: (ReportContent) -> [ReportLine]
    let transaction: LedgerTransaction
    private let lookup: ReportLookup
    /// Keys of the results that this message has spoken of.
    private var taken: Set<String> = []

    init(suite: Suite, lines: @escaping (ReportContent) -> [ReportLine], in transaction: LedgerTransaction) {
        self.suite = suite
        self.lines = lines
        self.transaction = transaction
        lookup = ReportLookup(sql: transaction.sql)
    }

    mutating func publish(_ report: PreparedReport) throws -> PublishOutcome {
        var notices = report.notices
        let key = try reportKey(of: report, &notices)
        taken.insert(key)
        let versions = try lookup.versions(of: key)
        if let same = known(report.digests, of: report, among: versions) {
            return duplicate(of: same, versions, report, notices)
        }
        try checkPerson(of: report, key, versions, &notices)
        let draft = try draft(of: report, onto: versions, &notices)
        if let same = known([draft.digest], of: report, among: versions) {
            return duplicate(of: same, versions, report, notices)
        }
        if Self.same(report.digests + [draft.digest], among: versions) != nil { notices.append(PublishNotice(.again)) }
        let before = VersionOrder(versions)
        let entry = try append(draft, key: key, after: versions)
        let now = try lookup.versions(of: key)
        let after = VersionOrder(now)
        if !before.isVoid || before.standing == nil {
            if now.last?.entry != after.standing.map({ now[$0].entry }) { notices.append(PublishNotice(.older)) }
        } else if draft.fields.status != .void {
            notices.append(PublishNotice(after.isVoid ? .intoVoid : .lifted))
        }
        try rebase(key, now, after)
        return PublishOutcome(
            .published, entry: entry, reportKey: key, version: draft.fields.version, isVoid: after.isVoid,
            notices: notices)
    }

    private static func same(_ digests: [[UInt8]], among versions: [ReportTable.Version]) -> ReportTable.Version? {
        versions.last { $0.contentDigest.map(digests.contains) ?? false }
    }

    /// The version that says the same already.
    ///
    /// - Returns: `nil` where none does, or where another one stands since that this report would follow: whoever says a
    ///   value, another one and the first again means the first.
    private func known(
        _ digests: [[UInt8]], of report: PreparedReport, among versions: [ReportTable.Version]
    ) -> ReportTable.Version? {
        guard let same = Self.same(digests, among: versions) else { return nil }
        let order = VersionOrder(versions)
        guard !order.isVoid, let standing = order.standing.map({ versions[$0] }) else { return same }
        if standing.contentDigest.map(digests.contains) ?? false { return standing }
        let after = VersionOrder(order.marks + [mark(of: report)])
        return after.standing == versions.count ? nil : same
    }

    private func mark(of report: PreparedReport) -> VersionOrder.Mark {
        VersionOrder.Mark(
            status: report.content.status, issuedTime: report.content.issuedTime, authorTime: transaction.now)
    }

    private func duplicate(
        of same: ReportTable.Version, _ versions: [ReportTable.Version], _ report: PreparedReport,
        _ notices: [PublishNotice]
    ) -> PublishOutcome {
        let order = VersionOrder(versions)
        let isContent = report.submission.content.status != .void
        var notices = notices
        if order.isVoid {
            if isContent { notices.append(PublishNotice(.intoVoid)) }
        } else if order.standing.map({ versions[$0].entry }) != same.entry {
            notices.append(PublishNotice(.older))
        }
        return PublishOutcome(
            .duplicate, entry: same.entry, reportKey: same.fields.reportKey, version: same.fields.version,
            isVoid: order.isVoid, notices: notices)
    }

    // MARK: Which result

    private func reportKey(of report: PreparedReport, _ notices: inout [PublishNotice]) throws -> String {
        for identity in report.identities {
            if let found = try identity.known(taken: taken, suite: suite, in: lookup) { return found }
        }
        if let found = try foundElsewhere(report) { return found }
        guard let identity = report.identities.first else {
            throw Failure("recognition.noPatient", "the report names no patient")
        }
        let search = ReportMove(report: report, identity: identity, mark: mark(of: report), taken: taken, suite: suite)
        if let found = try search.key(&notices, content: content, in: lookup) { return found }
        if try identity.correctsNothing(taken: taken, suite: suite, in: lookup) {
            notices.append(PublishNotice(.otherTime))
        }
        return try identity.fresh(taken: taken, suite: suite, in: lookup)
    }

    /// A result that came under another identifier of a person who is known under one of the report's.
    ///
    /// A void may name the person by an identifier that led no report's identity; the results of that person name those
    /// that did.
    private func foundElsewhere(_ report: PreparedReport) throws -> String? {
        let others = try ReportTable.otherKeys(
            of: report.patientKeys + report.earlierKeys, limit: Self.otherKeysTried, in: lookup.sql)
        for key in others {
            let identity = try ReportIdentity(
                report.content, isProduction: report.submission.isProduction, occurrence: report.occurrence,
                digests: report.digests, patient: key)
            if let found = try identity.known(taken: taken, suite: suite, in: lookup) { return found }
        }
        return nil
    }

    static let otherKeysTried = 64

    /// Holds a message that names another patient than the one whose result it speaks of to the rule: a correction moves
    /// a result, what comes late goes into its history, and nothing else touches it.
    ///
    /// - Throws: `recognition.otherPatient`.
    private func checkPerson(
        of report: PreparedReport, _ key: String, _ versions: [ReportTable.Version], _ notices: inout [PublishNotice]
    ) throws {
        let result = ReportTable.Result(key: key, versions: versions)
        guard result.standing != nil, try ReportMove.isOfAnother(result, report, in: lookup.sql) else { return }
        guard report.content.status != .void else { throw ReportMove.otherPatient }
        let order = VersionOrder(versions.map { VersionOrder.Mark($0.fields, at: $0.authorTime) } + [mark(of: report)])
        guard order.standing == versions.count else { return }
        guard report.mayMove else { throw ReportMove.otherPatient }
        notices.append(PublishNotice(.moved))
    }

    // MARK: What it says

    /// A version that is ready to be appended.
    private struct Draft {
        var fields: ReportFields
        var payload: [UInt8]
        var digest: [UInt8]
        var manifests: [AttachmentManifest]
    }

    /// The version that a report makes of what comes before it in the order of versions.
    private func draft(
        of report: PreparedReport, onto versions: [ReportTable.Version], _ notices: inout [PublishNotice]
    ) throws -> Draft {
        let marks = versions.map { VersionOrder.Mark($0.fields, at: $0.authorTime) }
        var (content, payload) = (report.content, report.payload)
        if let place = VersionOrder(marks + [mark(of: report)]).baseOfLast {
            let base = versions[place]
            if let standing = try self.content(of: base) {
                let merged = ReportMerge(onto: standing).merged(report.content, report.submission.completeness)
                notices += merged.notices.map(PublishNotice.init)
                if merged.content != content { (content, payload) = (merged.content, try merged.content.wireBytes()) }
            } else if report.submission.completeness == .lines {
                notices.append(PublishNotice(.unmerged))
            }
            let isFewer = !Set(base.fields.patientKeys).isSubset(of: report.patientKeys + report.earlierKeys)
            if isFewer, !notices.contains(PublishNotice(.moved)) { notices.append(PublishNotice(.fewerIdentifiers)) }
        }
        var submission = report.submission
        submission.content = content
        let fields = ReportFields(
            submission, reportKey: "", patientKeys: report.patientKeys,
            version: (versions.last?.fields.version ?? 0) + 1, identifying: report.identifying, former: report.former,
            lines: lines(content), marks: report.marks)
        return Draft(
            fields: fields, payload: payload, digest: suite.digest(payload).bytes,
            manifests: content.attachments.compactMap(\.manifest))
    }

    private func append(_ draft: Draft, key: String, after versions: [ReportTable.Version]) throws -> EntryID {
        for manifest in draft.manifests
        where try Attachments.progress(of: manifest.digest(suite: suite), in: transaction.sql)?.isWhole != true {
            throw Failure(
                "attachment.notStored", "a document of the report is not in the store", remedy: "send the report again")
        }
        var fields = draft.fields
        fields.reportKey = key
        let entry = try transaction.append(
            EntryDraft(
                kind: .report, subject: key, causes: versions.last.map { [$0.entry] } ?? [],
                fields: try fields.encoded(), headerAudience: .city, payload: draft.payload,
                payloadAudience: transaction.tree.tier(of: transaction.node) == .township ? .parent : .own))
        lookup.forget(key)
        return entry
    }

    /// Puts a version that came late under the one that stands, where that one brought lines only.
    ///
    /// The correction of one analyte may come before the report that it corrects: once that is here, the whole report is
    /// what all say. Whatever the order of arrival, the same lines stand.
    private func rebase(_ key: String, _ versions: [ReportTable.Version], _ order: VersionOrder) throws {
        guard !order.isVoid, let place = order.standing, let last = versions.indices.last, place != last,
            versions[last].fields.status != .void, let now = try content(of: versions[place]),
            let content = try replay(versions, order.history, from: last, to: place), try !content.says(now)
        else { return }
        let payload = try content.wireBytes()
        let digest = suite.digest(payload).bytes
        guard Self.same([digest], among: versions) == nil else { return }
        var fields = versions[place].fields
        fields.version = versions[last].fields.version + 1
        fields.lines = lines(content)
        fields.observationCount = content.standingObservations.count
        fields.attachmentCount = content.attachments.count
        let draft = Draft(
            fields: fields, payload: payload, digest: digest, manifests: content.attachments.compactMap(\.manifest))
        _ = try append(draft, key: key, after: versions)
    }

    /// What the messages say from one version to another, in the order of versions.
    ///
    /// - Returns: `nil` where the one does not lead to the other, or a content between them is gone.
    private func replay(
        _ versions: [ReportTable.Version], _ history: [Int], from first: Int, to last: Int
    ) throws -> ReportContent? {
        guard let start = history.firstIndex(of: first), let end = history.firstIndex(of: last), start < end,
            end - start <= Limits.versionsReplayed, var content = try content(of: versions[first])
        else { return nil }
        for place in history[(start + 1)...end] {
            guard versions[place].fields.status != .void, let next = try self.content(of: versions[place]) else {
                return nil
            }
            // A whole report stands for itself.
            content =
                versions[place].fields.isByLines ? ReportMerge(onto: content).merged(next.own, .lines).content : next
        }
        return content
    }

    private func content(of version: ReportTable.Version) throws -> ReportContent? {
        try transaction.payload(of: version.entry).map { try ReportContent(wireBytes: $0) }
    }
}
