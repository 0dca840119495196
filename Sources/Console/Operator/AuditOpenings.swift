import Effects
import Ledgers
import NodeRuntime
import Regions
import ServiceKit
import Storage

/// What was opened without consent, as this node's audit ledger has it, and an auditor's findings about it.
///
/// What one practitioner looked at of one person for one reason, with no hour between two looks, is one opening: finding a result
/// and opening it are two records of it.
struct AuditOpenings {
    let setup: ConsoleSetup

    /// What the question wants of the openings of some days.
    func listing(_ question: AuditEndpoints.OpeningsQuestion) async throws -> OpeningListing {
        let limit = min(max(1, question.limit.map { Int($0) } ?? Limits.queryResults), Limits.queryResults)
        let days = Int64(min(question.days ?? 90, Self.mostDays))
        let since = setup.now.advanced(byMilliseconds: -days * 86_400_000)
        let (openings, isCut) = try await setup.node.context.ledger.read { try Self.openings(since: since, in: $0) }
        let waiting = openings.filter(\.isWaiting)
        var wanted = question.isWaiting == true ? waiting : openings
        if let record = question.opening {
            wanted.removeAll { opening in !opening.looks.contains { $0.entry == record } }
        }
        return OpeningListing(
            openings: Array(wanted.prefix(limit)), waiting: waiting.count, waitingSince: waiting.last?.firstAt,
            isTruncated: isCut || wanted.count > limit)
    }

    /// Writes a finding down; it is on disk on return.
    ///
    /// The reviewer's own statement says it, signed by this node, about the person whose data were opened: whoever asks who
    /// looked at this person sees it, too. The same finding again changes nothing.
    ///
    /// - Throws: `audit.reviewWords`; `audit.noOpening` where no such record of an opening lies here;
    ///   `audit.ownOpening` where the reviewer opened it.
    func review(_ order: AuditEndpoints.Review) async throws -> AuditEndpoints.Reviewed {
        let review = try AuditReview(try EntryID(order.opening), order.finding, words: order.words)
        let context = setup.node.context
        let isOpening = try await context.ledger.read { sql in
            try sql.row("SELECT 1 FROM audit_opening WHERE entry = $1", [review.opening.description]) != nil
        }
        guard isOpening, let entry = try await context.ledger.entry(review.opening) else {
            throw Failure(
                "audit.noOpening", "no opening without consent has this record at this node",
                place: review.opening.description, remedy: "list them with `yilian audit openings`")
        }
        let opened = try AuditRecord.statement(of: entry).statement
        guard ![order.practitioner, order.reviewer].contains(opened.asking.practitioner) else {
            throw Failure(
                "audit.ownOpening", "nobody reviews what they opened themselves",
                remedy: "let another auditor review it")
        }
        let last = try await finding(of: order.reviewer, about: review.opening)
        if let last, last.finding == review.finding, last.words == review.words {
            return AuditEndpoints.Reviewed(entry: last.entry, isRepetition: true)
        }
        let asking = Asking(
            practitioner: order.reviewer, organizationUnit: try AskingReader(context).unit(nil),
            purpose: .qualityReview, order: review.opening.description)
        // It goes no further than this ledger, and no region forbids a node to look at its own.
        let statement = try context.sign(
            AccessStatement(
                id: context.world.identifier(), node: context.node, asking: asking, patientKeys: opened.patientKeys,
                question: review.question, madeAt: context.now), rule: AccessRule().forCases)
        try await context.audit.record(AuditRecord(statement, answered: 1))
        guard let written = try await finding(of: order.reviewer, about: review.opening) else {
            throw Failure("console.internal", "the finding was written and is not there")
        }
        return AuditEndpoints.Reviewed(entry: written.entry, isRepetition: false)
    }

    /// The last finding of an auditor about one record.
    private func finding(of reviewer: String, about opening: EntryID) async throws -> AuditReviewInfo? {
        try await setup.node.context.ledger.read { sql in
            try sql.row(
                """
                SELECT opening, entry, at, reviewer, finding, words FROM audit_review WHERE opening = $1 AND reviewer = $2
                ORDER BY at DESC, entry DESC LIMIT 1
                """, [opening.description, reviewer]
            ).map { try Self.found($0).review }
        }
    }

    // MARK: Reading

    private static let mostDays: UInt32 = 3_660
    /// Records of openings that are looked at for one list.
    private static let mostLooks = 5_000
    /// Without a look for so long, the next one is another opening.
    private static let gapMilliseconds: Int64 = 3_600_000

    /// Who looked at whom and why.
    private struct Deed: Hashable {
        var node: String
        var practitioner: String
        var unit: String
        var reason: String
        var person: [UInt8]?
    }

    private struct Look {
        var deed: Deed
        var info: OpeningInfo.Look
        var at: Int64
        var statement: String
        var system: String
        var purpose: String
    }

    /// The newest first, and whether there are more records than are looked at.
    static func openings(since: WallTime, in sql: any SQLTransaction) throws -> ([OpeningInfo], isCut: Bool) {
        let looks = try sql.rows(
            """
            SELECT a.entry, a.at, a.action, a.outcome, a.statement, a.node, a.practitioner, a.purpose, a.break_glass,
                a.answered, a.unit, a.system, o.person
            FROM audit_opening o JOIN audit a ON a.entry = o.entry WHERE o.at >= $1
            ORDER BY o.at DESC, o.entry DESC LIMIT $2
            """, [since.milliseconds, mostLooks]
        ).map(look)
        let reviews = Dictionary(grouping: try reviews(since: since, in: sql), by: \.opening)
            .mapValues { $0.map(\.review) }
        // From the oldest on: a look joins the last opening of the same deed, unless an hour lies between.
        var openings: [[Look]] = []
        var last: [Deed: Int] = [:]
        for look in looks.reversed() {
            if let place = last[look.deed], let before = openings[place].last, look.at - before.at < gapMilliseconds {
                openings[place].append(look)
            } else {
                last[look.deed] = openings.count
                openings.append([look])
            }
        }
        let infos = openings.compactMap { opening($0, reviews) }
        return (infos.sorted { ($0.lastAt, $0.opening) > ($1.lastAt, $1.opening) }, looks.count == mostLooks)
    }

    private static func look(_ row: SQLRow) throws -> Look {
        let at = try row.integer(1)
        return Look(
            deed: Deed(
                node: try row.text(5), practitioner: try row.text(6), unit: try row.text(10),
                reason: row.optionalText(8) ?? "", person: row.optionalBytes(12)),
            info: OpeningInfo.Look(
                entry: try row.text(0), at: WallTime(milliseconds: at).description, action: try row.text(2),
                outcome: try row.text(3), answered: Int(try row.integer(9))), at: at, statement: try row.text(4),
            system: try row.text(11), purpose: try row.text(7))
    }

    /// - Parameter looks: of one opening, the oldest first; nil where there are none.
    private static func opening(_ looks: [Look], _ reviews: [String: [AuditReviewInfo]]) -> OpeningInfo? {
        guard let first = looks.first, let last = looks.last else { return nil }
        let found = looks.flatMap { reviews[$0.info.entry] ?? [] }.sorted { ($0.at, $0.entry) < ($1.at, $1.entry) }
        return OpeningInfo(
            opening: last.info.entry, statement: first.statement, firstAt: first.info.at, lastAt: last.info.at,
            node: first.deed.node, practitioner: first.deed.practitioner, unit: first.deed.unit, system: first.system,
            purpose: first.purpose, reason: first.deed.reason, looks: looks.map(\.info), reviews: found,
            isWaiting: reviews[last.info.entry] == nil)
    }

    /// The last finding that covers each record of an opening: one about it, or about a later record of the same.
    static func covering(_ records: [AuditInfo], in sql: any SQLTransaction) throws -> [String: AuditReviewInfo] {
        let times = try records.filter { $0.breakGlassReason != nil }.map { try WallTime(text: $0.at) }
        guard let oldest = times.min() else { return [:] }
        let (openings, _) = try openings(since: oldest.advanced(byMilliseconds: -86_400_000), in: sql)
        var covering: [String: AuditReviewInfo] = [:]
        for opening in openings where !opening.reviews.isEmpty {
            let byRecord = Dictionary(
                grouping: try opening.looks.flatMap { try reviews(of: $0.entry, in: sql) }, by: \.opening)
            var known: [AuditReviewInfo] = []
            for look in opening.looks.reversed() {
                known += (byRecord[look.entry] ?? []).map(\.review)
                covering[look.entry] = known.max { ($0.at, $0.entry) < ($1.at, $1.entry) }
            }
        }
        return covering
    }

    /// A finding and the record that it is about.
    private struct Found {
        var opening: String
        var review: AuditReviewInfo
    }

    /// The oldest first.
    private static func reviews(since: WallTime, in sql: any SQLTransaction) throws -> [Found] {
        try sql.rows(
            """
            SELECT opening, entry, at, reviewer, finding, words FROM audit_review WHERE at >= $1 ORDER BY at, entry
            """, [since.milliseconds]
        ).map(found)
    }

    private static func reviews(of opening: String, in sql: any SQLTransaction) throws -> [Found] {
        try sql.rows(
            """
            SELECT opening, entry, at, reviewer, finding, words FROM audit_review WHERE opening = $1 ORDER BY at, entry
            """, [opening]
        ).map(found)
    }

    private static func found(_ row: SQLRow) throws -> Found {
        guard let finding = AuditReview.Finding(rawValue: try row.text(4)) else {
            throw Failure("audit.malformed", "the audit record cannot be read")
        }
        return Found(
            opening: try row.text(0),
            review: AuditReviewInfo(
                entry: try row.text(1), at: WallTime(milliseconds: try row.integer(2)).description,
                reviewer: try row.text(3), finding: finding, words: try row.text(5)))
    }
}
