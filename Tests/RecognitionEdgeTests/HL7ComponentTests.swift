import HL7
import Recognition
import Testing

@testable import RecognitionEdge

/// The account goes by component and repetition, not by field alone.
@Suite("HL7 v2: every component and repetition is read or told") struct HL7ComponentTests {
    private static func mapping(_ lines: String..., order: String = HL7ReportMapperTests.order) throws
        -> HL7ReportMapping
    {
        let text = [HL7ReportMapperTests.header, HL7ReportMapperTests.patient, order] + lines
        return try Mapping.hl7(text.joined(separator: "\r"))
    }

    private static func line(_ text: String) throws -> ReportedObservation {
        let content = try #require(try mapping(text).submissions.first).content
        try RoundTrip.check(content)
        return try #require(content.observations.first)
    }

    @Test func everyRepetitionOfAFlagIsKeptAndItsWordsAreNotLost() throws {
        #expect(try Self.line("OBX|1|NM|K^钾^L||6.8|mmol/L|3.5-5.5|H~A~HH|||F").flags == ["H", "A", "HH"])
        let worded = try Self.line("OBX|1|NM|K^钾^L||6.8|mmol/L||H^偏高^L~^危急值|||F")
        #expect(worded.flags == ["H", "危急值"])
        #expect(worded.details.map(\.value) == ["偏高"] && worded.details.map(\.name) == ["interpretation"])
    }

    @Test(arguments: [("C~F", "OBX-11"), ("F^x", "OBX-11.2")])
    func whatFollowsTheStatusOfALineIsTold(status: String, place: String) throws {
        let mapping = try Self.mapping("OBX|1|NM|K^钾^L||6.8|mmol/L||H|||\(status)")
        #expect(mapping.problems == [] && mapping.warnings.map(\.place) == [place])
    }

    @Test func everyMethodAndPerformerOfALineIsKept() throws {
        let line = try Self.line(
            "OBX|1|NM|K^钾^L||6.8|mmol/L||H|||F|||20261120080000|L7^送检中心^L|D1^王^技师~D2^赵^技师|A^电极法~B^复查||||||外送检验所")
        #expect(line.method == "电极法, 复查")
        #expect(line.details.filter { $0.name == "performer" }.map(\.value) == ["赵技师", "外送检验所", "送检中心"])
    }

    @Test func whoMadeANoteAndWhenStandsBehindIt() throws {
        let line = "OBX|1|NM|K^钾^L||6.8|mmol/L||H|||F"
        let content = try #require(
            try Self.mapping(line, "NTE|1||已复查||D2^赵^技师|20261120090000").submissions.first
        ).content
        #expect(content.observations.map(\.notes) == [["已复查 [赵技师, 20261120090000]"]])
        #expect(try Self.mapping(line, "NTE|1||已复查||||20261120").warnings.map(\.place) == ["NTE-7"])
    }

    @Test func componentsThatSayNothingAboutAResultAreNoNoise() throws {
        let order = HL7ReportMapperTests.order.replacing("P1^HIS|F1^LIS", with: "P1^HIS^1.2^ISO|F1^LIS^1.3^ISO")
        let mapping = try Self.mapping(
            "OBX|1|NM|GLU^葡萄糖^99LAB^2345-7^Glucose^LN^1^2.73||0.50|mmol/L^^UCUM|3.9-6.1|L^^HL70078|||F|||20261120080000",
            order: order)
        #expect(mapping.problems == [] && mapping.warnings == [])
    }
}
