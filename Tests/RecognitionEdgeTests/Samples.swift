import FHIR
import Foundation
import HL7
import Recognition
import Testing

@testable import RecognitionEdge

/// The real messages of the folder that `YILIAN_SAMPLES` names.
enum Samples {
    static let folder = ProcessInfo.processInfo.environment["YILIAN_SAMPLES"].flatMap { $0.isEmpty ? nil : $0 }

    /// Says loudly, once per test that needs them, that the samples are not there.
    static func isMissing(_ test: String = #function) -> Bool {
        guard folder == nil else { return false }
        print("*** YILIAN_SAMPLES IS NOT SET: \(test) looks at this project's own messages only ***")
        return true
    }

    static func files(under name: String, ending suffix: String) throws -> [(name: String, bytes: [UInt8])] {
        guard let folder else { return [] }
        let path = folder + "/" + name
        return try FileManager.default.contentsOfDirectory(atPath: path).sorted().filter { $0.hasSuffix(suffix) }
            .map { ($0, Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + $0)))) }
    }

    static func hl7() throws -> [(name: String, bytes: [UInt8])] { try files(under: "hl7v2", ending: ".hl7") }
    static func fhir() throws -> [(name: String, bytes: [UInt8])] { try files(under: "fhir", ending: ".fhir") }
}

/// Short ways to map texts.
enum Mapping {
    static let now = WallTimes.now
    static let hl7Mapper = HL7ReportMapper(institution: "inst", now: now)
    static let fhirMapper = FHIRReportMapper(institution: "inst", now: now)

    static func hl7(_ bytes: [UInt8]) throws -> HL7ReportMapping {
        hl7Mapper.map(try HL7Message.parse(bytes, defaultEncoding: .utf8))
    }

    static func hl7(_ text: String) throws -> HL7ReportMapping { try hl7(Array(text.utf8)) }

    static func fhir(_ bytes: [UInt8]) throws -> FHIRReportMapping {
        fhirMapper.map(try FHIRResource.parse(bytes))
    }

    static func fhir(_ text: String) throws -> FHIRReportMapping { try fhir(Array(text.utf8)) }
}
