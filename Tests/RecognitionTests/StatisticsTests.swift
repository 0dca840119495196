import Effects
import Identity
import Ledgers
import Regions
import SQLiteStorage
import ServiceKit
import Storage
import Testing
import Trust

@testable import Recognition

/// Entries of independent ledgers, folded in every order.
@Suite("Statistics are folds") struct StatisticsTests {
    private static let projections: [any Projection] = [
        IdentityProjection(), RecognitionProjection(), MatchProjection(), DecisionProjection(), ReaderProjection(),
        CertificateProjection(),
    ]
    private static let day = RuleRegion.time("2026-03-20T10:00:00+08:00")

    private func entry(
        _ author: String, _ index: Int, _ kind: EntryKind, _ subject: String, _ fields: [UInt8],
        payload: [UInt8]? = nil, minutes: Int64 = 0
    ) throws -> Entry {
        let time = Self.day.advanced(byMilliseconds: minutes * 60_000)
        return Entry(
            id: try EntryID("\(author)/0/bulk/\(index)/0"), kind: kind, subject: subject, authorTime: time,
            receivedTime: time, causes: [], fields: fields, payload: payload, hasPayload: payload != nil)
    }

    private var patient: PatientKeyReference {
        get throws {
            let secret = PatientKeySecret(epoch: 1, suite: .ed25519, random: SeededRandom(seed: 4))
            return PatientKeyReference(epoch: 1, key: try secret.patientKey(type: "MR", authority: "T", value: "1"))
        }
    }

    private func report(_ author: String, _ index: Int, key: String, item: String, minutes: Int64 = 0) throws -> Entry {
        var fields = ReportFields(
            ReportSubmission(
                content: ReportContent(
                    institution: author == "hill" ? "hill-centre" : "lake-hospital",
                    patient: PatientDemographics(identifiers: []), service: Coding(codes: [.init(code: item)]),
                    status: .final, category: .laboratory,
                    issuedTime: Self.day.advanced(byMilliseconds: minutes * 60_000).chinaText), format: .fhir,
                messageID: "1"),
            reportKey: key, patientKeys: [try patient], version: 1)
        fields.lines = [ReportLine(item: item, marks: ["city"])]
        return try entry(author, index, .report, key, try fields.encoded(), minutes: minutes)
    }

    private func match(_ index: Int, _ id: String, _ item: String, report: String) throws -> Entry {
        var fields = PBRecognitionMatchFields()
        fields.unit = "lake-hospital"
        fields.patientKeys = [try patient.wire()]
        var matched = PBRecognitionMatchedItem()
        matched.item = item
        (matched.candidates, matched.recognisable, matched.expired) = (2, 1, 1)
        matched.reports = [try #require(ReportFields.shortKey(report))]
        fields.items = [matched]
        fields.existing = matched.reports
        return try entry("lake", index, .orderMatched, id, try fields.serializedBytes(), minutes: 5)
    }

    private func decision(_ index: Int, match: String, report: String, reason: String?, number: Int = 1) throws -> Entry
    {
        let fields = DecisionFields(
            key: "decision-" + match, reportKey: report, entry: try EntryID("hill/0/bulk/1/0"), item: "GLU",
            itemVersion: 1, examinationClass: .laboratory, isRecognised: reason == nil, reason: reason,
            isCounted: reason != "99", unit: "lake-hospital", issuer: "hill-centre",
            price: PriceReference(fen: 500, version: "示例-2026"), number: number, match: match, patientKeys: [],
            former: number == 1 ? nil : (true, true))
        return try entry(
            "lake", index, .recognitionDecision, fields.key, try fields.message.serializedBytes(),
            minutes: 6 + Int64(number))
    }

    /// Three ledgers: the issuer's, the receiver's, the dispatcher's.
    private var ledgers: [[Entry]] {
        get throws {
            let keys = (1...3).map { String(repeating: "\($0)", count: 40) }
            var opening = PBRecognitionOpeningFields()
            (opening.reportKey, opening.entry, opening.version) = (keys[0], "hill/0/bulk/1/0", 1)
            (opening.unit, opening.issuer, opening.purpose) = ("lake-hospital", "hill-centre", "treatment")
            let certificate = Scene.certificate("C-1", "hill-centre", "GLU", "city", "2026-01-01", "2027-01-01")
            return [
                [try report("hill", 1, key: keys[0], item: "GLU"), try report("hill", 2, key: keys[1], item: "K")],
                [
                    try match(1, "m1", "GLU", report: keys[0]), try match(2, "m2", "GLU", report: keys[0]),
                    try match(3, "m3", "K", report: keys[1]),
                    try entry("lake", 4, .reportOpened, keys[0], try opening.serializedBytes(), minutes: 6),
                    try decision(5, match: "m1", report: keys[0], reason: nil),
                    try decision(6, match: "m2", report: keys[0], reason: nil),
                    try decision(7, match: "m2", report: keys[0], reason: "99", number: 2),
                    // 钾 is done again in the lake's hospital, without a word.
                    try report("lake", 8, key: keys[2], item: "K", minutes: 60),
                ],
                [
                    try entry(
                        "root", 1, .qualityCertificate, "C-1", try certificate.bytes(version: 1), minutes: -60)
                ],
            ]
        }
    }

    private func sheet(_ ledgers: [[Entry]], twice: Bool = false, dropping: Bool = false) async throws
        -> RecognitionSheet
    {
        let folder = "/tmp/yilian-statistics-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
        defer { try? SystemDisk().remove(folder) }
        let store = try SQLiteStore(path: folder + "/s.sqlite", world: .system, onBroken: { _ in })
        try await store.migrate(Self.projections.flatMap(\.migrations))
        let configuration = RuleRegion.configuration
        let context = FoldContext(
            node: try NodeID("shi"), tree: ManagementTree(configuration, at: Self.day), suite: .ed25519)
        let entries = ledgers.flatMap { $0 }
        @Sendable func fold(_ sql: any SQLTransaction) throws {
            for entry in entries {
                for projection in Self.projections where projection.kinds.contains(entry.kind) {
                    try projection.fold(entry, in: sql, context: context)
                }
            }
        }
        _ = try await store.write { sql in
            try fold(sql)
            if twice { try fold(sql) }
            if dropping {
                for table in Self.projections.flatMap(\.tables) { try sql.emptyTable(table) }
                try fold(sql)
            }
        }
        let period = try ReportingPeriod("2026-03")
        let statistics = try await store.read { sql in
            try RecognitionTally.statistics(
                from: period.start, to: period.end, rules: RuleRegion.rules, configuration, in: sql)
        }
        try await store.close()
        return RecognitionSheet(
            period: period, node: try NodeID("shi"), configuration: configuration, statistics: statistics)
    }

    @Test func `the same in every order of the ledgers, folded twice, and after the tables were dropped`() async throws
    {
        let ledgers = try ledgers
        let expected = try await sheet(ledgers)
        #expect(!expected.rows.isEmpty)
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            #expect(try await sheet(order.map { ledgers[$0] }) == expected, "\(order)")
        }
        #expect(try await sheet(ledgers, twice: true) == expected)
        #expect(try await sheet(ledgers, dropping: true) == expected)
    }

    @Test func `every figure is what the entries say`() async throws {
        let sheet = try await sheet(try ledgers)
        let lake = try #require(sheet.rows.first { $0.unit.rawValue == "lake-hospital" }?.statistics)
        #expect(lake.orders == 3 && lake.orderedItems == 3)
        #expect(lake.recognised == 1 && lake.savedFen == 500 && lake.priceVersions == ["示例-2026"])
        #expect(lake.byClass[.laboratory]?.recognised == 1)
        #expect(lake.repeatedByReason == ["99": 1])
        #expect(lake.orderRate == RecognitionFigure(1, of: 1), "99 does not count")
        #expect(lake.nationalRate == RecognitionFigure(1, of: 2), "one of two existing results")
        #expect(lake.retrievals == 1 && lake.retrievedByOthers == 0)
        #expect(lake.matchCoverage == RecognitionFigure(3, of: 3))
        #expect(lake.expiredShare == RecognitionFigure(3, of: 6))
        #expect(lake.repeatRate == RecognitionFigure(1, of: 3), "the potassium was done again")
        let hill = try #require(sheet.rows.first { $0.unit.rawValue == "hill-centre" }?.statistics)
        #expect(hill.retrievedByOthers == 1 && hill.otherCertificates == 1 && hill.nationalCertificates == 0)
        #expect(hill.markCoverage == RecognitionFigure(1, of: 2))
        #expect(sheet.groups.map(\.statistics.recognised) == [0, 0, 0, 1, 0, 0])
        #expect(sheet.total.recognised == 1)
    }
}
