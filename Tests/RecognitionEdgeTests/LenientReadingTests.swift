import Recognition
import Testing

@testable import RecognitionEdge

/// What systems write in another place than the standard has it.
@Suite("Lenient reading")
struct LenientReadingTests {
    private static let header = "MSH|^~\\&|LIS|A|YL|N1|20261120083000||ORU^R01|M1|P|2.5.1"
    private static let patient = "PID|1||7^^^A^MR"
    private static let result = "OBX|1|NM|A^A^L||1.0|g/L|||||F"

    @Test func anORCBehindItsOBRBelongsToItAndHidesNoResult() throws {
        let report = try HL7ReportMapperTests.only(
            Self.header, Self.patient, "OBR|1|||A^A^L", "ORC|RE|P1|F1|||||||||1^Doctor^A", "NTE|1||of the order",
            Self.result)
        #expect(report.fillerOrderNumber == "F1")
        #expect(report.placerOrderNumber == "P1")
        #expect(report.orderedBy == "A Doctor")
        #expect(report.observations.map(\.value) == ["1.0"])
        #expect(report.notes == ["of the order"])
    }

    @Test func anORCBetweenTwoOrdersBelongsToTheSecond() throws {
        let reports = try Mapping.hl7(
            HL7ReportMapperTests.text(
                Self.header, Self.patient, "ORC|RE||F1", "OBR|1|||A^A^L", Self.result, "ORC|RE||F2", "OBR|2|||B^B^L")
        ).submissions.map(\.content)
        #expect(reports.map(\.fillerOrderNumber) == ["F1", "F2"])
        #expect(reports.map(\.observations.count) == [1, 0])
    }

    @Test func theAccountNumberStandsInForAPatientWithoutANumberAndOnlyThen() throws {
        let order = "OBR|1||F1|A^A^L"
        let nameless = try HL7ReportMapperTests.only(
            Self.header, "PID|1||||A^B|||||||||||||88^^^A", order, Self.result)
        #expect(nameless.patient.identifiers == [PatientIdentifier(type: "AN", authority: "A", value: "88")])
        let named = try HL7ReportMapperTests.only(
            Self.header, "PID|1||7^^^A^MR||A^B|||||||||||||88^^^A", order, Self.result)
        #expect(named.patient.identifiers == [PatientIdentifier(type: "MR", authority: "A", value: "7")])
    }

    @Test func oneFillerNumberOfOnePatientIsCountedHoweverThePatientIsNamed() throws {
        let reports = ["urn:uuid:p", "Patient/p"].map {
            #"{"resource":{"resourceType":"DiagnosticReport","identifier":[{"value":"F"}],"subject":{"reference":"\#($0)"}}}"#
        }
        let mapping = try Mapping.fhir(
            #"{"resourceType":"Bundle","type":"message","entry":["# + reports.joined(separator: ",")
                + #",{"resource":{"resourceType":"Patient","id":"p","identifier":[{"value":7}]}}]}"#)
        #expect(mapping.submissions.map(\.content.position) == [1, 2])
        #expect(mapping.submissions.map(\.content.patient.identifiers.first?.value) == ["7", "7"])
    }
}
