import Foundation

/// Who opens a request.
package struct ConsultationReading: Codable, Sendable, Equatable {
    package var request: String
    /// The expert's id of the roster, or the practitioner at the requester's node.
    package var practitioner: String
    package var unit: String?
    /// Whether its documents come along: one opening is one record in the audit ledger, however many there are.
    package var documents: Bool?

    package init(request: String, practitioner: String, unit: String? = nil, documents: Bool? = nil) {
        self.request = request
        self.practitioner = practitioner
        self.unit = unit
        self.documents = documents
    }
}

/// A request as it was opened.
///
/// This holds a person's data: it is shown to the reader and never logged.
package struct ConsultationFileInfo: Codable, Sendable, Equatable {
    package struct Attachment: Codable, Sendable, Equatable {
        package var contentType: String
        package var title: String
        package var sizeBytes: Int
        /// The document in Base64, where it was asked for.
        package var content: String?
    }

    package struct Report: Codable, Sendable, Equatable {
        package var attempt: Int
        package var version: Int
        package var expert: String
        package var expertName: String
        package var findings: String
        package var conclusion: String
        package var at: String
    }

    package var consultation: ConsultationInfo
    /// Whether the request's content lies at this node.
    package var isContentHere: Bool
    package var patientName: String?
    package var patientSex: String?
    package var patientBirthDate: String?
    package var clinicalSummary: String?
    package var reason: String?
    package var attachments: [Attachment]
    /// Every version of every attempt's report; where two attempts were reported, both.
    package var reports: [Report]

    init(_ file: ConsultationService.File, documents: Bool = false) {
        consultation = ConsultationInfo(file.record)
        isContentHere = file.content != nil
        patientName = file.content?.patient.name
        patientSex = file.content?.patient.sex
        patientBirthDate = file.content?.patient.birthDate
        clinicalSummary = file.content?.clinicalSummary
        reason = file.content?.reason
        attachments = (file.content?.attachments ?? []).map {
            Attachment(
                contentType: $0.contentType, title: $0.title, sizeBytes: $0.bytes.count,
                content: documents ? Data($0.bytes).base64EncodedString() : nil)
        }
        reports = file.reports.map {
            Report(
                attempt: $0.attempt, version: $0.version, expert: $0.report.expert, expertName: $0.report.expertName,
                findings: $0.report.text.findings, conclusion: $0.report.text.conclusion, at: $0.time.description)
        }
    }
}
