import Recognition
import RecognitionTestKit
import ServiceKit
import Testing
import YilianTestKit

/// A report as a laboratory sends it, in few words.
struct Sent {
    var number: String? = "F1"
    var service = "CBC"
    var status: ReportStatus = .final
    /// Minutes after 08:00 of 2026-03-28, long past on any clock.
    var issued: Int? = 0
    var collected: String? = "20260328081500"
    var lines: [(setID: String, code: String, value: String, letter: String)] = []
    var conclusion: (value: String, letter: String)?
    var patient = PatientIdentifier(type: "MR", authority: "HUNT", value: "HN1")
    var others: [PatientIdentifier] = []
    var format: ReportSubmission.Format = .hl7v2
    var isProduction = true

    func submission(_ unit: String) -> ReportSubmission {
        ReportSubmission(
            content: ReportContent(
                institution: unit, patient: PatientDemographics(identifiers: [patient] + others, name: "测试"),
                fillerOrderNumber: number, service: Coding(codes: [.init(code: service, system: "L")]),
                status: status, category: .laboratory, observedTime: collected,
                issuedTime: issued.map { "2026032808" + ($0 < 10 ? "0" : "") + "\($0)00" },
                observations: lines.map { line in
                    ReportedObservation(
                        setID: line.setID, code: Coding(codes: [.init(code: line.code, system: "LN")]),
                        valueType: "NM", value: line.value, status: line.letter)
                },
                conclusions: conclusion.map { said in
                    var line = ReportedObservation.conclusion(said.value)
                    line.status = said.letter
                    return [line]
                } ?? []),
            format: format, messageID: "1", isProduction: isProduction)
    }
}

extension TestNode {
    func send(_ reports: Sent...) async throws -> [PublishOutcome] {
        try await recognition.publish(reports.map { $0.submission(id) })
    }

    func results(
        of patient: PatientIdentifier = Sent().patient, unit: String? = nil
    ) async throws -> RecognitionService.Findings {
        try await recognition.find(
            Asking(practitioner: "张医生", organizationUnit: unit ?? id, purpose: .treatment, order: "O-1"),
            about: [patient])
    }

    /// The lines that stand of the person's only result.
    func lines(of patient: PatientIdentifier = Sent().patient) async throws -> [String] {
        let content = try await content(of: patient)
        return content.standingObservations.map { "\($0.code.code)=\($0.value)" }
    }

    func content(of patient: PatientIdentifier = Sent().patient) async throws -> ReportContent {
        let found = try await results(of: patient)
        let only = try #require(found.answer.summaries.first)
        #expect(found.answer.summaries.count == 1)
        return try await recognition.open(only.entry, statement: found.statement).content
    }

    func history() async throws -> [String] {
        let asking = Asking(practitioner: "张医生", organizationUnit: id, purpose: .treatment, order: "O-1")
        return try await recognition.versions(asking, about: [Sent().patient]).answer.summaries.map {
            "\($0.fields.version) \($0.fields.status.word)\($0.isVoid ? " void" : "")"
        }
    }
}
