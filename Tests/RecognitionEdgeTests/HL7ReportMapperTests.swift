import EdgeKit
import Effects
import HL7
import Recognition
import Testing

@testable import RecognitionEdge

@Suite("HL7 messages as reports")
struct HL7ReportMapperTests {
    static let header = "MSH|^~\\&|LIS|县医院|YL|N1|20261120083000||ORU^R01^ORU_R01|M1|P|2.5.1"
    static let patient =
        "PID|1||11010519491231002x^^^^NI~00123^^^县医院&2.16.156.1&ISO^MR||张^三||19491231|男|||||||||||0099"
    static let order = "OBR|1|P1^HIS|F1^LIS|CBC^血常规^99LAB|||20261120080000|||||||||李^医生||||||20261120083000||LAB|F"
    static let glucose = "OBX|1|NM|GLU^葡萄糖^99LAB||0.50|mmol/L^^UCUM|3.9-6.1|L~A|||F|||20261120080000|||酶法"

    static func text(_ lines: String...) -> String { lines.joined(separator: "\r") }

    static func only(_ lines: String...) throws -> ReportContent {
        let mapping = try Mapping.hl7(lines.joined(separator: "\r"))
        #expect(mapping.problems.isEmpty)
        return try #require(mapping.submissions.first).content
    }

    @Test func aChineseReportIsReadWhole() throws {
        let report = try Self.only(
            Self.header, Self.patient, Self.order, "NTE|1||标本轻度溶血", Self.glucose, "NTE|1||已复查",
            "SPM|1|||SER^血清^HL70487")
        #expect(
            report.patient.identifiers == [
                PatientIdentifier(type: "citizenID", authority: "CN", value: "11010519491231002X"),
                PatientIdentifier(type: "MR", authority: "2.16.156.1", value: "00123"),
                PatientIdentifier(type: "SS", authority: "", value: "0099"),
            ])
        #expect(report.patient.name == "张三")
        #expect(report.patient.sex == "M")
        #expect(report.fillerOrderNumber == "F1")
        #expect(report.placerOrderNumber == "P1")
        #expect(report.service.display == "血常规")
        #expect(report.status == .final)
        #expect(report.category == .laboratory)
        #expect(report.observedTime == "20261120080000")
        #expect(report.issuedTime == "20261120083000")
        #expect(report.specimens.map(\.display) == ["血清"])
        #expect(report.notes == ["标本轻度溶血"])
        let observation = try #require(report.observations.first)
        #expect(observation.value == "0.50")
        #expect(observation.unit?.code == "mmol/L")
        #expect(observation.referenceRange == "3.9-6.1")
        #expect(observation.flags == ["L", "A"])
        #expect(observation.method == "酶法")
        #expect(observation.notes == ["已复查"])
        try RoundTrip.check(report)
    }

    @Test(arguments: [
        ("NM", "0.50", "0.50"), ("NM", "<0.01", "<0.01"), ("SN", ">^11.0", ">11.0"), ("SN", "^1^:^128", "1:128"),
        ("SN", "^3^-^5", "3-5"), ("SN", "=^23", "=23"), ("ST", "阴性", "阴性"), ("TX", "a^b & c", "a^b & c"),
        ("FT", "第一行\\.br\\第二行", "第一行\n第二行"), ("TX", "one~two", "one\ntwo"),
        ("CWE", "260373001^Detected^SCT", "Detected"),
        ("CE", "阳性", "阳性"), ("CE", "^^^L1^local^L", "local"), ("DT", "20240411", "20240411"), ("NM", "", ""),
        ("NM", "\"\"", ""), ("NM", "1~2", "1~2"), ("", "7", "7"), ("TX", "  kept  ", "  kept  "),
        ("ST", "x\\T\\y", "x&y"),
    ])
    func valuesKeepTheirLexicalForm(type: String, raw: String, value: String) throws {
        let report = try Self.only(Self.header, Self.patient, Self.order, "OBX|1|\(type)|X^x^L||\(raw)||||||F")
        #expect(report.observations.map(\.value) == [value])
        try RoundTrip.check(report)
    }

    @Test(arguments: [
        ("10^9/L", "10^9/L"), ("10\\S\\9/L", "10^9/L"), ("×10^12/L", "×10^12/L"), ("mmol/L^millimole^UCUM", "mmol/L"),
        ("g/L", "g/L"), ("%", "%"),
    ])
    func unitsAreReadAsTheyAreMeant(raw: String, unit: String) throws {
        let report = try Self.only(Self.header, Self.patient, Self.order, "OBX|1|NM|X^x^L||1|\(raw)|||||F")
        #expect(report.observations.first?.unit?.code == unit)
        try RoundTrip.check(report)
    }

    @Test(arguments: [
        ("F", ["F"], ReportStatus.final), ("P", ["F"], .preliminary), ("I", [], .preliminary),
        ("R", ["R"], .preliminary),
        ("S", ["F"], .preliminary), ("A", ["F"], .preliminary), ("F", ["F", "P"], .preliminary),
        ("C", ["F"], .corrected), ("F", ["C", "F"], .corrected), ("X", ["F"], .void), ("D", [], .void),
        ("W", ["F"], .void), ("C", ["W", "W"], .corrected), ("F", ["X", "D", "W"], .corrected),
        ("F", ["X", "F"], .final),
        ("", ["F", "F"], .final), ("", ["C", "F"], .corrected), ("", ["F", "P"], .preliminary), ("", ["W"], .corrected),
        ("F", ["D", "F"], .corrected), ("F", ["X"], .final), ("", ["X"], .final), ("F", ["O", "F"], .final),
        ("N", ["F"], .preliminary), ("", [""], .preliminary), ("?", ["F"], .preliminary), ("", [], .preliminary),
        ("F", [], .final), ("F", ["B"], .final), ("", ["B"], .final), ("F", ["V", "U", ""], .final),
        ("F", ["M"], .preliminary), ("F", ["F", "?"], .preliminary), ("C", ["P"], .preliminary),
    ])
    func statusesAreReadWithCare(report: String, results: [String], status: ReportStatus) throws {
        let order = "OBR|1||F1|X^x^L" + String(repeating: "|", count: 21) + report
        let lines = results.enumerated().map { "OBX|\($0.offset + 1)|NM|X^x^L||1||||||\($0.element)" }
        let mapping = try Mapping.hl7(([Self.header, Self.patient, order] + lines).joined(separator: "\r"))
        #expect(mapping.submissions.map(\.content.status) == [status])
    }

    @Test func answersToOrderQuestionsHaveNoWeight() throws {
        let question = "OBX|2|CWE|Q^asked^L||Y^Yes^HL70136||||||P" + String(repeating: "|", count: 18) + "QST"
        let report = try Self.only(
            Self.header, Self.patient, Self.order, "OBX|1|NM|X^x^L||1||||||F", question)
        #expect(report.status == .final)
        #expect(report.observations.count == 2)
    }

    @Test func oneNumberOnSeveralOrdersIsToldApartByServiceAndThenByPosition() throws {
        let other = "OBR|2|P1|F1|ESR^血沉^99LAB" + String(repeating: "|", count: 21) + "F"
        let mapping = try Mapping.hl7(Self.text(Self.header, Self.patient, Self.order, Self.glucose, other, other))
        #expect(mapping.submissions.map(\.content.position) == [1, 1, 2])
    }

    @Test func nothingStandsInForAMissingNumber() throws {
        let order = "OBR|1|||CBC^血常规^99LAB" + String(repeating: "|", count: 21) + "F"
        let mapping = try Mapping.hl7(Self.text(Self.header, Self.patient, order, order))
        #expect(mapping.submissions.map(\.content.placerOrderNumber) == [nil, nil])
        #expect(mapping.submissions.map(\.content.position) == [1, 2])
        #expect(mapping.warnings.map(\.place) == ["OBR-3.1"])
        #expect(mapping.warnings.first?.text.hasSuffix("(2 times)") == true)
    }

    @Test func numbersOfTheCommonOrderStandIn() throws {
        let report = try Self.only(Self.header, Self.patient, "ORC|RE|P7|F7", "OBR|1|||CBC^血常规^99LAB", Self.glucose)
        #expect(report.fillerOrderNumber == "F7")
        #expect(report.placerOrderNumber == "P7")
    }

    @Test func everyPatientOfAMessageHasHisOwnReports() throws {
        let mapping = try Mapping.hl7(
            Self.text(
                Self.header, "PID|1||A", Self.order, Self.glucose, "PID|2||B", "OBX|9|NM|LOST^x^L||1||||||F",
                "OBR|1||F1|X^x^L", Self.glucose))
        #expect(mapping.submissions.map { $0.content.patient.identifiers.map(\.value) } == [["A"], ["B"]])
        #expect(mapping.submissions.map(\.content.observations.count) == [1, 1])
        #expect(mapping.submissions.map(\.content.position) == [1, 1])
        #expect(mapping.warnings.contains { $0.segment == "OBX" })
    }

    @Test func legacyPatientFieldsCount() throws {
        let report = try Self.only(Self.header, "PID|1|E1||ALT9|李四", Self.order)
        #expect(report.patient.identifiers.map(\.value) == ["E1", "ALT9"])
        #expect(report.patient.name == "李四")
    }

    @Test func aCitizenNumberThatDoesNotHoldIsAnOrdinaryNumber() throws {
        let report = try Self.only(Self.header, "PID|1||110105194912310021^^^^NI", Self.order)
        #expect(
            report.patient.identifiers == [
                PatientIdentifier(type: "NI", authority: "", value: "110105194912310021")
            ])
    }

    @Test func anEmbeddedDocumentIsKept() throws {
        let report = try Self.only(
            Self.header, Self.patient, Self.order,
            "OBX|1|ED|PDF^检验报告单^L||LIS^application^pdf^Base64^JVBERi0x\\.br\\LjQK||||||F", Self.glucose)
        #expect(
            report.attachments == [
                ReportAttachment(
                    contentType: "application/pdf", title: "检验报告单", bytes: Array("%PDF-1.4\n".utf8),
                    code: Coding(codes: [Coding.Code(code: "PDF", display: "检验报告单", system: "L")]))
            ])
        #expect(report.observations.count == 1)
        try RoundTrip.check(report)
    }

    @Test func theConclusionIsKeptApart() throws {
        let report = try Self.only(
            Self.header, Self.patient, Self.order, "OBX|1|TX|FIND^影像所见^L||双肺纹理清晰||||||F",
            "OBX|2|TX|71020&IMP^Chest^L||未见异常||||||F", "OBX|3|TX|D^诊断意见^L||建议复查||||||F")
        #expect(report.conclusion == "未见异常\n建议复查")
        #expect(report.observations.map(\.value) == ["双肺纹理清晰"])
        try RoundTrip.check(report)
    }

    @Test(arguments: [("T", false), ("D", false), ("P", true), ("", true)])
    func onlyProductionIsProduction(mode: String, isProduction: Bool) throws {
        let header = Self.header.replacing("|P|", with: "|\(mode)|")
        let mapping = try Mapping.hl7(Self.text(header, Self.patient, Self.order))
        #expect(mapping.submissions.map(\.isProduction) == [isProduction])
    }

    @Test(arguments: [
        (["MSH|^~\\&|A|B|||1||ADT^A01|1|P|2.5", "PID|||1"], HL7Outcome.rejected, "MSH-9.1", 200),
        (["MSH|^~\\&|A|B|||1||ORU^R30|1|P|2.5", "PID|||1"], .rejected, "MSH-9.2", 201),
        (["MSH|^~\\&|A|B|||1||ORU^R01|1|Q|2.5", "PID|||1"], .rejected, "MSH-11.1", 202),
        (["MSH|^~\\&|A|B|||1||ORU^R01|1|P|3.0", "PID|||1"], .rejected, "MSH-12", 203),
        ([header, order], .error, "OBR", 100), ([header, "PID|1||^^^H^MR", order], .error, "PID-3.1", 101),
        ([header, patient], .error, "OBR", 100), ([header, patient, order, "DSC|next"], .error, "DSC-1", 100),
    ])
    func refusalsNameSegmentFieldAndCode(lines: [String], outcome: HL7Outcome, place: String, code: Int) throws {
        let mapping = try Mapping.hl7(lines.joined(separator: "\r"))
        #expect(mapping.outcome == outcome)
        #expect(mapping.submissions.isEmpty)
        #expect(mapping.problems.contains { $0.place == place && $0.code.rawValue == code })
    }

    @Test(arguments: [
        ("^^pdf^Base64^%%%", "OBX[2]-5.5"), ("^^pdf^Zip^abcd", "OBX[2]-5.4"), ("^^pdf^Hex^0", "OBX[2]-5.5"),
    ])
    func aDocumentThatCannotBeReadStaysText(raw: String, place: String) throws {
        let mapping = try Mapping.hl7(
            Self.text(Self.header, Self.patient, Self.order, Self.glucose, "OBX|2|ED|P^x||\(raw)||||||F"))
        #expect(mapping.outcome == .accepted)
        #expect(mapping.warnings.map(\.place) == [place])
        #expect(mapping.submissions.first?.content.observations.map(\.value) == ["0.50", raw])
    }

    @Test func documentsBeyondTheLimitAreRefused() throws {
        let data = String(repeating: "AAAA", count: Limits.attachmentBytes / 3 + 1)
        let mapping = try Mapping.hl7(
            Self.text(Self.header, Self.patient, Self.order, "OBX|1|ED|P||^^pdf^Base64^" + data))
        #expect(mapping.problems.map(\.place) == ["OBX-5.5"])
    }

    @Test(arguments: [
        "MSH|^~\\&|A|B|||1||ORU|1|P|2.5", "MSH|^~\\&|A|B|||1||ORU_R01|1||2.8", "MSH|^~\\&|A|B|||||ORU^R01^ORU_R01|1|P|",
        "MSH|^~\\&|A|B|||odd||ORU^R01|1|P|2.3",
    ])
    func whatIdentityDoesNotNeedMayBeMissingOrOdd(header: String) throws {
        let mapping = try Mapping.hl7(
            Self.text(header, "PID|||1", "OBR|||F1||||220241021055726", "OBX||||||||||||", "NTE", "OBX"))
        #expect(mapping.outcome == .accepted)
        #expect(mapping.submissions.first?.content.observations.count == 2)
        try RoundTrip.check(try #require(mapping.submissions.first).content)
    }

    @Test func noProblemTellsAnythingAboutThePatient() throws {
        let mapping = try Mapping.hl7(
            Self.text(Self.header, Self.patient, "OBR|1|||X", "OBX|1|ED|P||^^pdf^Zip^SECRET", "DSC|SECRET"))
        for problem in mapping.problems + mapping.warnings {
            for word in ["SECRET", "张", "11010519491231002", "00123"] { #expect(!problem.text.contains(word)) }
        }
    }

    @Test func aMessageCutAnywhereIsTakenOrRefusedButNeverTraps() throws {
        let bytes = Array(Self.text(Self.header, Self.patient, Self.order, Self.glucose).utf8)
        for length in 0...bytes.count {
            guard let message = try? HL7Message.parse(Array(bytes.prefix(length)), defaultEncoding: .utf8) else {
                continue
            }
            let mapping = Mapping.hl7Mapper.map(message)
            #expect(mapping.problems.isEmpty != mapping.submissions.isEmpty)
        }
    }
}
