package import Calls
package import Effects
package import Ledgers
package import Regions
package import ServiceKit
import Storage
package import Trust
import Wire

/// Mutual recognition at one node: publishes results, answers questions about people, opens results.
package struct RecognitionService: NodeService {
    package static let serviceName = "recognition"
    package static let regionSections: [any RegionSection.Type] = [RecognitionRules.self]
    package static let projections: [any Projection] = [
        RecognitionProjection(), MatchProjection(), DecisionProjection(), ReaderProjection(), CertificateProjection(),
    ]
    package static let facts = RecognitionFacts.all

    package static var methods: [Method] {
        get throws {
            let statement = try SignedAccessStatement.sample
            return [
                Method(
                    100, .recognition, "find", lane: .clinical, callers: [.child],
                    samples: FindRequest(patientKeys: [], statement: statement, limit: 1)
                ) { try await $0.find($1) },
                Method(
                    101, .recognition, "fetch", lane: .clinical, callers: [.parent, .child],
                    samples: FetchRequest(entry: try EntryID("sample/0/bulk/0/0"), statement: statement)
                ) { try await $0.fetch($1) },
                Method(
                    102, .recognition, "match", lane: .clinical, deadlineMilliseconds: Limits.matchMilliseconds,
                    callers: [.child], samples: MatchRequest(patientKeys: [], items: [], statement: statement)
                ) { try await $0.match($1) },
                Method(
                    110, .recognition, "document", lane: .bulk, deadlineMilliseconds: 60_000,
                    callers: [.parent, .child],
                    samples: DocumentRequest(
                        entry: try EntryID("sample/0/bulk/0/0"), attachment: Suite.ed25519.digest([]), position: 0,
                        statement: statement)
                ) { try await $0.document($1) },
            ]
        }
    }

    let context: NodeContext
    package let rulebook: RecognitionRulebook
    let answers: Answers
    private let desk: RecognitionDesk
    /// What the index holds, as it was counted last.
    private let counted = CountMemo<(versions: Int, results: Int)>()

    package init(_ context: NodeContext) async throws {
        self.context = context
        rulebook = RecognitionRulebook(context.region)
        answers = Answers(context: context, rulebook: rulebook)
        desk = RecognitionDesk(service: answers, actorSystem: context.system)
    }

    /// Lets readers of this node's results have what becomes of them, until the task is cancelled.
    package func run() async throws { try await ReaderSharing(context: context).run() }

    /// What was found, and the statement from which those follow on which opening it will rest.
    package struct Findings: Sendable {
        package var answer: FindAnswer
        package var statement: SignedAccessStatement
    }

    /// Looks for a person's results here and above.
    ///
    /// - Parameters:
    ///   - person: the identifiers of the person that the asker knows.
    ///   - described: what the asker knows of the person besides: results that contradict it are marked.
    /// - Throws: `access.incomplete`, `access.noGround`, `patientKey.noSecret`. An ancestor that cannot be reached is no
    ///   error: the answer says who was asked and who was not reached.
    package func find(
        _ asking: Asking, about person: [PatientIdentifier], described: PatientDemographics? = nil,
        limit: Int = Limits.queryResults
    ) async throws -> Findings {
        let statement = try context.sign(asking, about: person, question: FindRequest.question)
        let request = FindRequest(patientKeys: statement.statement.patientKeys, statement: statement, limit: limit)
        return try await findings(answers.find(request, caller: nil), on: statement, person: marks(of: described))
    }

    /// What was found, with a statement for what follows that names the person's other keys, too.
    ///
    /// - Parameter person: what the asker says of the person, as a report's header would have it.
    func findings(
        _ answer: FindAnswer, on statement: SignedAccessStatement,
        person: (ReportFields) -> DemographicMarks = { _ in DemographicMarks() }
    ) throws -> Findings {
        var wider = statement.statement
        wider.patientKeys = answer.person.keys(from: wider.patientKeys)
        let marked = answer.marking(person, keys: Set(wider.patientKeys))
        guard wider != statement.statement else { return Findings(answer: marked, statement: statement) }
        return Findings(answer: marked, statement: try context.sign(wider))
    }

    /// A result that was opened, with the proof on which it rests.
    package struct OpenedReport: Sendable {
        package var entry: Entry
        package var fields: ReportFields
        package var content: ReportContent
        package var excerpt: Excerpt
        package var servedBy: NodeID
        /// The region's; names the documents beside the report.
        package var suite: Suite
    }

    /// Opens one version of a result, wherever in the region it lies, and verifies its seal and its place in the batch.
    ///
    /// Each opening is a question of its own: its statement follows the one with which the result was found.
    ///
    /// - Throws: `recognition.notFound`, `call.…` where its holder cannot be reached, `ledger.badSeal`,
    ///   `ledger.badExcerpt`; `access.expired` where it was found too long ago.
    package func open(_ entry: EntryID, statement found: SignedAccessStatement) async throws -> OpenedReport {
        try await self.open(entry, on: try context.sign(FetchRequest.question(entry), following: found))
    }

    /// Opens one version of a result for somebody who knows its entry and whom it is about.
    package func open(
        _ entry: EntryID, _ asking: Asking, about person: [PatientIdentifier]
    ) async throws -> (report: OpenedReport, statement: SignedAccessStatement) {
        let statement = try context.sign(asking, about: person, question: FetchRequest.question(entry))
        do {
            return (try await self.open(entry, on: statement), statement)
        } catch let failure as Failure where failure.code == "access.otherPatient" {
            // It may be under an identifier of the same person that only nodes above know; they tell when asked.
            let wider = try await find(asking, about: person).statement
            guard wider.statement.patientKeys != statement.statement.patientKeys else { throw failure }
            let following = try context.sign(FetchRequest.question(entry), following: wider)
            return (try await self.open(entry, on: following), following)
        }
    }

    private func open(_ entry: EntryID, on statement: SignedAccessStatement) async throws -> OpenedReport {
        let answer = try await answers.fetch(FetchRequest(entry: entry, statement: statement), caller: nil)
        let opened = try Self.verify(
            answer.excerpt, entry: entry, servedBy: answer.servedBy, inspector: context.ledger.inspector,
            deliveries: context.region.deliveries, now: context.now)
        try await ReaderWriter(context: context).opened(opened, on: statement.statement)
        return opened
    }

    /// Checks the proof of one result and reads it.
    ///
    /// - Throws: what the inspector throws; `recognition.notProven`; `author.notDelivered` where its author may not write
    ///   for the institution.
    package static func verify(
        _ excerpt: Excerpt, entry id: EntryID?, servedBy: NodeID, inspector: BatchInspector,
        deliveries: DeliveryTable, now: WallTime
    ) throws -> OpenedReport {
        let opened = try inspector.inspect(excerpt, receivedTime: now)
        guard let entry = opened.entries.first(where: { $0.kind == .report && (id == nil || $0.id == id) }),
            let payload = entry.payload
        else {
            throw Failure(
                "recognition.notProven", "the proof holds no opened report", remedy: "fetch the result again")
        }
        let fields = try ReportFields(bytes: entry.fields)
        // A proof comes from whoever holds it, past every fold: the author's right is asked here again.
        guard let unit = deliveries.unit(named: fields.institution),
            deliveries.mayWrite(entry.author, for: unit, at: { min(entry.authorTime, now) }),
            ReportKey.isBound(fields.reportKey, to: fields.institution, suite: inspector.suite)
        else {
            throw Failure(
                "author.notDelivered", "\(entry.author) may not write results of that institution",
                place: entry.id.description, remedy: "see 'deliveries' in the region configuration")
        }
        return OpenedReport(
            entry: entry, fields: fields, content: try ReportContent(wireBytes: payload),
            excerpt: excerpt, servedBy: servedBy, suite: inspector.suite)
    }

    /// All versions of a person's results that this node's own index knows, each result's in the order of versions.
    ///
    /// - Parameter limit: counts results.
    package func versions(
        _ asking: Asking, about person: [PatientIdentifier], limit: Int = Limits.queryResults
    ) async throws -> Findings {
        let statement = try context.sign(asking, about: person, question: Answers.versionsQuestion)
        return try await findings(answers.versions(statement, limit: limit), on: statement)
    }

    /// The version of a result that stands in this node's index, for checks that know its key.
    package func standing(of key: String) async throws -> ReportSummary? {
        try await context.ledger.read { try ReportTable.result(key, in: $0).summary }
    }

    /// How many versions of reports this node's index holds, and how many results they make.
    package func counts() async throws -> (versions: Int, results: Int) {
        try await context.ledger.read { sql in
            let row = try sql.row("SELECT COUNT(*), COUNT(DISTINCT report) FROM report_version", [])
            return (Int(try row?.integer(0) ?? 0), Int(try row?.integer(1) ?? 0))
        }
    }
}

package typealias PatientIdentifier = ServiceKit.PatientIdentifier
package typealias PatientDemographics = ServiceKit.PatientDemographics
package typealias ClinicalTime = ServiceKit.ClinicalTime

extension RecognitionService: FigureOffer {
    package func figures() async throws -> [ServiceFigure] {
        let counts = try await counted.value(context.world.time) { try await self.counts() }
        return [
            ServiceFigure(
                "yilian_recognition_results", "Results in the index.", Double(counts.results), statusName: "results"),
            ServiceFigure(
                "yilian_recognition_report_versions", "Versions of results in the index.", Double(counts.versions),
                statusName: "versions of results"),
        ]
    }
}
