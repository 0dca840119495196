import Effects
import SwiftProtobuf
import Testing
import Wire

@testable import Recognition
@testable import ServiceKit
@testable import Trust

/// What a node writes by hand for every report, against the generated code.
struct ReportBytesTests {
    private static func text(_ random: SeededRandom) -> String {
        let letters = Array("aZ9 医联血糖µ≤\u{301}")
        return String(
            (0..<random.number(below: 40)).map { _ in letters[Int(random.number(below: UInt64(letters.count)))] })
    }

    private static func optional(_ random: SeededRandom) -> String? {
        random.number(below: 2) == 0 ? nil : text(random)
    }

    private static func coding(_ random: SeededRandom) -> Coding {
        Coding(
            codes: (0..<random.number(below: 3)).map { _ in
                Coding.Code(code: text(random), display: text(random), system: text(random))
            }, text: optional(random))
    }

    private static func content(_ random: SeededRandom) -> ReportContent {
        ReportContent(
            institution: text(random),
            patient: PatientDemographics(
                identifiers: (0..<random.number(below: 3)).map { _ in
                    PatientIdentifier(type: text(random), authority: text(random), value: text(random))
                }, name: optional(random), birthDate: optional(random), sex: optional(random)),
            fillerOrderNumber: optional(random), placerOrderNumber: optional(random), service: coding(random),
            position: Int(random.number(below: 400)), status: .corrected, category: .laboratory,
            observedTime: optional(random), issuedTime: optional(random),
            specimens: (0..<random.number(below: 3)).map { _ in coding(random) },
            observations: (0..<random.number(below: 12)).map { _ in
                ReportedObservation(
                    setID: text(random), code: coding(random), subID: optional(random), valueType: text(random),
                    value: text(random), valueCoding: random.number(below: 2) == 0 ? nil : coding(random),
                    unit: random.number(below: 2) == 0 ? nil : coding(random), referenceRange: optional(random),
                    flags: (0..<random.number(below: 3)).map { _ in text(random) }, status: text(random),
                    method: optional(random), observedTime: optional(random),
                    notes: (0..<random.number(below: 3)).map { _ in text(random) }, details: details(random))
            }, notes: (0..<random.number(below: 3)).map { _ in text(random) },
            conclusions: (0..<random.number(below: 3)).map { _ in
                ReportedObservation(
                    setID: text(random), code: coding(random), valueType: "TX", value: text(random),
                    status: text(random))
            },
            attachments: (0..<random.number(below: 2)).map { _ in
                ReportAttachment(
                    contentType: "application/pdf", title: text(random), bytes: random.bytes(300),
                    code: random.number(below: 2) == 0 ? nil : coding(random), subID: optional(random),
                    status: text(random))
            }, orderedBy: optional(random), performedBy: optional(random),
            parent: random.number(below: 2) == 0
                ? nil
                : ParentResult(
                    code: random.number(below: 2) == 0 ? nil : coding(random), subID: optional(random),
                    value: optional(random), fillerOrderNumber: optional(random),
                    placerOrderNumber: optional(random)),
            details: details(random))
    }

    private static func details(_ random: SeededRandom) -> [ReportDetail] {
        (0..<random.number(below: 3)).map { _ in ReportDetail(name: text(random), value: text(random)) }
    }

    @Test("a report's bytes are those of the generated code")
    func contents() throws {
        let random = SeededRandom(seed: 31)
        for _ in 0..<300 {
            var content = Self.content(random)
            for place in content.observations.indices { content.observations[place].isInherited = place % 2 == 0 }
            for place in content.attachments.indices { content.attachments[place].isInherited = true }
            let generated = try content.wire().serializedBytes() as [UInt8]
            #expect(try content.wireBytes() == generated)
            let copy = try ReportContent(wireBytes: generated)
            #expect(try copy.wireBytes() == generated)
        }
    }

    @Test("a header's fields are written and read as by the generated code, with fields of the future passed over")
    func fields() throws {
        let random = SeededRandom(seed: 32)
        for number in 0..<200 {
            let submission = ReportSubmission(
                content: Self.content(random), format: number % 3 == 0 ? .hl7v2 : .fhir, messageID: "1",
                isProduction: number % 2 == 0)
            let keys = try (0..<Int(random.number(below: 3))).map { _ in
                PatientKeyReference(epoch: 7, key: try #require(PatientKey(bytes: random.bytes(32))))
            }
            let mark = { UInt32(random.number(below: 1 << 32) >> random.number(below: 40)) }
            let fields = ReportFields(
                submission, reportKey: Self.text(random), patientKeys: keys, version: number,
                marks: DemographicMarks(name: mark(), birthDate: mark(), sex: mark()))
            let bytes = try fields.encoded()
            let message = try PBRecognitionReportFields(serializedBytes: bytes)
            #expect(try message.serializedBytes() as [UInt8] == bytes)
            #expect(message.reportKey == fields.reportKey)
            #expect(message.patientKeys.map { [UInt8]($0.key) } == keys.map(\.key.bytes))
            #expect(Int(message.version) == number)
            #expect(message.marks.birthDate == fields.marks.birthDate)
            #expect(try ReportFields(bytes: bytes).marks == fields.marks)
            var later = ProtobufWriter()
            later.text(900, "a later version's field")
            later.fixed64(901, 5)
            #expect(try ReportFields(bytes: bytes + later.bytes).encoded() == bytes)
        }
        #expect(throws: Failure("report.malformed", "")) { try ReportFields(bytes: []) }
        #expect(throws: Failure("report.malformed", "")) { try ReportFields(bytes: [0x40, 0x63]) }
    }
}
