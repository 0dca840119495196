import Effects
import Ledgers
import Regions

@testable import Recognition

/// One result, one order, one moment: what a rule looks at.
///
/// The usual scene is recognised by P01.
struct Scene {
    var item = "GLU"
    var line = ReportLine(item: "GLU", marks: ["national"])
    var status = ReportStatus.final
    var isVoid = false
    var isProduction = true
    var issuer = "city-hospital"
    var issued: String? = "20260310083000+0800"
    var authorTime = RuleRegion.time("2026-03-10T09:00:00+08:00")
    var receiver = "lake-hospital"
    var now = RuleRegion.time("2026-03-20T10:00:00+08:00")
    var certificates = [
        Scene.certificate("C-1", "city-hospital", "GLU", "national", "2026-01-01", "2027-01-01")
    ]
    /// Versions of the same result besides the first.
    var laterVersions: [(version: Int, status: ReportStatus)] = []
    /// The same result once more, as another county answers it.
    var isAnsweredTwice = false

    static func certificate(
        _ number: String, _ unit: String, _ item: String?, _ scope: String, _ from: String, _ to: String,
        classes: [ExaminationClass] = []
    ) -> QualityCertificate {
        QualityCertificate(
            number: number, unit: RuleRegion.unit(unit).id, item: item, classes: classes, scope: scope,
            from: RuleRegion.time(from), to: RuleRegion.time(to), programme: "室间质评")
    }

    func match() throws -> ItemMatch {
        let configuration = RuleRegion.configuration
        let matcher = RecognitionMatcher(
            rules: RuleRegion.rules, configuration: configuration,
            tree: ManagementTree(configuration, at: now), certificates: certificates,
            receiver: RuleRegion.unit(receiver), now: now)
        guard let ordered = RuleRegion.rules.item(item, at: now) else {
            throw Failure("test.noItem", "the catalogue has no item \(item) now")
        }
        var summaries = [try summary(1, status)]
        for later in laterVersions { summaries.append(try summary(later.version, later.status)) }
        if isAnsweredTwice { summaries += summaries }
        return matcher.match(OrderedItem(code: item, item: ordered), among: summaries)
    }

    private func summary(_ version: Int, _ status: ReportStatus) throws -> ReportSummary {
        let fields = ReportFields(
            ReportSubmission(
                content: ReportContent(
                    institution: issuer, patient: PatientDemographics(identifiers: []),
                    service: Coding(codes: [.init(code: item)]), status: status, category: .laboratory,
                    issuedTime: issued), format: .hl7v2, messageID: "1", isProduction: isProduction),
            reportKey: "00112233445566778899aabbccddeeff00112233", patientKeys: [], version: version, lines: [line])
        return ReportSummary(
            entry: try EntryID("hill/0/bulk/\(version)/0"), fields: fields, isVoid: isVoid || status == .void,
            authorTime: authorTime, receivedTime: authorTime, isPayloadHere: false, versionCount: version)
    }
}
