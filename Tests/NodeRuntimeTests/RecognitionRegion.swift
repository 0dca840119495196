import Effects
import Recognition
import RecognitionTestKit
import Regions
import ServiceKit
import YilianTestKit

/// The small region with a catalogue, grades and a policy: 巨城 issues, 盂县 orders.
enum RecognitionRegion {
    static func run(_ options: TestOptions = TestOptions(), _ body: @Sendable (TestRegion) async throws -> Void)
        async throws
    {
        try await TestRegion.run(.small, options) { region in
            try await region.publishConfiguration { configuration in
                configuration.recognition = try rules()
                for index in configuration.organizationUnits.indices {
                    configuration.organizationUnits[index].grade = .secondaryA
                }
            }
            try await region.waitUntilConfigured()
            try await body(region)
        }
    }

    /// A region in which 盂县 has found a result of 巨城 for an order.
    struct Reading: Sendable {
        let region: TestRegion
        let issuer: TestNode
        let doctor: TestNode
        let match: RecognitionMatch

        /// Opens it, as the card's link does, and waits until every correction would come after.
        func open() async throws {
            guard let candidate = match.items.first?.candidates.first else {
                throw Failure("test.noCandidate", "the match has no candidate")
            }
            try await doctor.open(candidate, of: match)
            try await region.waitUntilAcknowledged()
            try await region.wait(for: "the reader to have been granted the result") {
                try await doctor.reportCounts().versions == 1
            }
        }

        func publish(value: String = "5.60", status: TestReport.Status) async throws {
            try await issuer.publish(report("J-1", of: People.wang, value: value, status: status))
        }
    }

    static func read(
        number: String? = nil, _ options: TestOptions = TestOptions(),
        _ body: @escaping @Sendable (Reading) async throws -> Void
    ) async throws {
        try await run(options) { region in
            let (issuer, doctor) = (try region.node("jucheng"), try region.node("yuxian"))
            try await issuer.publish(report("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            try await body(
                Reading(
                    region: region, issuer: issuer, doctor: doctor,
                    match: try await doctor.match(People.wang, number: number)))
        }
    }

    static func rules() throws -> RecognitionRules {
        func item(_ code: String, _ name: String, days: Int, loinc: String? = nil) -> CatalogueItem {
            CatalogueItem(
                code: code, name: name, englishName: code, examinationClass: .laboratory, specimen: "serum",
                unit: "mmol/L", windowDays: days, price: PriceReference(fen: 650, version: "示例-2026"), loinc: loinc,
                from: .epoch)
        }
        return RecognitionRules(
            edition: "test",
            items: [
                item("GLU", "葡萄糖", days: 30), item("K", "钾", days: 7), item("NA", "钠", days: 7, loinc: "2951-2"),
                item("CL", "氯", days: 7),
            ],
            localCodes: [LocalCode(code: "GLU", item: "GLU"), LocalCode(code: "K", item: "K")],
            units: [UnitOfMeasure(code: "mmol/L")], specimens: [SpecimenType(code: "serum", name: "血清")],
            scopes: [
                RecognitionScope(
                    id: "shanxi", label: "山西省HR", englishLabel: "Shanxi HR", rank: 2,
                    divisions: [try DivisionCode("140000")])
            ], starScope: "shanxi",
            policy: [
                RecognitionPolicyRow(id: "P1", scopes: ["shanxi"], outcome: .recognised),
                RecognitionPolicyRow(id: "P2", outcome: .discretion),
            ],
            reasons: [
                RepeatReason(code: "01", name: "病情变化", englishName: "condition changed"),
                RepeatReason(code: "08", name: "其他", englishName: "other", needsText: true),
                RepeatReason(code: "99", name: "连续监测", englishName: "continuous monitoring", isCounted: false),
            ])
    }

    /// Today, as messages write it.
    private static var today: String {
        String(SystemTime().wallTime.chinaText.prefix(10).filter(\.isNumber))
    }

    /// A laboratory report of today, marked or not.
    static func report(
        _ number: String, of patient: TestPatient, isMarked: Bool = true, value: String = "5.60",
        status: TestReport.Status = .final, isDated: Bool = true
    ) -> TestReport {
        TestReport(
            number, of: patient, status: status,
            observations: [TestObservation("GLU", (isMarked ? "★" : "") + "葡萄糖", value, unit: "mmol/L")],
            issuedTime: isDated ? today : nil, specimen: "serum")
    }

    static func certificate(_ number: String = "C-1", to: String = "2099-01-01") throws -> QualityCertificate {
        QualityCertificate(
            number: number, unit: try OrgUnitID("jucheng"), item: "GLU", scope: "shanxi", from: .epoch,
            to: try WallTime(text: to), programme: "室间质评")
    }
}

extension TestNode {
    var recognition: RecognitionService {
        get throws { try node.service(RecognitionService.self) }
    }

    func match(
        _ patient: TestPatient, _ codes: [String] = ["GLU"], number: String? = nil,
        purpose: AccessStatement.Purpose = .treatment
    ) async throws -> RecognitionMatch {
        try await recognition.match(
            MatchOrder(number: number, unit: try OrgUnitID(id), codes: codes.map { .init(code: $0) }),
            Asking(
                practitioner: "张医生", organizationUnit: id, purpose: purpose,
                breakGlassReason: purpose == .emergency ? "昏迷" : nil),
            about: [
                PatientIdentifier(
                    type: patient.identifierType, authority: patient.authority, value: patient.identifier)
            ])
    }

    /// Opens what a match offered, as the card's link does.
    func open(_ candidate: RecognitionCandidate, of match: RecognitionMatch) async throws {
        _ = try await recognition.open(candidate.summary.entry, statement: match.statement)
    }

    func decide(
        _ match: RecognitionMatch, reason: String? = nil, text: String? = nil
    ) async throws -> DecisionReceipt {
        guard let found = match.items.first, let candidate = found.candidates.first else {
            throw Failure("test.noCandidate", "the match has no candidate")
        }
        return try await recognition.decide(
            DecisionRequest(
                match: match.id, item: found.ordered.item.code, entry: candidate.summary.entry, reason: reason,
                text: text, practitioner: "张医生"))
    }
}
