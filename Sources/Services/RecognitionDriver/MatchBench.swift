import Effects
import Ledgers
import Recognition
import Regions
import ServiceKit
import Storage
import Trust
import Wire
import YilianTestKit

/// Fills a city's index and matches orders from a township of another county.
struct MatchBench {
    let region: TestRegion
    let plan: MatchPlan

    private static let entriesPerCommit = 20_000
    private static let township = "xiyan"
    private static let county = "yuxian"
    private static let city = "shi"

    func run() async throws -> MatchFigures {
        try await region.publishConfiguration {
            $0.recognition = try Self.rules()
            $0.access.rates = .highest
        }
        try await region.waitUntilConfigured()
        let indexBytes = try await fill()
        try slow()
        // Filling keeps every thread busy; links that took it for silence are made anew.
        try await region.wait(for: "the links", timeout: .seconds(60)) {
            try region.areLinked(Self.township, Self.county) && region.areLinked(Self.county, Self.city)
        }
        let service = try region.node(Self.township).node.service(RecognitionService.self)
        var (matches, first, second): ([Int64], [Int64], [Int64]) = ([], [], [])
        var candidates = 0
        let random = SeededRandom(seed: 7)
        for number in 0..<(plan.orders + Self.warmup) {
            let patient = Int(random.number(below: UInt64(plan.patients)))
            let began = region.world.time.monotonicTime
            let match = try await service.match(try order, Self.asking, about: [Self.person(patient)])
            let took = Self.microseconds(region.world.time.monotonicTime, since: began)
            guard match.unreached.isEmpty else {
                throw Failure("load.unreached", "a node above did not answer: \(match.unreached)")
            }
            let trips = (
                try await roundTrip(Self.township, to: Self.county), try await roundTrip(Self.county, to: Self.city)
            )
            guard number >= Self.warmup else { continue }
            candidates += match.items.reduce(0) { $0 + $1.candidates.count }
            matches.append(took)
            first.append(trips.0)
            second.append(trips.1)
        }
        return figures(matches, first, second, candidates: candidates, indexBytes: indexBytes)
    }

    private static let warmup = 20

    private func figures(
        _ matches: [Int64], _ first: [Int64], _ second: [Int64], candidates: Int, indexBytes: Int
    ) -> MatchFigures {
        let p50 = (Self.percentile(first, 50) + Self.percentile(second, 50)) / 2
        let p99 = (Self.percentile(first, 99) + Self.percentile(second, 99)) / 2
        let match = (Self.percentile(matches, 50), Self.percentile(matches, 99))
        return MatchFigures(
            results: plan.results, patients: plan.patients, orders: plan.orders,
            delayMilliseconds: plan.delayMilliseconds, candidates: candidates, matchP50: match.0, matchP99: match.1,
            roundTripP50: p50, roundTripP99: p99, ratioP50: Double(match.0) / Double(3 * p50),
            ratioP99: Double(match.1) / Double(3 * p99), indexBytesPerMillion: indexBytes * 1_000_000 / plan.results)
    }

    private static func percentile(_ values: [Int64], _ percent: Int) -> Int64 {
        let sorted = values.sorted()
        return max(1, sorted[(sorted.count - 1) * percent / 100])
    }

    private static func microseconds(_ end: MonotonicTime, since start: MonotonicTime) -> Int64 {
        (end.nanoseconds - start.nanoseconds) / 1_000
    }

    private func roundTrip(_ node: String, to parent: String) async throws -> Int64 {
        try await region.node(node).node.roundTrip(to: try NodeID(parent), time: region.world.time)
    }

    private func slow() throws {
        guard plan.delayMilliseconds > 0 else { return }
        for (one, other) in [(Self.township, Self.county), (Self.county, Self.city)] {
            region.links.delay(try NodeID(one), try NodeID(other), milliseconds: plan.delayMilliseconds)
        }
    }

    private static var codes: [String] { (1...40).map { "I\($0)" } }

    private static func rules() throws -> RecognitionRules {
        RecognitionRules(
            edition: "bench",
            items: codes.map {
                CatalogueItem(
                    code: $0, name: $0, englishName: $0, examinationClass: .laboratory, windowDays: 60, from: .epoch)
            }, policy: [RecognitionPolicyRow(id: "P1", outcome: .discretion)])
    }

    private var order: MatchOrder {
        get throws {
            MatchOrder(
                unit: try OrgUnitID(Self.township),
                codes: Self.codes.prefix(MatchPlan.items).map { .init(system: "YL", code: $0) })
        }
    }

    private static let asking = Asking(
        practitioner: "bench", organizationUnit: township, purpose: .treatment, order: "BENCH")

    private static func person(_ patient: Int) -> PatientIdentifier {
        PatientIdentifier(type: "MR", authority: "BENCH", value: "B\(patient)")
    }

    /// Folds headers into the city's index.
    ///
    /// - Returns: by how many bytes its file grew.
    private func fill() async throws -> Int {
        let city = try region.node(Self.city).node
        let context = city.context
        let fold = FoldContext(node: context.node, tree: context.tree, suite: context.region.suite)
        let before = try await fileBytes(context.ledger.store)
        let now = context.now
        for start in stride(from: 0, to: plan.results, by: Self.entriesPerCommit) {
            let entries = try (start..<min(plan.results, start + Self.entriesPerCommit)).map {
                try entry($0, now: now, keys: context.patientKeys)
            }
            _ = try await context.ledger.store.write { sql in
                let projection = RecognitionProjection()
                for entry in entries { try projection.fold(entry, in: sql, context: fold) }
            }
        }
        return try await fileBytes(context.ledger.store) - before
    }

    private func fileBytes(_ store: any Store) async throws -> Int {
        try await store.read { sql in
            let pages = try sql.row("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()", [])
            return Int(try pages?.integer(0) ?? 0)
        }
    }

    /// A laboratory report of ten items, five results to a patient.
    private func entry(_ position: Int, now: WallTime, keys: PatientKeyring) throws -> Entry {
        let number = PatientIdentifier(type: "MR", authority: "BENCH", value: "B\(position % plan.patients)")
        let patient = try keys.current(of: number, within: "jucheng", at: now)
        let digest = Suite.ed25519.digest(Array("result \(position)".utf8)).hex.prefix(40)
        let time = now.advanced(byMilliseconds: -Int64(position % 90) * 86_400_000)
        let lines = (0..<10).map { ReportLine(item: Self.codes[(position * 7 + $0 * 3) % Self.codes.count]) }
        let submission = ReportSubmission(
            content: ReportContent(
                institution: "jucheng", patient: PatientDemographics(identifiers: []),
                service: Coding(codes: [.init(code: "P1", display: "生化全项", system: "99LAB")]), status: .final,
                category: .laboratory, observedTime: time.chinaText, issuedTime: time.chinaText), format: .hl7v2,
            messageID: "")
        let fields = ReportFields(
            submission, reportKey: String(digest), patientKeys: patient.map { [$0] } ?? [], version: 1, lines: lines)
        return Entry(
            id: try EntryID("jucheng/0/bulk/\(position / 500)/\(position % 500)"), kind: .report,
            subject: String(digest), authorTime: time, receivedTime: time, causes: [], fields: try fields.encoded(),
            payload: nil, hasPayload: true)
    }
}
