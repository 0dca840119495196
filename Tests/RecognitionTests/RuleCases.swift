import Effects
import Regions

@testable import Recognition

/// The rules and their edges, a line each.
enum RuleCases {
    static let all: [RuleCase] = usual + states + windows + units + marks + policies

    private static let usual: [RuleCase] = [
        RuleCase("a marked result with a certificate is recognised", .recognised, policy: "P01") { _ in },
        RuleCase("a corrected report is recognised like a final one", .recognised) { $0.status = .corrected },
        RuleCase("the institution's own result", .recognised, policy: "own") {
            $0.issuer = "lake-hospital"
            $0.line.marks = []
        },
    ]

    private static let states: [RuleCase] = [
        RuleCase("a preliminary report never", .not, failed: [.status]) { $0.status = .preliminary },
        RuleCase("a preliminary line of a final report never", .not, failed: [.status]) {
            $0.line.isPreliminary = true
        },
        RuleCase("a voided report never", .not, failed: [.void]) { $0.isVoid = true },
        RuleCase("a void in a later version", .not, failed: [.void]) { $0.laterVersions = [(2, .void)] },
        RuleCase("training data never", .not, failed: [.production]) { $0.isProduction = false },
        RuleCase("preliminary and void: both are said", .not, failed: [.status, .void]) {
            $0.status = .preliminary
            $0.isVoid = true
        },
        RuleCase("own preliminary result is not recognised either", .not, failed: [.status], policy: "own") {
            $0.issuer = "lake-hospital"
            $0.status = .preliminary
        },
        RuleCase("a void inside the group is not recognised", .not, failed: [.void], policy: "group:lake") {
            $0.issuer = "shore-centre"
            $0.isVoid = true
        },
    ]

    private static let windows: [RuleCase] = [
        RuleCase("the moment of the report", .recognised) { $0.now = RuleRegion.time("2026-03-10T08:30:00+08:00") },
        RuleCase("the last minute of the last day", .recognised) {
            $0.now = RuleRegion.time("2026-04-09T23:59:59+08:00")
        },
        RuleCase("the first second after the last day", .not, failed: [.window]) {
            $0.now = RuleRegion.time("2026-04-10T00:00:00+08:00")
        },
        RuleCase("the last day of a week's window", .recognised) {
            $0.item = "K"
            $0.line.item = "K"
            $0.certificates = [Scene.certificate("C-2", "city-hospital", "K", "national", "2026-01-01", "2027-01-01")]
            $0.now = RuleRegion.time("2026-03-17T23:00:00+08:00")
        },
        RuleCase("the eighth day of a week's window", .not, failed: [.window]) {
            $0.item = "K"
            $0.line.item = "K"
            $0.certificates = [Scene.certificate("C-2", "city-hospital", "K", "national", "2026-01-01", "2027-01-01")]
            $0.now = RuleRegion.time("2026-03-18T00:00:00+08:00")
        },
        RuleCase("the window counts days in China, not in UTC", .recognised) {
            // 23:30 UTC on the 9th is the 10th in China.
            $0.issued = "20260309233000+0000"
            $0.now = RuleRegion.time("2026-04-09T12:00:00+08:00")
        },
        RuleCase("FHIR's form of the report time", .recognised) { $0.issued = "2026-03-10T08:30:00+08:00" },
        RuleCase("a report time without a zone is China's", .recognised) { $0.issued = "202603100830" },
        RuleCase("a date alone", .recognised) { $0.issued = "20260310" },
        RuleCase("no report time: nothing else dates a report", .not, failed: [.clock]) {
            $0.issued = nil
        },
        RuleCase("an unreadable report time", .not, failed: [.clock]) { $0.issued = "gestern" },
        RuleCase("a month is no report time", .not, failed: [.clock]) { $0.issued = "202603" },
        RuleCase("no report time, whatever the author's clock says", .not, failed: [.clock]) {
            $0.issued = nil
            $0.now = RuleRegion.time("2026-05-01")
        },
        RuleCase("a report from the future: a clock is wrong", .discretion, doubtful: [.clock]) {
            $0.issued = "20260320120000+0800"
        },
        RuleCase("two minutes ahead are no wrong clock", .recognised) { $0.issued = "20260320100100+0800" },
        RuleCase("the version in force now decides the window", .not, failed: [.window]) {
            $0.item = "ALB"
            $0.line = ReportLine(item: "ALB", marks: ["national"])
            $0.issued = "20260220083000+0800"
            $0.certificates = [Scene.certificate("C-3", "city-hospital", "ALB", "national", "2026-01-01", "2027-01-01")]
        },
        RuleCase("an item of an older version inside the newer window", .recognised) {
            $0.item = "ALB"
            $0.line = ReportLine(item: "ALB", marks: ["national"])
            $0.issued = "20260228083000+0800"
            $0.now = RuleRegion.time("2026-03-14T20:00:00+08:00")
            $0.certificates = [Scene.certificate("C-3", "city-hospital", "ALB", "national", "2026-01-01", "2027-01-01")]
        },
        RuleCase("a version of the item that this node lacks", .discretion, doubtful: [.item]) {
            $0.line.itemVersion = 9
        },
    ]

    private static let units: [RuleCase] = [
        RuleCase("the same unit, said again", .recognised) { $0.line.unit = .other("mmol/L") },
        RuleCase("a unit with a registered conversion", .recognised) { $0.line.unit = .other("mg/dL") },
        RuleCase("a conversion of another item does not help", .not, failed: [.unit]) {
            $0.item = "TC"
            $0.line = ReportLine(item: "TC", unit: .other("mg/dL"), marks: ["national"])
            $0.certificates = [Scene.certificate("C-4", "city-hospital", "TC", "national", "2026-01-01", "2027-01-01")]
        },
        RuleCase("another unit without a conversion", .not, failed: [.unit]) { $0.line.unit = .other("g/L") },
        RuleCase("a unit that nobody knows", .not, failed: [.unit]) { $0.line.unit = .other("Stück") },
        RuleCase("no unit", .not, failed: [.unit]) { $0.line.unit = .other("") },
        RuleCase("an image has no unit", .recognised) {
            $0.item = "DR-CHEST"
            $0.line = ReportLine(item: "DR-CHEST", marks: ["national"])
            $0.certificates = [
                Scene.certificate(
                    "C-5", "city-hospital", nil, "national", "2026-01-01", "2027-01-01", classes: [.radiography])
            ]
        },
        RuleCase("plasma is registered as comparable with serum", .recognised) { $0.line.specimen = .other("plasma") },
        RuleCase("urine is not serum", .not, failed: [.specimen]) { $0.line.specimen = .other("urine") },
        RuleCase("serum is not registered for whole blood", .not, failed: [.specimen]) {
            $0.item = "HBA1C"
            $0.line = ReportLine(item: "HBA1C", specimen: .other("serum"), marks: ["national"])
            $0.certificates = [
                Scene.certificate("C-6", "city-hospital", "HBA1C", "national", "2026-01-01", "2027-01-01")
            ]
        },
        RuleCase("no specimen: the doctor judges", .discretion, doubtful: [.specimen]) {
            $0.line.specimen = .other("")
        },
        RuleCase("the method group, in other letters", .recognised) {
            $0.item = "HBA1C"
            $0.line = ReportLine(item: "HBA1C", method: "hplc", marks: ["national"])
            $0.certificates = [
                Scene.certificate("C-6", "city-hospital", "HBA1C", "national", "2026-01-01", "2027-01-01")
            ]
        },
        RuleCase("another method: the doctor judges", .discretion, doubtful: [.method]) {
            $0.item = "HBA1C"
            $0.line = ReportLine(item: "HBA1C", method: "免疫比浊法", marks: ["national"])
            $0.certificates = [
                Scene.certificate("C-6", "city-hospital", "HBA1C", "national", "2026-01-01", "2027-01-01")
            ]
        },
        RuleCase("other unit and other specimen: both are said", .not, failed: [.unit, .specimen]) {
            $0.line.unit = .other("g/L")
            $0.line.specimen = .other("urine")
        },
    ]

    private static let marks: [RuleCase] = [
        RuleCase("a certificate that ended the day before the report", .discretion, doubtful: [.policy], policy: "P05")
        {
            $0.issuer = "city-second"
            $0.certificates = [Scene.certificate("C-7", "city-second", "GLU", "national", "2025-01-01", "2026-03-10")]
        },
        RuleCase("a certificate that begins on the day of the report", .recognised, policy: "P01") {
            $0.certificates = [Scene.certificate("C-8", "city-hospital", "GLU", "national", "2026-03-10", "2027-01-01")]
        },
        RuleCase("a certificate that began after the report", .not, failed: [.policy], policy: "none") {
            $0.certificates = [Scene.certificate("C-9", "city-hospital", "GLU", "national", "2026-03-11", "2027-01-01")]
        },
        RuleCase("a certificate that ended after the report still counts", .recognised, policy: "P01") {
            $0.certificates = [
                Scene.certificate("C-10", "city-hospital", "GLU", "national", "2026-01-01", "2026-03-11")
            ]
        },
        RuleCase("a mark without a certificate", .not, failed: [.policy], policy: "none") { $0.certificates = [] },
        RuleCase("the certificate of another item", .not, failed: [.policy], policy: "none") {
            $0.certificates = [Scene.certificate("C-11", "city-hospital", "K", "national", "2026-01-01", "2027-01-01")]
        },
        RuleCase("the certificate of another institution", .not, failed: [.policy], policy: "none") {
            $0.certificates = [
                Scene.certificate("C-12", "east-hospital", "GLU", "national", "2026-01-01", "2027-01-01")
            ]
        },
        RuleCase("the certificate of another scope", .not, failed: [.policy], policy: "none") {
            $0.certificates = [
                Scene.certificate("C-13", "city-hospital", "GLU", "province", "2026-01-01", "2027-01-01")
            ]
        },
        RuleCase("a certificate for all laboratory items", .recognised, policy: "P01") {
            $0.certificates = [
                Scene.certificate(
                    "C-14", "city-hospital", nil, "national", "2026-01-01", "2027-01-01", classes: [.laboratory])
            ]
        },
        RuleCase("a certificate for another class", .not, failed: [.policy], policy: "none") {
            $0.certificates = [
                Scene.certificate(
                    "C-15", "city-hospital", nil, "national", "2026-01-01", "2027-01-01", classes: [.radiography])
            ]
        },
        RuleCase("a mark whose scope does not hold the receiver", .discretion, doubtful: [.policy], policy: "P05") {
            $0.issuer = "east-hospital"
            $0.line.marks = ["east"]
            $0.certificates = [Scene.certificate("C-16", "east-hospital", "GLU", "east", "2026-01-01", "2027-01-01")]
        },
        RuleCase("a scope's extra institution counts as inside", .recognised, policy: "P02") {
            $0.issuer = "east-hospital"
            $0.receiver = "city-second"
            $0.line.marks = ["east"]
            $0.certificates = [Scene.certificate("C-16", "east-hospital", "GLU", "east", "2026-01-01", "2027-01-01")]
        },
        RuleCase("a mark of no scope of the region", .not, failed: [.policy], policy: "none") {
            $0.line.marks = ["武汉HR"]
        },
        RuleCase("one of two marks holds", .recognised, policy: "P01") { $0.line.marks = ["east", "national"] },
        RuleCase("a provincial mark", .recognised, policy: "P01") {
            $0.line.marks = ["province"]
            $0.certificates = [
                Scene.certificate("C-17", "city-hospital", "GLU", "province", "2026-01-01", "2027-01-01")
            ]
        },
    ]

    private static let policies: [RuleCase] = [
        RuleCase("inside one group without any mark", .recognised, policy: "group:lake") {
            $0.issuer = "shore-centre"
            $0.line.marks = []
        },
        RuleCase("between two townships of one group", .recognised, policy: "group:east") {
            $0.issuer = "hill-centre"
            $0.receiver = "dale-centre"
            $0.line.marks = []
        },
        RuleCase("inside one group with an urgent doubt", .discretion, doubtful: [.specimen], policy: "group:lake") {
            $0.issuer = "shore-centre"
            $0.line = ReportLine(item: "GLU", specimen: .other(""))
        },
        RuleCase("two city hospitals are no county group", .discretion, doubtful: [.policy], policy: "P05") {
            $0.issuer = "city-second"
            $0.receiver = "city-hospital"
            $0.line.marks = []
        },
        RuleCase("lower accepts higher without a mark", .recognised, policy: "P04") {
            $0.receiver = "shore-centre"
            $0.line.marks = []
        },
        RuleCase("higher does not accept a township's", .not, failed: [.policy], policy: "P03") {
            $0.issuer = "hill-centre"
            $0.receiver = "city-hospital"
            $0.line.marks = []
        },
        RuleCase("same level with a city mark", .recognised, policy: "P02") {
            $0.issuer = "east-hospital"
            $0.line.marks = ["city"]
            $0.certificates = [Scene.certificate("C-18", "east-hospital", "GLU", "city", "2026-01-01", "2027-01-01")]
        },
        RuleCase("same level without a mark: the doctor judges", .discretion, doubtful: [.policy], policy: "P05") {
            $0.issuer = "east-hospital"
            $0.line.marks = []
        },
        RuleCase("a township's result with a national mark", .recognised, policy: "P01") {
            $0.issuer = "hill-centre"
            $0.receiver = "city-hospital"
            $0.certificates = [Scene.certificate("C-19", "hill-centre", "GLU", "national", "2026-01-01", "2027-01-01")]
        },
        RuleCase("an institution outside the region without a mark", .not, failed: [.policy], policy: "none") {
            $0.issuer = "nowhere"
            $0.line.marks = []
        },
        RuleCase("an institution outside the region cannot vouch for its mark", .not, failed: [.policy], policy: "none")
        {
            $0.issuer = "nowhere"
        },
        RuleCase("a private hospital is judged by its grade", .discretion, doubtful: [.policy], policy: "P05") {
            $0.issuer = "lake-private"
            $0.receiver = "east-hospital"
            $0.line.marks = []
        },
    ]
}
