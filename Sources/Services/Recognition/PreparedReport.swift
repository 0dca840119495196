import Effects
import Ledgers
import Regions
import ServiceKit
import Trust
import Wire

/// A report with everything that can be computed outside the writer.
struct PreparedReport: Sendable {
    var submission: ReportSubmission
    /// As it is published where nothing stands: its documents beside it.
    var content: ReportContent
    var payload: [UInt8]
    /// What the content's digest may be here: as it is published now, and with its documents inside.
    var digests: [[UInt8]]
    /// By the leading identifier in the current epoch first; the others find what was published under them.
    var identities: [ReportIdentity]
    var patientKeys: [PatientKeyReference]
    /// Of earlier epochs.
    var earlierKeys: [PatientKeyReference]
    /// Which of the current keys tell that one person has them.
    var identifying: UInt64
    /// Which of the current keys are of identifiers that are no longer in use.
    var former: UInt64
    var marks: DemographicMarks
    var occurrence: ReportIdentity.Occurrence
    var notices: [PublishNotice]
}

extension RecognitionService {
    /// - Parameter occurrence: among the reports of its message with the same number and service.
    /// - Throws: `recognition.noPatient`, `patient.emptyIdentifier` where the patient has nothing but place-holders,
    ///   `recognition.noOrderNumber`, `patientKey.noSecret`.
    func prepare(
        _ submission: ReportSubmission, occurrence: ReportIdentity.Occurrence
    ) async throws -> PreparedReport {
        var content = submission.content
        // Number, service and time tell reports apart; the place in one message is no part of what was reported.
        content.position = 1
        let person = try person(of: content)
        let published = try await staged(content)
        let suite = context.region.suite
        let payload = try published.wireBytes()
        var digests = [suite.digest(payload).bytes]
        // Documents of a few MiB may have been published inside the report.
        if published != content, content.attachments.reduce(0, { $0 + $1.bytes.count }) <= Limits.entryPayloadBytes {
            digests.append(suite.digest(try content.wireBytes()).bytes)
        }
        let identities = try (person.current + person.earlier).map {
            try ReportIdentity(
                content, isProduction: submission.isProduction, occurrence: occurrence, digests: digests, patient: $0)
        }
        return PreparedReport(
            submission: submission, content: published, payload: payload, digests: digests, identities: identities,
            patientKeys: person.current, earlierKeys: person.earlier, identifying: person.identifying,
            former: person.former,
            marks: try DemographicSketch(content.patient).marks(of: person.current, context.patientKeys),
            occurrence: occurrence, notices: person.notices)
    }

    private struct Person {
        var current: [PatientKeyReference] = []
        var earlier: [PatientKeyReference] = []
        var identifying: UInt64 = 0
        var former: UInt64 = 0
        var notices: [PublishNotice] = []
    }

    private func person(of content: ReportContent) throws -> Person {
        var identifiers = content.patient.identifiers
        guard !identifiers.isEmpty else {
            throw Failure(
                "recognition.noPatient", "the report names no patient", remedy: "send PID-3 (FHIR: Patient.identifier)")
        }
        guard identifiers.count <= Limits.personIdentifiers else {
            throw Failure(
                "recognition.tooManyIdentifiers",
                "the report names its patient by more than \(Limits.personIdentifiers) identifiers",
                remedy: "send the identifiers that are in use")
        }
        // What is in use leads, a citizen identity number first.
        identifiers = identifiers.filter { !$0.isFormer } + identifiers.filter(\.isFormer)
        if let citizen = identifiers.firstIndex(where: { $0.type == PatientIdentifier.citizenIDType && !$0.isFormer }) {
            identifiers.swapAt(0, citizen)
        }
        var person = Person()
        let now = context.now
        for item in identifiers {
            guard let key = try context.patientKeys.current(of: item, within: content.institution, at: now) else {
                if person.notices.isEmpty { person.notices.append(PublishNotice(.placeholder)) }
                continue
            }
            if person.current.count < UInt64.bitWidth {
                let bit: UInt64 = 1 << UInt64(person.current.count)
                if item.isFormer { person.former |= bit } else if item.namesItsIssuer { person.identifying |= bit }
            }
            person.current.append(key)
            person.earlier += try context.patientKeys.others(of: item, within: content.institution, at: now)
        }
        guard !person.current.isEmpty else { throw PatientIdentifier.namesNobody }
        if !identifiers.contains(where: { $0.reach != .nobody && !$0.isFormer }) {
            person.notices.append(PublishNotice(.formerIdentifiers))
        }
        return person
    }

    /// What reads the catalogue's items out of a report.
    var lineReader: @Sendable (ReportContent) -> [ReportLine] {
        let rules = rulebook.current
        let configuration = context.region.current
        let now = context.now
        return { content in
            guard !rules.rules.items.isEmpty else { return [] }
            let unit = RecognitionMatcher.issuer(named: content.institution, in: configuration)
            // Without a readable time the item is known by today's catalogue, and is never recognised.
            let time = ReportTime.stated(issued: content.issuedTime, observed: content.observedTime) ?? now
            return ReportLines(rules).lines(of: content, issuedBy: unit?.id, at: time)
        }
    }
}
