import Effects
import HL7
import MessageCorpus
import Recognition
import ServiceKit
import Testing

@testable import RecognitionEdge

/// The inputs of `Tests/MessageCorpus/Cases` as the mapper reads them, each with its right value.
@Suite("HL7 v2: inputs that once went wrong")
struct HL7EdgeCaseTests {
    static func mapping(_ name: String) throws -> HL7ReportMapping { try Mapping.hl7(try EdgeCases.bytes(name)) }

    static func reports(_ name: String) throws -> [ReportContent] {
        let mapping = try mapping(name)
        #expect(mapping.problems.isEmpty, "\(name): \(mapping.problems)")
        return mapping.submissions.map(\.content)
    }

    static func report(_ name: String) throws -> ReportContent { try #require(try reports(name).first) }

    @Test func lineEndsInsideTextsAreKept() throws {
        let report = try Self.report("101-lf-in-text.hl7")
        #expect(report.observations.map(\.value) == ["尿培养 48 小时:\nNEG\n建议复查 中段尿", "HIV\n抗体: 阴性"])
        #expect(report.observations.map(\.status) == ["F", "F"])
        #expect(report.observations.first?.observedTime == "20261128090000")
        #expect(report.observations.last?.notes == ["标本合格\nRBC\n少量"])
        try RoundTrip.check(report)
    }

    @Test func everyUnitIsKeptAsAReaderSeesIt() throws {
        let report = try Self.report("112-units-caret.hl7")
        #expect(
            report.observations.map { $0.unit?.code } == [
                "mL/min/1.73m^2", "kg/m^2", "个/mm^3", "10^3/mm^3", "x10^12/L", "10^9/L", "10^9/L", "10E9/L",
                "log10^copies/mL", "CFU/mL", "×10^9/L", "mL/(min·1.73 m^2)", "10*9/L", "10^-3", "IU/10^6 cells",
                "dyn·s·cm^-5", "10 ^9/L", "1*10^9/L",
            ])
        #expect(report.observations[6].unit?.codes.map(\.system) == ["99U"])
        #expect(report.observations[6].unit?.display == "10^9/L")
        #expect(report.observations[12].unit?.display == "10^9/L")
        try RoundTrip.check(report)
    }

    @Test func antibiogramsKeepTheirOrganism() throws {
        let reports = try Self.reports("115-micro-parent.hl7")
        #expect(reports.map(\.parent?.value) == [nil, "大肠埃希菌", "金黄色葡萄球菌"])
        #expect(reports.map(\.parent?.subID) == [nil, "1", "2"])
        #expect(reports.map(\.parent?.code?.code) == [nil, "600-7", "600-7"])
        #expect(reports.map(\.parent?.fillerOrderNumber) == [nil, "F115", "F115"])
        #expect(reports[0].observations.map(\.subID) == ["1", "2"])
        #expect(reports[1].observations.map(\.value) == [">=32", "<=0.25"])
        #expect(reports[2].observations.map(\.value) == ["<=0.25", ">=8"])
    }

    @Test func reportsOfOneNumberAreToldApartByTheirService() throws {
        let first = try Self.report("116-one-accession-two-panels-1.hl7")
        let second = try Self.report("116-one-accession-two-panels-2.hl7")
        #expect([first.fillerOrderNumber, second.fillerOrderNumber] == ["BAR116", "BAR116"])
        #expect([first.service.code, second.service.code] == ["CBC", "CRP"])
        #expect([first.position, second.position] == [1, 1])
    }

    @Test(arguments: [
        ("117-late-p-after-f-1.hl7", ReportStatus.final), ("117-late-p-after-f-2.hl7", .preliminary),
        ("118-x-then-f-1.hl7", .void), ("118-x-then-f-2.hl7", .final), ("163-status-only-2.hl7", .final),
        ("164-delete-one-only-2.hl7", .corrected), ("165-correct-one-only-2.hl7", .corrected),
        ("155-deleted-conclusion.hl7", .corrected),
    ])
    func statusesAreThoseOfTheReport(name: String, status: ReportStatus) throws {
        let submissions = try Self.mapping(name).submissions
        #expect(submissions.map(\.content.status) == [status])
        #expect(submissions.map(\.completeness) == [.lines])
    }

    @Test(arguments: [
        ("123a-time.hl7", "2026-11-28 08:15:00"), ("123c-time.hl7", "2026/11/28 08:15"),
        ("C20-old-date.hl7", "2024-01-05 08:15:00"),
    ])
    func commonFormsOfTimesAreReadAndKept(name: String, text: String) throws {
        let mapping = try Self.mapping(name)
        let report = try #require(mapping.submissions.first).content
        #expect(report.observedTime == text)
        #expect(ReportTime.moment(text) != nil)
        #expect(mapping.warnings.isEmpty)
        try RoundTrip.check(report)
    }

    @Test func aDocumentInPiecesIsOneDocument() throws {
        let report = try Self.report("127-ed-chunks.hl7")
        #expect(report.attachments.count == 1)
        let bytes = try #require(report.attachments.first).bytes
        #expect(bytes.starts(with: "%PDF-1.4".utf8))
        #expect(bytes.suffix(5).elementsEqual("%%EOF".utf8))
        #expect(report.attachments.first?.contentType == "application/pdf")
        #expect(report.observations.isEmpty)
    }

    @Test func withoutANumberNothingStandsInForIt() throws {
        for name in ["140-same-ctrl-no-order-1.hl7", "140-same-ctrl-no-order-2.hl7"] {
            let mapping = try Self.mapping(name)
            let report = try #require(mapping.submissions.first).content
            #expect(report.fillerOrderNumber == nil)
            #expect(report.placerOrderNumber == nil)
            #expect(mapping.warnings.map(\.place) == ["OBR-3.1"])
        }
    }

    @Test func aNumberWithoutItsIssuerIsKeptAsSuch() throws {
        let report = try Self.report("141-bare-mrn.hl7")
        #expect(report.patient.identifiers == [PatientIdentifier(type: "PI", authority: "", value: "880141")])
        #expect(report.patient.identifiers.allSatisfy { !$0.namesItsIssuer })
    }

    @Test func aLineThatNoOrderPrecedesIsTold() throws {
        let mapping = try Self.mapping("149-obx-before-obr.hl7")
        #expect(mapping.submissions.map(\.content.observations.count) == [1])
        #expect(mapping.warnings.map(\.place) == ["OBX"])
        #expect(mapping.warnings.map(\.severity) == [.warning])
    }

    @Test func aConclusionThatWasTakenBackIsNone() throws {
        let report = try Self.report("155-deleted-conclusion.hl7")
        #expect(report.conclusion == nil)
        #expect(report.conclusions.map(\.status) == ["W"])
        #expect(report.observations.map(\.value) == ["两肺纹理清晰"])
    }

    @Test func aContinuedLineIsJoined() throws {
        let report = try Self.report("158-continuation.hl7")
        #expect(report.observations.map(\.value) == ["前半后半"])
        #expect(report.observations.map(\.status) == ["F"])
        #expect(report.status == .final)
    }

    @Test func updatesHandOverTheirLinesWithTheirLetters() throws {
        #expect(try Self.report("163-status-only-2.hl7").observations.isEmpty)
        let deleted = try Self.report("164-delete-one-only-2.hl7")
        #expect(deleted.observations.map(\.status) == ["D"])
        #expect(deleted.observations.map(\.code.code) == ["718-7"])
        let corrected = try Self.report("165-correct-one-only-2.hl7")
        #expect(corrected.observations.map(\.value) == ["128"])
        #expect(corrected.observations.map(\.status) == ["C"])
    }

    @Test func everyInputIsReadOrRefusedWithAReason() throws {
        for name in try EdgeCases.names(ending: ".hl7") {
            do {
                for message in HL7Batch.messages(in: try EdgeCases.bytes(name)) {
                    let mapping = try Mapping.hl7(message)
                    #expect(mapping.problems.isEmpty != mapping.submissions.isEmpty, "\(name)")
                }
            } catch let failure as Failure {
                #expect(!failure.message.isEmpty, "\(name)")
            }
        }
    }
}
