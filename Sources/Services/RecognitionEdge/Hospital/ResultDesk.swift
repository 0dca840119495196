import EdgeKit
import Effects
import FHIR
import Recognition
import ServiceKit

/// Answers hospitals' systems that ask for a patient's results over FHIR: searches, and single reports.
struct ResultDesk: Sendable {
    let recognition: RecognitionService
    let memory: SearchMemory
    let failures: FailureCatalogue
    let time: any TimeSource

    init(_ recognition: RecognitionService, failures: FailureCatalogue, time: any TimeSource) {
        self.recognition = recognition
        self.failures = failures
        self.time = time
        memory = SearchMemory(time: time)
    }

    var now: WallTime { time.wallTime }
}

extension ResultDesk {
    /// What is known of a patient, with the identifier under which it was found.
    struct Found: Sendable {
        var identifier: PatientIdentifier
        var findings: RecognitionService.Findings
    }

    /// Looks for a patient's results here and above, on an access statement.
    ///
    /// Where a number may be of several types, the first that finds something counts.
    func find(_ identifiers: [PatientIdentifier], _ ground: Asking) async throws -> Found {
        var last: Found?
        for identifier in identifiers {
            let findings = try await recognition.find(ground, about: [identifier])
            let found = Found(identifier: identifier, findings: findings)
            if !findings.answer.summaries.isEmpty { return found }
            last = found
        }
        guard let last else {
            throw FHIRRefusal(400, .value, "the identifier has no value", expression: "patient.identifier")
        }
        return last
    }

    /// A result that was found, opened or not.
    enum Opened: Sendable {
        case report(ReportSummary, RecognitionService.OpenedReport)
        case failed(ReportSummary, code: String)
    }

    /// Opens results where they lie, a few at a time, in their order.
    func open(_ summaries: [(summary: ReportSummary, found: Found)]) async -> [Opened] {
        return await withTaskGroup(of: (Int, Opened).self) { group in
            var waiting = summaries.enumerated().makeIterator()
            var results = [Opened?](repeating: nil, count: summaries.count)
            func addNext() {
                guard let (index, (summary, found)) = waiting.next() else { return }
                let statement = found.findings.statement
                group.addTask { [recognition] in
                    do {
                        let report = try await recognition.open(summary.entry, statement: statement)
                        return (index, .report(summary, report))
                    } catch {
                        return (index, .failed(summary, code: (error as? Failure)?.code.rawValue ?? "internal"))
                    }
                }
            }
            for _ in 0..<Limits.resultsOpenedAtOnce { addNext() }
            for await (index, opened) in group {
                results[index] = opened
                addNext()
            }
            return results.compactMap { $0 }
        }
    }

    static func metadata(_ summary: ReportSummary) -> FHIRReportMetadata {
        FHIRReportMetadata(
            resourceID: summary.fields.reportKey, version: summary.fields.version,
            issuer: summary.entry.author.rawValue, entryID: summary.entry.description,
            isRecognisable: summary.isRecognisable)
    }

    func writer(_ request: EdgeRequest) -> FHIRReportWriter {
        FHIRReportWriter(baseURL: request.baseURL)
    }

    func note(_ summaries: [ReportSummary], _ found: Found, _ ground: Asking, _ call: EdgeCall) {
        memory.note(
            summaries.map { memoryKey($0.fields.reportKey, ground, call) }, about: found.identifier,
            on: found.findings.statement.statement)
    }

    func memoryKey(_ reportKey: String, _ ground: Asking, _ call: EdgeCall) -> SearchMemory.Key {
        SearchMemory.Key(
            system: call.principal.system, practitioner: ground.practitioner, purpose: ground.purpose,
            reportKey: reportKey)
    }
}
