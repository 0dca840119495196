import FHIR
import Recognition
import Testing

@testable import RecognitionEdge

/// The account goes down to every element within one.
@Suite("FHIR: every nested element is read or told by its path") struct FHIRAccountTests {
    private static func mapping(
        report: String = "", observation: String = "", patient: String = "", more: String = ""
    ) throws -> FHIRReportMapping {
        try Mapping.fhir(
            #"""
            {"resourceType":"Bundle","type":"collection","entry":[\#(more)
            {"resource":{"resourceType":"Patient","id":"p","identifier":[{"system":"urn:m","value":"1"}]\#(patient)}},
            {"resource":{"resourceType":"Observation","id":"o","status":"final","code":{"text":"K"},
            "subject":{"reference":"Patient/p"},"valueString":"5"\#(observation)}},
            {"resource":{"resourceType":"DiagnosticReport","id":"d","status":"final","identifier":[{"value":"F"}],
            "code":{"text":"t"},"subject":{"reference":"Patient/p"},"result":[{"reference":"Observation/o"}]\#(report)}}]}
            """#)
    }

    @Test func whoMadeANoteAndWhenStandsBehindIt() throws {
        let note =
            #","note":[{"text":"复核","authorString":"赵","time":"2026-11-28T08:15:00+08:00"},{"text":"a"},"#
            + #"{"text":"b","authorReference":{"display":"钱"}}]"#
        let mapping = try Self.mapping(report: note, observation: note)
        let content = try #require(mapping.submissions.first).content
        let expected = ["复核 [赵, 2026-11-28T08:15:00+08:00]", "a", "b [钱]"]
        #expect(content.notes == expected && content.observations.map(\.notes) == [expected])
        #expect(mapping.warnings.isEmpty)
        try RoundTrip.check(content)
    }

    @Test(arguments: [
        (#","bodySite":{"coding":[{"code":"a","qualifier":"left"}]}"#, "Observation.bodySite.coding.qualifier"),
        (#","referenceRange":[{"low":{"value":1,"accuracy":2}}]"#, "referenceRange.low.accuracy"),
        (#","method":{"text":"a","note":"b"}"#, "Observation.method.note"),
        (#","note":[{"text":"a","confidence":"low"}]"#, "Observation.note.confidence"),
        (
            #","component":[{"code":{"text":"c"},"valueQuantity":{"value":1,"sigma":2}}]"#,
            "component.valueQuantity.sigma"
        ),
        (#","performer":[{"display":"a","role":{"text":"b"}}]"#, "Observation.performer.role"),
    ])
    func whatIsWithinAnElementAndNotReadIsTold(element: String, path: String) throws {
        let told = try Self.mapping(observation: element).warnings.map(\.diagnostics)
        #expect(told == ["the element \(path) is not taken"])
    }

    @Test func aReferenceThatNamesNobodyIsTold() throws {
        let report = try Self.mapping(
            report: #","performer":[{"reference":"Practitioner/9"}],"basedOn":[{"reference":"x/1"}]"#)
        #expect(report.warnings.count == 2 && report.warnings.allSatisfy { $0.code == .notFound })
        let line = try Self.mapping(observation: #","performer":[{"reference":"Practitioner/9"}]"#)
        #expect(line.warnings.map { $0.expression?.hasSuffix("performer") } == [true])
        #expect(try Self.mapping(observation: #","performer":[{"display":"赵"}]"#).warnings.isEmpty)
    }

    @Test func howASpecimenWasTakenIsKept() throws {
        let specimen =
            #"{"resource":{"resourceType":"Specimen","id":"s","type":{"text":"血"},"receivedTime":"2026-11-28","#
            + #""container":[{"type":{"text":"紫管"},"additiveCodeableConcept":{"text":"EDTA"}}],"collection":{"#
            + #""collectedPeriod":{"start":"2026-11-28","end":"2026-11-29"},"quantity":{"value":5,"unit":"mL"},"#
            + #""fastingStatusCodeableConcept":{"text":"空腹"}},"processing":[{"description":"离心"}]}},"#
        let mapping = try Self.mapping(report: #","specimen":[{"reference":"Specimen/s"}]"#, more: specimen)
        let details = try #require(mapping.submissions.first).content.details
        let expected = [
            "specimen.collection.collected": "2026-11-28/2026-11-29", "specimen.collection.quantity": "5 mL",
            "specimen.collection.fastingStatus": "空腹", "specimen.receivedTime": "2026-11-28",
            "specimen.container.type": "紫管", "specimen.container.additive": "EDTA",
        ]
        #expect(Dictionary(uniqueKeysWithValues: details.map { ($0.name, $0.value) }) == expected)
        #expect(mapping.warnings.map(\.diagnostics) == ["the element Specimen.processing is not taken"])
    }

    @Test func anOrderThatWasTakenBackAndItsReasonsAreTold() throws {
        let order =
            #"{"resource":{"resourceType":"ServiceRequest","id":"r","status":"revoked","subject":{"reference":"Patient/p"},"#
            + #""reasonReference":[{"display":"发热"},{"reference":"Condition/9"}],"supportingInfo":[{"reference":"x/1"}]}},"#
        let mapping = try Self.mapping(report: #","basedOn":[{"reference":"ServiceRequest/r"}]"#, more: order)
        let details = try #require(mapping.submissions.first).content.details
        #expect(details.map(\.value) == ["发热"])
        #expect(Set(mapping.warnings.map(\.code)) == [.notSupported, .notFound] && mapping.warnings.count == 3)
    }
}
