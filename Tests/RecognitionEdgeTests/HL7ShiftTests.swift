import HL7
import Recognition
import Testing

@testable import RecognitionEdge

/// A `|` in a text that is not escaped pushes every field behind it to the right.
@Suite("HL7 v2: fields that are not where they belong") struct HL7ShiftTests {
    private static func mapping(_ lines: String...) throws -> HL7ReportMapping {
        typealias Known = HL7ReportMapperTests
        return try Mapping.hl7(([Known.header, Known.patient, Known.order] + lines).joined(separator: "\r"))
    }

    @Test(arguments: ["TX", "FT", "ST", ""], [1, 2, 3, 4, 5, 6])
    func aTextWithSeparatorsIsRefusedHoweverManyThereAre(type: String, count: Int) throws {
        let text = "左肺" + String(repeating: "|右肺", count: count)
        let mapping = try Self.mapping("OBX|1|\(type)|T^所见^L||\(text)|mmol/L|3.5-5.5|H|||F")
        #expect(mapping.problems.map(\.place) == ["OBX-5"] && mapping.submissions.isEmpty)
        #expect(mapping.problems.first?.text.contains("\\F\\") == true)
        let escaped = try Self.mapping(
            "OBX|1|\(type)|T^所见^L||\(text.replacing("|", with: "\\F\\"))|mmol/L|3.5-5.5|H|||F")
        #expect(escaped.problems == [])
        #expect(escaped.submissions.first?.content.observations.map(\.value) == [text])
    }

    @Test(arguments: [
        // A number that a remark follows; the name of an item with a separator.
        "OBX|1|NM|K^钾^L||6.8|建议复查。|mmol/L|3.5-5.5|H|||F", "OBX|1|NM|K^钾|血清^L||6.8|mmol/L|3.5-5.5|H|||F",
        // Without a status: the range stands where a flag belongs, the text where a unit does.
        "OBX|1|ST|K^钾^L||6.8|x|mmol/L|3.5-5.5|H", "OBX|1|ST|K^钾^L||6.8|溶血标本建议重新采集",
        "OBX|1|TX|T^t^L||see|no mass was seen",
        "OBX|1|TX|T^t^L||a|b||<5.0|||", "OBX|1|TX|T^t^L||a|b|c|d|e||||||||F",
    ])
    func whatStandsInTheWrongPlaceIsRefused(line: String) throws {
        let mapping = try Self.mapping(line)
        #expect(mapping.problems.map(\.place) == ["OBX-5"], "\(mapping.problems)")
    }

    @Test(arguments: [
        "OBX|1|NM|K^钾^L||6.8|mmol/L|3.5-5.5|H~A|0.9|N|F|20260101|x|20261120080000|S|D^张",
        "OBX|1|ST|U^u^L||3~5|个/高倍视野||||F",
        "OBX|1|ST|U^u^L||3|毫米汞柱|<5|<|||F", "OBX|1|ST|U^u^L||3|10^9/L^10^9/L^99LAB|>=3|>|||F",
        "OBX|1|ST|U^u^L||阴性|||||||",
        "OBX|1|NM|K^钾^L||6.8|mmol/L||H||||F", "OBX|1|ST|K^钾^L||neg||\"\"|||||F",
        "OBX|1|CWE|S^s^L||R^耐药^L||||||F|||20261120080000", "OBX|1|TX|T^t^L||左肺，右肺。|||↑↑|||F",
        "OBX|1|ST|T^t^L||1|x||3+|||F",
    ])
    func whatStandsWhereItBelongsOrIsPlainIsTaken(line: String) throws {
        #expect(try Self.mapping(line).problems == [])
    }

    @Test func aNumberThatIsMissingIsNoneAndItsSenderIsTold() throws {
        let mapping = try Self.mapping("OBX|1|SN|H^h^L|1|||>^11.0|1^^UCUM||H~POS|||F")
        #expect(mapping.problems == [] && mapping.warnings.map(\.place).contains("OBX-5"))
        #expect(mapping.submissions.first?.content.observations.map(\.value) == [""])
        #expect(try Self.mapping("OBX|1|NM|K^钾|血清^L||6.8|g/L|||||F").problems.map(\.place) == ["OBX-5"])
    }

    @Test func notesPatientsAndOrdersAreHeldToTheSame() throws {
        let line = "OBX|1|NM|K^钾^L||6.8|mmol/L|3.5-5.5|H|||F"
        #expect(try Self.mapping(line, "NTE|1||无|转移").problems.map(\.place) == ["NTE-3"])
        #expect(try Self.mapping(line, "NTE|1|L|无转移|RE^备注^HL70364").problems == [])
        let patient = "PID|1||1^^^H^MR||张|三||19491231|M"
        let other = [HL7ReportMapperTests.header, patient, HL7ReportMapperTests.order, line]
        #expect(try Mapping.hl7(other.joined(separator: "\r")).problems.map(\.place) == ["PID-5"])
        let order = "OBR|1|P1|F1|CBC^血常规|复查^L|||20261120080000||||||||||||||20261120083000||LAB||F"
        let third = [HL7ReportMapperTests.header, HL7ReportMapperTests.patient, order, line]
        #expect(try Mapping.hl7(third.joined(separator: "\r")).problems.map(\.place) == ["OBR-4"])
    }
}
