import EdgeKit
import FHIR
import Recognition
import Testing

@testable import RecognitionEdge

@Suite("Reports as FHIR")
struct FHIRReportWriterTests {
    static func observation(_ type: String, _ value: String, unit: String? = "g/L") -> JSONObject {
        let observation = ReportedObservation(
            setID: "1", code: Coding(codes: [.init(code: "X", display: "x", system: "LN")]), valueType: type,
            value: value,
            unit: unit.map { Coding(codes: [.init(code: $0)]) }, status: "F")
        return FHIRObservationWriter(offsetMinutes: 480).json(observation, id: "o", patientID: "p")
    }

    @Test(arguments: ["0.50", "-1.0", "1E3", "100"])
    func numbersAreQuantitiesInTheirLexicalForm(value: String) {
        let json = Self.observation("NM", value)
        #expect(json["valueQuantity"]?["value"]?.lexical == value)
        #expect(JSONPrinter.text(.object(json)).contains("\"value\":\(value),\"unit\":\"g/L\""))
    }

    @Test(arguments: [("<0.01", "<", "0.01"), (">=5.0", ">=", "5.0")])
    func comparatorsStandBeforeTheirNumber(value: String, comparator: String, number: String) {
        let json = Self.observation("SN", value)
        #expect(json["valueQuantity"]?["comparator"]?.string == comparator)
        #expect(json["valueQuantity"]?["value"]?.lexical == number)
    }

    @Test(arguments: ["0065.88", "1:128", "3-5", "阴性", "1,5", "+1"])
    func whatIsNoNumberIsTextAndItsUnitIsKept(value: String) {
        let json = Self.observation("NM", value)
        #expect(json["valueString"]?.string == value)
        #expect(FHIRExtensions.strings(.object(json), FHIRExtensions.unit) == ["g/L"])
    }

    @Test(arguments: [
        ("20240411", "2024-04-11"), ("202404", "2024-04"), ("2024", "2024"),
        ("20240321220508+0000", "2024-03-21T22:05:08+00:00"),
        ("202008151030-0700", "2020-08-15T10:30:00-07:00"), ("20240321220508", "2024-03-21T22:05:08+08:00"),
        ("20080818183002.1-0700", "2008-08-18T18:30:02.1-07:00"), ("2024-03-21", "2024-03-21"),
        ("2024-03-21T22:05:08.166Z", "2024-03-21T22:05:08.166Z"),
    ])
    func timesAreWrittenInFHIRsForm(text: String, expected: String) {
        #expect(FHIRTime.dateTime(text, offsetMinutes: 480) == expected)
    }

    @Test(arguments: [
        "220241021055726", "20240230", "DATE!", "2024-13-01", "2024-02-30T10:00:00Z", "2024-02-28T10:00:61Z",
        "00010101000000", "",
    ])
    func timesThatDoNotExistAreNotWritten(text: String) {
        #expect(FHIRTime.dateTime(text, offsetMinutes: 480) == nil)
    }

    @Test func aTimeKeepsItsOwnFormBesideFHIRs() {
        var json = JSONObject()
        FHIRTime.write("220241021055726", to: &json, "effectiveDateTime", offsetMinutes: 480)
        #expect(json["effectiveDateTime"] == nil)
        #expect(FHIRTime.read(json, "effectiveDateTime") == "220241021055726")
    }

    @Test func aSearchsetHoldsMatchesAndWhatTheyNeed() throws {
        let content = ReportContent(
            institution: "inst",
            patient: PatientDemographics(identifiers: [.init(type: "MR", authority: "1.2", value: "7")]),
            fillerOrderNumber: "F1", service: Coding(codes: [.init(code: "CBC")]), status: .void, category: .laboratory,
            observations: [ReportedObservation(setID: "1", code: Coding(codes: []), valueType: "NM", value: "1")])
        let bundle = RoundTrip.writer.searchset(
            [(content, RoundTrip.metadata("a/b")), (content, RoundTrip.metadata("c"))], total: 2, address: "https://x")
        #expect(bundle["type"]?.string == "searchset")
        #expect(bundle["total"]?.lexical == "2")
        let entries = try #require(bundle["entry"]).items
        #expect(
            entries.map { $0["search"]?["mode"]?.string } == [
                "match", "include", "include", "match", "include", "include",
            ])
        #expect(entries.first?["fullUrl"]?.string == "https://n1.example/fhir/DiagnosticReport/a-b")
        #expect(entries.first?["resource"]?["status"]?.string == "entered-in-error")
        #expect(entries.first?["resource"]?["extension"]?.first?["valueBoolean"] == .bool(true))
        #expect(RoundTrip.writer.searchset([])["entry"] == nil)
    }

    @Test(arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar"])
    func base64GoesBothWays(text: String) {
        #expect(Base64.decode(Base64.encode(Array(text.utf8))) == Array(text.utf8))
    }

    @Test func base64IsThatOfTheStandard() {
        #expect(Base64.encode(Array("foobar".utf8)) == "Zm9vYmFy")
        #expect(Base64.encode(Array("fooba".utf8)) == "Zm9vYmE=")
        #expect(Base64.decode("Zm9v\r\nYg") == Array("foob".utf8))
        #expect(Base64.decode("Zm9v*") == nil)
        #expect(Base64.decode("Z") == nil)
        #expect(Base64.decode("Zg==Zg==") == nil)
    }

    @Test(arguments: ["LN", "99LAB", "本院", "HL70078", "http://loinc.org", ""])
    func namesOfSystemsComeBackOrAreURIs(name: String) {
        let uri = CodeSystemName.write(name)
        if let uri { #expect(uri.contains(":")) }
        if ["99LAB", "本院"].contains(name) { #expect(CodeSystemName.read(uri ?? "") == name) }
    }
}
