import EdgeKit
import Effects
import HL7
import Recognition
import Testing

@testable import RecognitionEdge

/// Siblings of the inputs that once went wrong: what single lines say, and what became of every field.
@Suite("HL7 v2: lines, pieces and what is not carried")
struct HL7LineTests {
    private static let header = HL7ReportMapperTests.header
    private static let patient = HL7ReportMapperTests.patient
    private static let order = HL7ReportMapperTests.order

    private static func mapping(_ lines: String...) throws -> HL7ReportMapping {
        try Mapping.hl7(([header, patient, order] + lines).joined(separator: "\r"))
    }

    private static func report(_ lines: String...) throws -> ReportContent {
        let mapping = try Mapping.hl7(([header, patient, order] + lines).joined(separator: "\r"))
        #expect(mapping.problems.isEmpty)
        return try #require(mapping.submissions.first).content
    }

    @Test func aRepeatedCodedValueIsSeveralValues() throws {
        let report = try Self.report(
            "OBX|1|CWE|600-7^菌^LN|1|112283007^大肠埃希菌^SCT~3092008^金黄色葡萄球菌^SCT||||||F", "NTE|1||复核")
        #expect(report.observations.map(\.value) == ["大肠埃希菌", "金黄色葡萄球菌"])
        #expect(report.observations.map { $0.valueCoding?.code } == ["112283007", "3092008"])
        #expect(report.observations.map(\.subID) == ["1", "1"])
        #expect(report.observations.map(\.notes) == [["复核"], []])
        try RoundTrip.check(report)
    }

    @Test(arguments: [
        ("ST", "3~5", ["3~5"]), ("NM", "3~5", ["3~5"]), ("NM", "  5.5 ", ["5.5"]), ("TX", "a~b", ["a\nb"]),
        ("SN", "^3^-^5~>^9", ["3-5", ">9"]), ("CE", "a^甲^L~b^乙^L", ["甲", "乙"]), ("ST", " 5.5 ", [" 5.5 "]),
    ])
    func repetitionsAreReadAsTheirTypeMeansThem(type: String, raw: String, values: [String]) throws {
        #expect(try Self.report("OBX|1|\(type)|X^x^L||\(raw)||||||F").observations.map(\.value) == values)
    }

    @Test(arguments: ["D", "X", "W"])
    func aLineThatIsTakenBackKeepsItsLetterAndVoidsNothing(letter: String) throws {
        let report = try Self.report(
            "OBX|1|NM|A^a^L||1|g/L|||||\(letter)", "OBX|2|TX|R&IMP^诊断意见^L||||||||\(letter)",
            "OBX|3|ED|P^报告^L|1|||||||\(letter)")
        #expect(report.status != .void)
        #expect(report.observations.map(\.status) == [letter])
        #expect(report.conclusions.map(\.status) == [letter])
        #expect(report.attachments.map(\.status) == [letter])
        #expect(report.attachments.map(\.code?.code) == ["P"])
        #expect(report.attachments.map(\.subID) == ["1"])
        #expect(report.conclusion == nil)
        #expect(report.standingAttachments.isEmpty)
    }

    @Test(arguments: ["TX", "FT", "ST", "NM", "SN", "CWE", "RP", "DT", "NA"], ["D", "X", "W", "F", ""])
    func aLineWithoutAValueComesBackAsTheKindThatItWas(type: String, letter: String) throws {
        let report = try Self.report("OBX|1|\(type)|R&IMP^诊断意见^L||||||||\(letter)", "OBX|2|NM|A^a^L||1||||||F")
        let isText = ["TX", "FT", "ST"].contains(type)
        #expect(report.conclusions.count == (isText && "DXW".contains(letter) && !letter.isEmpty ? 1 : 0))
        try RoundTrip.check(report)
    }

    @Test func aDeletedValueIsSaidToBeNoneAndAnEmptyFieldSaysNothing() throws {
        let report = try Self.report(
            "OBX|1|NM|A^a^L||\"\"|g/L|||||C", "OBX|2|NM|B^b^L|||g/L|||||C", "OBX|3|NM|C^c^L||\"\"|g/L|||||U",
            "OBX|4|NM|D^d^L||\"\"|g/L|||||D")
        #expect(report.observations.map(\.value) == ["", "", "", ""])
        #expect(report.observations.map { $0.details.map(\.name) } == [["dataAbsentReason"], [], [], []])
        try RoundTrip.check(report)
    }

    @Test func everyLetterMeansTheSameForItsLineAndForItsReport() throws {
        for letter in ["", "A", "B", "C", "D", "F", "I", "M", "N", "O", "P", "R", "S", "U", "V", "W", "X", "?", "Z"] {
            let report = try Self.report("OBX|1|NM|A^a^L||1||||||\(letter)")
            #expect((report.status == .preliminary) == LineStatus.isOpen(letter), "\(letter)")
            #expect(report.observations.map(\.status) == [letter])
            try RoundTrip.check(report)
        }
    }

    @Test func aLetterThatNobodyKnowsIsToldToItsSender() throws {
        let mapping = try Self.mapping(
            "OBX|1|NM|A^a^L||1||||||Q", "OBX|2|NM|B^b^L||1||||||Q", "OBX|3|NM|C^c^L||1||||||F")
        #expect(mapping.warnings.map(\.place) == ["OBX-11"])
        #expect(mapping.warnings.first?.text == "no known status; the line is taken as preliminary (2 times)")
        #expect(mapping.submissions.map(\.content.status) == [.preliminary])
    }

    @Test(arguments: ["O", "N"])
    func whatIsNoResultHasNoWeight(letter: String) throws {
        let report = try Self.report("OBX|1|NM|A^a^L||1||||||F", "OBX|2|ST|B^b^L||to do||||||\(letter)")
        #expect(report.status == .final)
        #expect(report.observations.map(\.status) == ["F", letter])
    }

    private static let pdf = Array("%PDF-1.4\nsome text of a report\n%%EOF\n".utf8)

    private static func pieces(_ texts: [String], repeated: Bool = false) -> [String] {
        if repeated {
            return ["OBX|1|ED|P^报告^L|1|" + texts.map { "^AP^PDF^Base64^" + $0 }.joined(separator: "~") + "||||||F"]
        }
        return texts.enumerated().map {
            "OBX|\($0.offset + 1)|ED|P^报告^L|\($0.offset + 1)|^AP^PDF^Base64^\($0.element)||||||F"
        }
    }

    @Test(arguments: [false, true])
    func piecesOfADocumentAreJoinedHoweverTheyWereCut(repeated: Bool) throws {
        let whole = Base64.encode(Self.pdf)
        for cut in [7, 8, 21, 30] {
            let text = [
                String(whole.prefix(cut)), String(whole.dropFirst(cut).prefix(5)), String(whole.dropFirst(cut + 5)),
            ]
            let bytes = [Base64.encode(Array(Self.pdf.prefix(cut))), Base64.encode(Array(Self.pdf.dropFirst(cut)))]
            for texts in [text, bytes] {
                let mapping = try Mapping.hl7(
                    ([Self.header, Self.patient, Self.order] + Self.pieces(texts, repeated: repeated)).joined(
                        separator: "\r"))
                #expect(mapping.submissions.first?.content.attachments.map(\.bytes) == [Self.pdf], "\(cut) \(texts)")
            }
        }
    }

    @Test func halfADocumentIsRefusedAndOneThatMayBeHalfIsDoubted() throws {
        let half = Base64.encode(Array(Self.pdf.prefix(18)))
        let more = Base64.encode(Array(Self.pdf.dropFirst(18).prefix(6)))
        let refused = try Mapping.hl7(
            ([Self.header, Self.patient, Self.order] + Self.pieces([half, more])).joined(separator: "\r"))
        #expect(refused.problems.map(\.place) == ["OBX-5.5"])
        let doubted = try Mapping.hl7(
            ([Self.header, Self.patient, Self.order] + Self.pieces([half])).joined(separator: "\r"))
        #expect(doubted.problems.isEmpty)
        #expect(doubted.warnings.map(\.place) == ["OBX-5.5"])
    }

    @Test func twoDocumentsOfOneCodeStayTwo() throws {
        let text = Base64.encode(Self.pdf)
        let report = try Self.report(Self.pieces([text, text])[0], Self.pieces([text, text])[1])
        #expect(report.attachments.map(\.bytes) == [Self.pdf, Self.pdf])
    }

    @Test func aNoteToADocumentIsANoteToItsReport() throws {
        let text = Base64.encode(Self.pdf)
        #expect(try Self.report(Self.pieces([text])[0], "NTE|1||第二页为附图").notes == ["第二页为附图"])
    }

    @Test(arguments: ["20261340", "昨天", "00010101000000", "26-11-28"])
    func aTimeThatCannotBeReadIsKeptAndTold(text: String) throws {
        let order = "OBR|1||F1|X^x^L|||\(text)" + String(repeating: "|", count: 15) + text + "||LAB|F"
        let mapping = try Mapping.hl7(
            [Self.header, Self.patient, order, "OBX|1|NM|A^a^L||1||||||F|||\(text)"].joined(separator: "\r"))
        let report = try #require(mapping.submissions.first).content
        #expect(report.observedTime == text)
        #expect(report.issuedTime == text)
        #expect(report.observations.map(\.observedTime) == [text])
        #expect(Set(mapping.warnings.map(\.place)) == ["OBR-7", "OBR-22", "OBX-14"])
        #expect(mapping.warnings.contains { $0.text.contains("cannot be recognised") })
        #expect(mapping.warnings.allSatisfy { !$0.text.contains(text) })
        try RoundTrip.check(report)
    }

    @Test func whatIsNotCarriedIsToldOnceWithoutWhatItSays() throws {
        let line = "OBX|1|NM|A^a^L||1||||0.95||F"
        let mapping = try Self.mapping(
            line, line, line, "ZLX|1|SECRET", "DG1|1||SECRET", "OBX|4|NM|B^b^L~C^c^L||1||||||F")
        #expect(mapping.outcome == .accepted)
        #expect(mapping.warnings.map(\.place) == ["OBX-9", "ZLX", "DG1", "OBX[4]-3"])
        #expect(mapping.warnings.first?.text.contains("3 times") == true)
        #expect(mapping.warnings.allSatisfy { $0.severity == .warning && !$0.text.contains("SECRET") })
    }

    @Test func whatSaysNothingAboutAResultIsNotSpokenOf() throws {
        let patient = "PID|1||7^^^A^MR||张^三||19491231|男||2106-3^W^HL70005|本市某街1号^^阳泉^^045000||13800000000"
        let mapping = try Mapping.hl7(
            [
                Self.header, "SFT|A|1|B|2", patient, "NK1|1|王^五", "PV1|1|I|内科^1^2||||1^医^生", "IN1|1|P|1",
                "ORC|RE||F1|G1||||||20260101|1^A",
                Self.order, "TQ1|1||||||||S", "OBX|1|NM|A^a^L||1|g/L|||||F",
            ].joined(separator: "\r"))
        #expect(mapping.warnings.isEmpty, "\(mapping.warnings)")
    }

    @Test func whatHasClinicalMeaningIsCarriedUnderFHIRsNames() throws {
        let order =
            "OBR|1||F1|CT^胸部CT^L|||20261120080000||||||术后三日||SPT&痰&L^^^&左肺|||||||20261120083000||RAD|F||||||R07^胸痛^I10"
        let mapping = try Mapping.hl7(
            [Self.header, Self.patient, order, "OBX|1|NM|A^a^L||1||||||F|||||||||LL^左下肢^L"].joined(separator: "\r"))
        let report = try #require(mapping.submissions.first).content
        let details = Dictionary(grouping: report.details, by: \.name).mapValues { $0.map(\.value) }
        #expect(details["supportingInfo"] == ["术后三日"])
        #expect(details["reasonCode"] == ["胸痛"])
        #expect(details["specimen.collection.bodySite"] == ["左肺"])
        #expect(report.specimens.map(\.display) == ["痰"])
        #expect(report.observations.first?.details == [ReportDetail(name: "bodySite", value: "左下肢")])
        #expect(mapping.warnings.isEmpty, "\(mapping.warnings)")
    }

    @Test func aBlankFirstNameIsNoName() throws {
        let report = try HL7ReportMapperTests.only(
            Self.header, "PID|1||7^^^A^MR||~李^四^^^^^A~王^五^^^^^L", Self.order)
        #expect(report.patient.name == "王五")
        let other = try HL7ReportMapperTests.only(Self.header, "PID|1||7^^^A^MR||~李^四", Self.order)
        #expect(other.patient.name == "李四")
    }

    @Test(arguments: ["MSH|^~\\&|A|B|||1||ORU^R01|1|P|2.5||more"])
    func theSecondPartOfAMessageIsRefused(header: String) throws {
        let mapping = try Mapping.hl7([header, Self.patient, Self.order].joined(separator: "\r"))
        #expect(mapping.problems.map(\.place) == ["MSH-14"])
    }
}
