import Effects
import FHIR
import Recognition
import Testing

@testable import RecognitionEdge

@Suite("FHIR resources as reports")
struct FHIRReportMapperTests {
    static let patient = #"""
        {"resourceType":"Patient","id":"p","identifier":[{"system":"urn:oid:2.16.156.1","value":"00123",
        "type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]}},
        {"value":"11010519491231002x"}],"name":[{"text":"张三"}],"gender":"male","birthDate":"1949-12-31"}
        """#

    /// A report that contains its patient and one observation with the given members.
    static func report(_ value: String, status: String = "final", more: String = "") -> String {
        #"""
        {"resourceType":"DiagnosticReport","id":"r","identifier":[{"value":"F1"}],"status":"\#(status)",
        "code":{"coding":[{"code":"CBC","display":"血常规","system":"urn:l"}]},"subject":{"reference":"#p"},\#(more)
        "contained":[\#(patient),{"resourceType":"Observation","id":"o","status":"final",
        "code":{"text":"x"},\#(value)"note":[{"text":"n"}]}],"result":[{"reference":"#o"}]}
        """#
    }

    static func only(_ text: String) throws -> ReportContent {
        let mapping = try Mapping.fhir(text)
        #expect(mapping.issues.isEmpty)
        return try #require(mapping.submissions.first).content
    }

    @Test func aSingleReportWithWhatItContainsIsRead() throws {
        let report = try Self.only(
            Self.report(#""valueQuantity":{"value":0.50,"unit":"mmol/L"},"#, more: #""conclusion":"未见异常","#))
        #expect(
            report.patient.identifiers == [
                PatientIdentifier(type: "citizenID", authority: "CN", value: "11010519491231002X"),
                PatientIdentifier(type: "MR", authority: "2.16.156.1", value: "00123"),
            ])
        #expect(report.fillerOrderNumber == "F1")
        #expect(report.conclusion == "未见异常")
        #expect(report.observations.map(\.value) == ["0.50"])
        try RoundTrip.check(report)
    }

    @Test(arguments: [
        (#""valueQuantity":{"value":0.50,"unit":"g"},"#, "NM", "0.50"),
        (#""valueQuantity":{"value":0.01,"comparator":"<"},"#, "SN", "<0.01"),
        (#""valueQuantity":{"value":1E3},"#, "NM", "1E3"), (#""valueQuantity":{"unit":"g"},"#, "NM", ""),
        (#""valueCodeableConcept":{"coding":[{"code":"1","display":"阴性"}]},"#, "CWE", "阴性"),
        (#""valueCodeableConcept":{"text":"阴性"},"#, "CWE", "阴性"), (#""valueString":"a\nb","#, "TX", "a\nb"),
        (#""valueString":" 阴性 ","#, "ST", " 阴性 "), (#""valueInteger":7,"#, "NM", "7"),
        (#""valueBoolean":true,"#, "ID", "true"), (#""valueTime":"10:30:00","#, "TM", "10:30:00"),
        (#""valueDateTime":"2024-04-11","#, "DT", "2024-04-11"),
        (#""valueDateTime":"2024-04-11T10:00:00+08:00","#, "TS", "2024-04-11T10:00:00+08:00"),
        (#""valueRange":{"low":{"value":3.0},"high":{"value":5.50}},"#, "SN", "3.0-5.50"),
        (#""valueRatio":{"numerator":{"value":1},"denominator":{"value":128}},"#, "SN", "1:128"),
        (#""valuePeriod":{"start":"2024","end":"2025"},"#, "DR", "2024/2025"),
        (#""valueSampledData":{"data":"1 2 E"},"#, "NA", "1 2 E"), ("", "ST", ""),
    ])
    func valuesKeepTheirLexicalForm(json: String, type: String, value: String) throws {
        let report = try Self.only(Self.report(json))
        #expect(report.observations.map(\.value) == [value])
        #expect(report.observations.map(\.valueType) == [type])
        try RoundTrip.check(report)
    }

    @Test(arguments: [
        ("registered", ReportStatus.preliminary), ("partial", .preliminary), ("preliminary", .preliminary),
        ("final", .final), ("amended", .corrected), ("corrected", .corrected), ("appended", .corrected),
        ("cancelled", .void), ("entered-in-error", .void), ("unknown", .preliminary), ("nonsense", .preliminary),
        ("", .final),
    ])
    func statusesAreRead(word: String, status: ReportStatus) throws {
        #expect(try Self.only(Self.report("", status: word)).status == status)
    }

    @Test(arguments: [
        ("final", ReportStatus.final), ("unknown", .preliminary), ("nonsense", .preliminary),
        ("registered", .preliminary), ("amended", .corrected), ("", .final),
    ])
    func aResultWithoutAKnownStatusIsNotFinal(word: String, status: ReportStatus) throws {
        let text = Self.report(#""valueInteger":1,"#).replacing(
            #""id":"o","status":"final""#, with: #""id":"o","status":"\#(word)""#)
        let mapping = try Mapping.fhir(text)
        let report = try #require(mapping.submissions.first?.content)
        #expect(report.status == status)
        let isTold = mapping.warnings.contains { $0.diagnostics.hasPrefix("no known status; the result") }
        #expect(isTold == ["unknown", "nonsense"].contains(word))
        try RoundTrip.check(report)
    }

    @Test(arguments: [
        (#"{"text":"<85"}"#, "<85"), (#"{"low":{"value":3.90},"high":{"value":6.1}}"#, "3.90-6.1"),
        (#"{"low":{"value":3}}"#, ">=3"), (#"{"high":{"value":5}}"#, "<=5"),
    ])
    func referenceRangesAreTextOrBounds(json: String, text: String) throws {
        let report = try Self.only(Self.report(#""valueInteger":1,"referenceRange":[\#(json)],"#))
        #expect(report.observations.first?.referenceRange == text)
    }

    @Test func aNumberWhereATextStandsLosesNothing() throws {
        let patient = Self.patient.replacing(#""code":"MR""#, with: #""code":7"#)
        let text = Self.report(#""valueQuantity":{"value":0.50,"unit":10},"#)
            .replacing(Self.patient, with: patient)
            .replacing(#""note":[{"text":"n"}]"#, with: #""note":[{"text":3.0}]"#)
        let report = try Self.only(text)
        #expect(report.patient.identifiers.contains { $0.type == "7" && $0.value == "00123" })
        #expect(report.observations.map(\.unit?.code) == ["10"])
        #expect(report.observations.map(\.notes) == [["3.0"]])
    }

    @Test func aPanelsMembersAndComponentsAreLines() throws {
        let text = #"""
            {"resourceType":"Bundle","type":"transaction","entry":[
            {"resource":{"resourceType":"DiagnosticReport","status":"final","identifier":[{"value":"F"}],
            "code":{"text":"t"},
            "subject":{"identifier":{"value":"1"}},"result":[{"reference":"urn:uuid:a"}]},"request":{"method":"POST"}},
            {"fullUrl":"urn:uuid:a","resource":{"resourceType":"Observation","status":"final","code":{"text":"panel"},
            "hasMember":[{"reference":"urn:uuid:b"},{"reference":"urn:uuid:a"}]}},
            {"fullUrl":"urn:uuid:b","resource":{"resourceType":"Observation","status":"final","code":{"text":"BP"},
            "component":[{"code":{"text":"sys"},"valueQuantity":{"value":120}},
            {"code":{"text":"dia"},"valueQuantity":{"value":80}}]}}]}
            """#
        let report = try Self.only(text)
        #expect(report.observations.map(\.code.display) == ["sys", "dia"])
        #expect(report.observations.map(\.value) == ["120", "80"])
    }

    @Test func documentsInTheMessageAreKeptAndLinkedOnesAreNotFetched() throws {
        let forms =
            #""presentedForm":[{"contentType":"application/pdf","title":"报告单","data":"JVBERi0x"},"#
            + #"{"url":"http://x/y"}],"#
        let mapping = try Mapping.fhir(Self.report("", more: forms))
        #expect(mapping.submissions.first?.content.attachments.map(\.bytes) == [Array("%PDF-1".utf8)])
        #expect(mapping.warnings.map(\.expression) == ["DiagnosticReport.presentedForm[1]"])
    }

    @Test func trainingMessagesAreNotProduction() throws {
        let text = #"""
            {"resourceType":"Bundle","type":"message","identifier":{"value":"B1"},"entry":[
            {"resource":{"resourceType":"MessageHeader","meta":{"tag":[
            {"system":"http://terminology.hl7.org/CodeSystem/v2-0103","code":"T"}]}}},{"resource":\#(Self.report(""))}]}
            """#
        let mapping = try Mapping.fhir(text)
        #expect(mapping.submissions.map(\.isProduction) == [false])
        #expect(mapping.messageID == "B1")
    }

    @Test(arguments: [
        (#"{"resourceType":"Observation"}"#, "not-supported", "resourceType"),
        (#"{"resourceType":"Bundle","type":"document"}"#, "structure", "Bundle.type"),
        (#"{"resourceType":"Bundle","type":"searchset"}"#, "not-supported", "Bundle.type"),
        (#"{"resourceType":"Bundle","type":"batch"}"#, "required", "Bundle.entry"),
        (report("").replacing(##""#p""##, with: "\"Patient/9\""), "required", "DiagnosticReport.subject"),
        (report("").replacing(##""#o""##, with: "\"Observation/9\""), "not-found", "DiagnosticReport.result[0]"),
        (report("", more: #""presentedForm":[{"data":"%%"}],"#), "value", "DiagnosticReport.presentedForm[0].data"),
        (
            report("").replacing(patient, with: #"{"resourceType":"Patient","id":"p"}"#), "required",
            "Patient.identifier"
        ),
    ])
    func refusalsNameTheElement(text: String, code: String, expression: String) throws {
        let mapping = try Mapping.fhir(text)
        #expect(mapping.submissions.isEmpty)
        #expect(mapping.issues.map(\.code.rawValue) == [code])
        #expect(mapping.issues.map(\.expression) == [expression])
    }

    @Test func oneObservationNamedManyTimesIsReadOnceAndTheirNumberIsBounded() throws {
        let many = Array(repeating: "{\"reference\":\"#o\"}", count: 100).joined(separator: ",")
        let report = try Self.only(
            Self.report(#""valueInteger":1,"#).replacing(##"[{"reference":"#o"}]"##, with: "[" + many + "]"))
        #expect(report.observations.count == 1)
        let one =
            #"{"resource":{"resourceType":"DiagnosticReport","status":"final","identifier":[{"value":"F"}],"#
            + #""subject":{"identifier":{"value":"1"}},"result":[{"reference":"urn:uuid:a"}]}}"#
        let components = Array(repeating: #"{"valueInteger":1}"#, count: 300).joined(separator: ",")
        let bundle =
            #"{"resourceType":"Bundle","type":"batch","entry":["#
            + Array(repeating: one, count: 100).joined(separator: ",")
            + #",{"fullUrl":"urn:uuid:a","resource":{"resourceType":"Observation","component":["# + components + "]}}]}"
        #expect(try Mapping.fhir(bundle).issues.map(\.code.rawValue).contains("too-long"))
    }
}
