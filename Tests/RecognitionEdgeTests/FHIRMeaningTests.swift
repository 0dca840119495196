import FHIR
import Recognition
import Testing

@testable import RecognitionEdge

/// Small things whose loss would make another value, another range or another patient of what was sent.
@Suite("FHIR: what a value means stays what it means")
struct FHIRMeaningTests {
    private static func mapping(_ observation: String, patients: String = "", status: String = "final") throws
        -> FHIRReportMapping
    {
        try Mapping.fhir(
            #"""
            {"resourceType":"Bundle","type":"collection","entry":[\#(patients)
            {"resource":{"resourceType":"Patient","id":"p","identifier":[{"system":"urn:m","value":"1"}]}},
            {"resource":{"resourceType":"Observation","id":"o","status":"final","code":{"text":"K"},
            "subject":{"reference":"Patient/p"},\#(observation)}},
            {"resource":{"resourceType":"DiagnosticReport","id":"d","status":"\#(status)","identifier":[{"value":"F"}],
            "code":{"text":"t"},"subject":{"reference":"Patient/p"},"result":[{"reference":"Observation/o"}]}}]}
            """#)
    }

    private static func line(_ observation: String) throws -> ReportedObservation {
        let mapping = try mapping(observation)
        #expect(mapping.issues.isEmpty)
        let content = try #require(mapping.submissions.first).content
        try RoundTrip.check(content)
        return try #require(content.observations.first)
    }

    @Test func boundsInTwoUnitsKeepBoth() throws {
        let range = #"{"low":{"value":1.0,"unit":"mg"},"high":{"value":2.00,"unit":"g"}}"#
        let value = try Self.line(#""valueRange":"# + range)
        #expect(value.value == "1.0 mg-2.00 g" && value.unit == nil)
        let reference = try Self.line(
            #""valueQuantity":{"value":5,"unit":"g"},"referenceRange":["# + range + "]")
        #expect(reference.referenceRange == "1.0 mg-2.00 g")
        let same = try Self.line(
            #""valueRange":{"low":{"value":1.0,"unit":"mg"},"high":{"value":2.00,"code":"mg"}}"#)
        #expect(same.value == "1.0-2.00" && same.unit?.code == "mg")
    }

    @Test(arguments: [("成人", "3.5-5.50 成人"), ("3.5 - 5.50 mmol/L", "3.5 - 5.50 mmol/L"), ("", "3.5-5.50")])
    func theTextOfARangeHidesNoBounds(text: String, expected: String) throws {
        let text = text.isEmpty ? "" : #","text":"\#(text)""#
        let line = try Self.line(
            #""valueInteger":5,"referenceRange":[{"low":{"value":3.5},"high":{"value":5.50}\#(text)}]"#)
        #expect(line.referenceRange == expected)
    }

    @Test func everyCodeOfAnInterpretationIsAFlag() throws {
        let line = try Self.line(
            #""valueInteger":5,"interpretation":[{"coding":[{"code":"H"},{"code":"HH"}]},{"text":"偏高"},"#
                + #"{"coding":[{"code":"H"}]}]"#)
        #expect(line.flags == ["H", "HH", "偏高"])
    }

    @Test func anExtensionWithinAnElementIsTold() throws {
        let inner = #"{"value":5,"_value":{"extension":[{"url":"http://x/uncertainty","valueDecimal":1}]}}"#
        let mapping = try Self.mapping(
            #""valueQuantity":\#(inner),"bodySite":{"text":"左","extension":[{"url":"http://x/side","valueCode":"r"}]}"#)
        #expect(mapping.issues.isEmpty)
        #expect(mapping.warnings.filter { $0.diagnostics.contains("http://x/") }.count == 2)
    }

    @Test func aNameThatTwoResourcesHaveMeansNeither() throws {
        let other = #"{"resource":{"resourceType":"Patient","id":"p","identifier":[{"system":"urn:m","value":"2"}]}},"#
        #expect(try Self.mapping(#""valueInteger":1"#, patients: other).issues.isEmpty == false)
        let same = #"{"resource":{"resourceType":"Patient","id":"p","identifier":[{"system":"urn:m","value":"1"}]}},"#
        #expect(try Self.mapping(#""valueInteger":1"#, patients: same).issues.isEmpty)
        let address = #"{"fullUrl":"urn:uuid:1","resource":{"resourceType":"Observation","id":"o","status":"final"}},"#
        #expect(try Self.mapping(#""valueInteger":1"#, patients: address).issues.map(\.code) == [.notFound])
    }

    @Test(arguments: ["entered-in-error", "cancelled"])
    func aLineOfAVoidReportIsNoResultByItself(status: String) throws {
        let mapping = try Self.mapping(#""valueInteger":1"#, status: status)
        let content = try #require(mapping.submissions.first).content
        try RoundTrip.check(content)
        let written = RoundTrip.writer.resources(content, RoundTrip.metadata())
        #expect(written.map { $0["status"]?.string } == [status, nil, status])
    }

    @Test func whyAValueCouldNotBeObtainedIsSaid() throws {
        let mapping = try Self.mapping(#""valueString":"标本溶血""#)
        var content = try #require(mapping.submissions.first).content
        content.observations[0].status = "X"
        let reason: (ReportContent) -> String? = { content in
            RoundTrip.writer.resources(content, RoundTrip.metadata())[2]["dataAbsentReason"]?["text"]?.string
        }
        #expect(reason(content) == "标本溶血")
        // A value that is taken back is nobody's, and stays so.
        content.observations[0].value = "6.8"
        #expect(reason(content) == nil)
        content.observations[0] = ReportedObservation(
            setID: "1", code: content.observations[0].code, valueType: "ST", value: "阳性", status: "W")
        #expect(reason(content) == nil)
    }
}
