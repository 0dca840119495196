import FHIR
import Recognition
import Testing

@testable import RecognitionEdge

/// Writes a report as FHIR and reads it again.
enum RoundTrip {
    static let writer = FHIRReportWriter(baseURL: "https://n1.example/fhir")

    static func metadata(_ id: String = "r-1") -> FHIRReportMetadata {
        FHIRReportMetadata(resourceID: id, version: 2, issuer: "n1", entryID: "e-1", isRecognisable: true)
    }

    /// The report as it comes back from a collection of our own resources.
    static func read(_ content: ReportContent) throws -> ReportContent {
        let entries = writer.resources(content, metadata()).map { resource -> JSONValue in
            ["resource": .object(resource)]
        }
        let bundle: JSONValue = ["resourceType": "Bundle", "type": "collection", "entry": .array(entries)]
        let mapping = try Mapping.fhir(JSONPrinter.bytes(bundle))
        try #require(mapping.isAccepted, "\(mapping.issues)")
        return try #require(mapping.submissions.first).content
    }

    static func check(_ content: ReportContent) throws {
        let copy = try read(content)
        #expect(copy.patient == content.patient)
        #expect(copy.fillerOrderNumber == content.fillerOrderNumber)
        #expect(copy.status == content.status)
        #expect(copy.notes == content.notes)
        #expect(copy.conclusion == content.conclusion)
        #expect(copy.attachments.map(\.bytes) == content.standingAttachments.map(\.bytes))
        #expect(copy.attachments.map(\.title) == content.standingAttachments.map(\.title))
        #expect(copy.attachments.map(\.contentType) == content.standingAttachments.map(\.contentType))
        #expect(copy.attachments.map(\.subID) == content.standingAttachments.map(\.subID))
        #expect(copy.details == content.details)
        #expect(copy.parent == content.parent)
        #expect(copy.observedTime == content.observedTime)
        #expect(copy.issuedTime == content.issuedTime)
        #expect(copy.orderedBy == content.orderedBy)
        #expect(copy.specimens.map(\.display) == content.specimens.map(\.display))
        try #require(copy.observations.count == content.observations.count)
        for (left, right) in zip(copy.observations, content.observations) {
            // The value of what was taken back is shown to nobody.
            #expect(left.value == (right.isWithdrawn ? "" : right.value))
            #expect(left.code.display == right.code.display)
            #expect(left.unit?.code == right.unit?.code)
            #expect(left.referenceRange == right.referenceRange)
            #expect(left.flags == right.flags)
            #expect(left.status == right.status)
            #expect(left.notes == right.notes)
            #expect(left.observedTime == right.observedTime)
            #expect(left.method == right.method)
            #expect(left.subID == right.subID)
            #expect(left.details == right.details)
            #expect(left.valueType == right.valueType)
        }
    }
}
