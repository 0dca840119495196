import RecognitionTestKit
import Testing
import YilianTestKit

/// Messages after the oddities of the public collections, all in one region, each about a patient of its own.
@Suite("Whatever carries an identity is taken", .serialized)
struct OddityTests {
    @Test("odd HL7 v2 messages are taken and come out as they went in")
    func hl7() async throws {
        #expect(OddHL7.all.count >= 40)
        try await Self.check(OddHL7.all)
    }

    @Test("odd FHIR messages are taken and come out as they went in")
    func fhir() async throws {
        #expect(OddFHIR.all.count >= 20)
        try await Self.check(OddFHIR.all)
    }

    private static func check(_ files: [MessageFile]) async throws {
        try await AcceptanceRegion.run { region in
            var versions = 0
            for file in files {
                versions += try file.reports.count
                try await region.deliver(file, versions: versions)
                versions = try await region.sender.reportCounts().versions
            }
            for file in files {
                let sent = try file.reports
                #expect(!sent.isEmpty, "\(file)")
                for patients in Set(sent.map(\.patients)) {
                    let found = try await region.found(patients, of: file)
                    Comparison(file: file).check(sent.filter { $0.patients == patients }, found)
                }
            }
        }
    }

    @Test("what carries no identity is refused with the place and the reason, and nothing is kept of it")
    func refusals() async throws {
        try await AcceptanceRegion.run { region in
            for refusal in OddRefusal.all {
                let text: String
                if refusal.file.isFHIR {
                    let answer = try await region.sending.post(refusal.file.bytes)
                    #expect((400..<500).contains(answer.status), "\(refusal): \(answer.status)")
                    #expect(answer.text.contains("OperationOutcome"), "\(refusal)")
                    text = answer.text
                } else {
                    text = try await region.sending.mllp([refusal.file.bytes])[0]
                    #expect(text.contains("MSA|AE|") || text.contains("MSA|AR|"), "\(refusal): \(text)")
                }
                #expect(text.contains(refusal.place), "\(refusal): \(text)")
            }
            #expect(try await region.sender.reportCounts().versions == 0)
        }
    }

    @Test(
        "of a void and a final twin that do not say when, the later counts", arguments: [true, false], [true, false])
    func voidTwin(isHL7First: Bool, isHL7Void: Bool) async throws {
        let name = "twin"
        let hl7 = OddHL7.message(
            name,
            [
                "OBR|1||F-@|718-7^^LN||||||||||||||||||||||\(isHL7Void ? "X" : "F")",
                "OBX|1|NM|718-7^Hemoglobin^LN||1.0|g/L|||||F",
            ])
        let fhir = OddFHIR.bundle(
            name, report: #""status":"\#(isHL7Void ? "final" : "entered-in-error")""#,
            results: OddFHIR.reference("Observation/a"),
            entries: [OddFHIR.observation("a", #""valueQuantity":{"value":1.0,"unit":"g/L"}"#)])
        let (first, second) = isHL7First ? (hl7, fhir) : (fhir, hl7)
        let isVoid = try #require(try second.reports.first).isVoid
        try await AcceptanceRegion.run { region in
            try await region.deliver(first, versions: 1)
            try await region.deliver(second, versions: 2)
            let found = try await region.found(try first.reports[0].patients, of: first)
            #expect(found.summaries.map(\.isVoid) == [isVoid])
            #expect(found.answers.map(\.isVoid) == [isVoid])
            #expect(found.summaries.allSatisfy { $0.isRecognisable != isVoid })
        }
    }
}
