import FHIR
import HL7
import Recognition
import ServiceKit
import Testing

@testable import RecognitionEdge

/// What identity is made of.
struct IdentityParts: Equatable {
    var filler: String?
    var placer: String?
    var service: String
    var position: Int
    var patient: [PatientIdentifier]

    init(_ content: ReportContent) {
        filler = content.fillerOrderNumber
        placer = content.placerOrderNumber
        service = content.service.code
        position = content.position
        patient = content.patient.identifiers
    }
}

@Suite("Real messages")
struct SampleTests {
    static func reports(_ name: String) throws -> [ReportContent] {
        if let file = try Samples.hl7().first(where: { $0.name == name }) {
            return try Mapping.hl7(file.bytes).submissions.map(\.content)
        }
        let file = try #require(try Samples.fhir().first { $0.name == name })
        return try Mapping.fhir(file.bytes).submissions.map(\.content)
    }

    @Test func everyHL7MessageIsTaken() throws {
        if Samples.isMissing() { return }
        let files = try Samples.hl7()
        #expect(!files.isEmpty)
        for file in files {
            let mapping = try Mapping.hl7(file.bytes)
            #expect(mapping.outcome == .accepted, "\(file.name): \(mapping.problems.map { $0.place + " " + $0.text })")
            let requests = try HL7Message.parse(file.bytes, defaultEncoding: .utf8).segments("OBR").count
            #expect(mapping.submissions.count == requests, "\(file.name)")
        }
    }

    @Test func everyValueUnitAndRangeStandsAsItWasSent() throws {
        if Samples.isMissing() { return }
        for file in try Samples.hl7() {
            let message = try HL7Message.parse(file.bytes, defaultEncoding: .utf8)
            let observations = try Mapping.hl7(file.bytes).submissions.flatMap(\.content.observations)
            let segments = message.segments("OBX")
            try #require(observations.count == segments.count, "\(file.name)")
            for (observation, segment) in zip(observations, segments) {
                let value = segment.field(5)
                if ["NM", "ST", "TX", "FT", "DT"].contains(segment.field(2).text) {
                    #expect(observation.value == value.text)
                }
                #expect(observation.unit?.code ?? "" == segment.field(6).component(1).text)
                #expect(observation.referenceRange ?? "" == segment.field(7).text)
            }
        }
    }

    @Test func everyFHIRBundleIsTaken() throws {
        if Samples.isMissing() { return }
        let files = try Samples.fhir()
        #expect(!files.isEmpty)
        for file in files {
            let mapping = try Mapping.fhir(file.bytes)
            #expect(mapping.isAccepted, "\(file.name): \(mapping.issues)")
            #expect(!mapping.submissions.isEmpty, "\(file.name)")
        }
    }

    @Test func twinsHaveOneIdentityAndOneStatus() throws {
        if Samples.isMissing() { return }
        var pairs = 0
        for bundle in try Samples.fhir() {
            let name = String(bundle.name.dropLast(5)) + ".hl7"
            guard let message = try Samples.hl7().first(where: { $0.name == name }) else { continue }
            pairs += 1
            let hl7 = try Mapping.hl7(message.bytes).submissions
            let fhir = try Mapping.fhir(bundle.bytes).submissions
            #expect(hl7.map(\.messageID) == fhir.map(\.messageID), "\(name)")
            #expect(hl7.map(\.isProduction) == fhir.map(\.isProduction), "\(name)")
            // In HL7 v2 each line is withdrawn by itself, in FHIR the report is.
            if !hl7.contains(where: { $0.content.observations.contains(where: \.isWithdrawn) }) {
                #expect(hl7.map(\.content.status) == fhir.map(\.content.status), "\(name)")
            }
            let parts = (hl7.map { IdentityParts($0.content) }, fhir.map { IdentityParts($0.content) })
            // One pair differs in the placer number, which counts only where there is no filler number.
            #expect(parts.0.map(\.filler) == parts.1.map(\.filler), "\(name)")
            #expect(parts.0.map(\.service) == parts.1.map(\.service), "\(name)")
            #expect(parts.0.map(\.position) == parts.1.map(\.position), "\(name)")
            #expect(parts.0.map(\.patient) == parts.1.map(\.patient), "\(name)")
            if parts.0.contains(where: { $0.filler == nil }) { #expect(parts.0 == parts.1, "\(name)") }
        }
        #expect(pairs >= 3)
    }

    @Test func whatWasEnteredInErrorIsVoid() throws {
        if Samples.isMissing() { return }
        for name in ["sample_CO_20240403.fhir", "sample_SR_ENTEREDINERROR_20240904-0001.fhir"] {
            #expect(try Self.reports(name).map(\.status) == [.void], "\(name)")
        }
        let report = try #require(try Self.reports("sample_CO_20240403.hl7").first)
        #expect(report.status == .corrected)
        #expect(report.observations.filter(\.isWithdrawn).count == 3)
    }

    @Test func aFinalOrderWithAPreliminaryResultIsPreliminary() throws {
        if Samples.isMissing() { return }
        #expect(try Self.reports("realm-cj.hl7").map(\.status) == [.preliminary])
    }

    @Test func ordersOfOneCodeAreToldApartByPosition() throws {
        if Samples.isMissing() { return }
        for name in ["sample_oru_CDPH_NBS_20241021-001.hl7", "sample_oru_CDPH_NBS_20241021-001.fhir"] {
            let reports = try Self.reports(name)
            #expect(reports.map(\.position) == [1, 1, 2], "\(name)")
            #expect(reports.map(\.service.code) == ["54089-8", "57086-1", "57086-1"], "\(name)")
            #expect(reports.allSatisfy { $0.fillerOrderNumber == nil && $0.placerOrderNumber == "123456" }, "\(name)")
        }
    }

    @Test func reportsReadBackFromOurOwnFHIRAreTheSame() throws {
        if Samples.isMissing() { return }
        let hl7 = try Samples.hl7().flatMap { try Mapping.hl7($0.bytes).submissions }
        let fhir = try Samples.fhir().flatMap { try Mapping.fhir($0.bytes).submissions }
        for submission in hl7 + fhir { try RoundTrip.check(submission.content) }
    }
}
