import Consultation
import Effects
import Indicators
import Ledgers
import NodeRuntime
import Recognition
import Regions
import ServiceKit
import Storage
import Trust
import Wire

/// What a thief writes with a node's ledger key: numbers at which types end, words about others' records, many of one.
///
/// About the node's own records it writes nothing: whoever has its key may write for it, and no program could tell.
struct SealedAttack {
    /// Entries that go out together.
    struct Batch {
        var lane: Lane
        var items: [StolenKey.Item]
    }

    private let shared: SharedSimulation
    private let key: StolenKey
    /// Who takes the entries in; its disk is where the thief finds what it copies.
    private let ledger: Ledger
    private let parent: NodeID

    init(_ shared: SharedSimulation, _ key: StolenKey, at victim: YilianNode) {
        self.shared = shared
        self.key = key
        ledger = victim.context.ledger
        parent = victim.context.node
    }

    func batches() async throws -> [Batch] {
        let (reports, events) = (try await forgedReports(), try await forgedEvents())
        let grants =
            try [manyGrants()]
            + reports.compactMap { report in
                try report.draft.causes.first.map { try grant([$0], to: [key.node]) }
            }
        return [
            Batch(lane: .clinical, items: grants),
            Batch(lane: .clinical, items: try events + requests()),
            Batch(lane: .bulk, items: try await extremeReports() + submissions()),
            Batch(lane: .bulk, items: try reports + manyVersions()),
            Batch(lane: .bulk, items: [impossible()]),
        ]
    }

    // MARK: Numbers at which types end

    /// Copies of the node's own reports under keys that it has not used, each with a number bent.
    private func extremeReports() async throws -> [StolenKey.Item] {
        try await some(
            4, "SELECT entry FROM report_version WHERE author = $1 ORDER BY entry", [.text(key.node.rawValue)]
        ).map {
            var fields = try ReportFields(bytes: $0.fields)
            fields.reportKey = newReportKey()
            return item(
                .report, fields.reportKey, BentMessage.bend(try fields.encoded(), shared.random), $0.payload,
                causes: shared.random.number(below: 4) == 0 ? lost(300) : [])
        }
    }

    /// Figures of the day and the month as large as figures may be here, and one that may not be.
    private func submissions() throws -> [StolenKey.Item] {
        let now = shared.time.wallTime
        return try [ReportingPeriod.Kind.day, .month, .year].map { kind in
            var sheet = IndicatorSheet()
            for definition in IndicatorDefinition.computed {
                let part = Int64(shared.random.number(below: 200)) * 500_000_000_000 - 50_000_000_000_000
                try sheet.add(IndicatorParts(numerator: part, denominator: abs(part) + 1), to: definition.id)
            }
            let submission = IndicatorSubmission(
                unit: key.node, period: ReportingPeriod(kind, containing: now),
                version: 1 + Int(shared.random.number(below: 5)), own: sheet, total: sheet, contributions: [],
                missing: [], closedAt: now)
            let fields = try submission.encoded()
            return item(
                .indicatorSubmission, submission.subject,
                kind == .year ? BentMessage.bend(fields, shared.random) : fields)
        }
    }

    /// Requests that nobody made, with terms at the end of what terms may be and beyond it.
    private func requests() throws -> [StolenKey.Item] {
        try [SimulatedRegion.specialty, "nobody", "nobody"].map { specialty in
            let id = try ConsultationID("\(key.node).X\(shared.random.number(below: 1 << 52))")
            shared.thefts.invent(id)
            let seconds = UInt32(shared.random.number(below: 31_536_000))
            let level = ServiceLevel(
                kind: SimulatedRegion.kind, name: "", specialty: specialty,
                claimSeconds: specialty == "nobody" ? seconds : SimulatedRegion.claimSeconds, reportSeconds: seconds,
                graceSeconds: seconds)
            let years = Int64(shared.random.number(below: 300)) - 150
            var fields = ConsultationFields(
                request: id, home: key.node,
                terms: ConsultationTerms(
                    level, requestedTime: shared.time.wallTime.advanced(byMilliseconds: years * 31_536_000_000)))
            fields.organizationUnit = key.node.rawValue
            let bytes = try fields.encoded()
            return item(
                .consultationRequest, id.description,
                shared.random.number(below: 2) == 0 ? BentMessage.bend(bytes, shared.random) : bytes)
        }
    }

    /// Of a time that cannot be: its batch is refused.
    private func impossible() -> StolenKey.Item {
        var entry = item(EntryKind(999), "unknown", shared.random.bytes(40))
        entry.time = WallTime(milliseconds: shared.random.number(below: 2) == 0 ? .min : .max)
        return entry
    }

    // MARK: Others' records

    /// Voids of others' results, newer than whatever their hospitals said.
    private func forgedReports() async throws -> [StolenKey.Item] {
        let tomorrow = shared.time.wallTime.advanced(byMilliseconds: 86_400_000)
        let others = "SELECT entry FROM report_version WHERE author <> $1 ORDER BY entry" as SQLText
        return try await some(4, others, [.text(key.node.rawValue)]).map {
            var fields = try ReportFields(bytes: $0.fields)
            fields.status = .void
            fields.version += 1
            fields.issuedTime = tomorrow.chinaText
            return item(.report, $0.subject, try fields.encoded(), $0.payload, causes: [$0.id])
        }
    }

    /// The end of others' attempts, requests in others' names, and what was never claimed.
    private func forgedEvents() async throws -> [StolenKey.Item] {
        let mine = "\(key.node)/"
        let events = try await some(
            4, "SELECT entry FROM consultation_event WHERE substr(entry, 1, $1) <> $2 ORDER BY entry",
            [.integer(Int64(mine.utf8.count)), .text(mine)])
        return try events.filter { $0.author != key.node }.map { event in
            var fields = try ConsultationFields(bytes: event.fields)
            guard event.kind != .consultationRequest else {
                fields.terms.claimSeconds = 1
                return item(event.kind, event.subject, try fields.encoded())
            }
            fields.number += 1
            fields.follows = event.id
            fields.reason = .reportDeadline
            let kinds: [EntryKind] = [
                .consultationEscalated, .consultationWithdrawn, .consultationClaimed, .consultationReported,
            ]
            return item(
                shared.choice(kinds) ?? .consultationEscalated, event.subject, try fields.encoded(), causes: [event.id])
        }
    }

    // MARK: Many of one

    private func manyVersions() throws -> [StolenKey.Item] {
        guard let patient = PatientKey(bytes: shared.random.bytes(PatientKey.byteCount)) else { return [] }
        let content = Hospital.content(
            of: key.node, "many", patient: 0, edition: 1, status: .final, issued: 0, shared.random)
        let report = newReportKey()
        return try (1...30).map { version in
            let fields = ReportFields(
                ReportSubmission(content: content, format: .hl7v2, messageID: "many"), reportKey: report,
                patientKeys: [PatientKeyReference(epoch: 1, key: patient)], version: version)
            return item(.report, report, try fields.encoded(), try content.wireBytes())
        }
    }

    /// More entries than a page holds that will never be there, older than everything that waits for the same nodes.
    private func manyGrants() throws -> StolenKey.Item {
        let own = shared.region.children(of: key.node)
        let others = shared.nodes(.county).map(\.id).filter { $0 != key.node && $0 != parent }
        var grant = try grant(lost(70), to: own + others)
        grant.time = shared.region.start
        return grant
    }

    /// Of what is not the thief's to give, too.
    private func grant(_ entries: [EntryID], to recipients: [NodeID]) throws -> StolenKey.Item {
        StolenKey.Item(
            draft: try Grant(entries: entries, recipients: recipients).draft(headerAudience: .region), time: nil)
    }

    // MARK: Parts

    private func item(
        _ kind: EntryKind, _ subject: String, _ fields: [UInt8], _ payload: [UInt8]? = nil, causes: [EntryID] = []
    ) -> StolenKey.Item {
        StolenKey.Item(
            draft: EntryDraft(
                kind: kind, subject: subject, causes: causes, fields: fields, headerAudience: .region,
                payload: payload, payloadAudience: .city), time: nil)
    }

    /// Entries of batches that the thief never seals.
    private func lost(_ count: Int) -> [EntryID] {
        (0..<count).map { key.id($0, later: 1_000_000, lane: .clinical) }
    }

    private func newReportKey() -> String {
        ReportKey.bound(
            Suite.ed25519.digest(shared.random.bytes(16)), to: key.node.rawValue, suite: .ed25519)
    }

    /// Some entries of those that a question names and that lie here.
    private func some(_ count: Int, _ sql: SQLText, _ arguments: [SQLValue]) async throws -> [Entry] {
        let names = try await ledger.read { try $0.rows(sql, arguments).map { try $0.text(0) } }
        var entries: [Entry] = []
        for _ in 0..<count {
            guard let name = shared.choice(names), let entry = try await ledger.entry(EntryID(name)) else { continue }
            if !entries.contains(where: { $0.id == entry.id }) { entries.append(entry) }
        }
        return entries
    }
}
