package import Effects
import Foundation
package import Recognition

/// A result that was opened and verified.
///
/// This holds a person's data: it is shown to the asker and never logged.
package struct OpenedRecordInfo: Codable, Sendable, Equatable {
    package struct Observation: Codable, Sendable, Equatable {
        package var code: String
        package var name: String
        /// In the lexical form in which it was sent.
        package var value: String
        package var valueType: String
        package var unit: String?
        package var referenceRange: String?
        package var flags: [String]
        package var status: String
        package var notes: [String]
        /// The institution took it back; it has no value any more.
        package var isWithdrawn: Bool
        /// It is not final yet, however the report stands.
        package var isPreliminary: Bool
    }

    package struct Attachment: Codable, Sendable, Equatable {
        package var contentType: String
        package var title: String
        package var sizeBytes: Int
        /// It travels beside the report, under this name; `nil` where it stands in the report.
        package var attachment: String?
        /// The institution took it back.
        package var isWithdrawn: Bool
        /// The document in Base64, where it was asked for and is here.
        package var content: String?
        /// Why a document that was asked for does not come yet.
        package var absence: ProblemInfo?
    }

    package struct Identifier: Codable, Sendable, Equatable {
        package var type: String
        package var authority: String
        package var value: String
    }

    package var entry: String
    package var author: String
    package var authorTime: String
    /// The first node on the way that held it.
    package var servedBy: String
    package var reportKey: String
    package var version: Int
    package var status: String
    package var institution: String
    package var patientName: String?
    package var patientSex: String?
    package var patientBirthDate: String?
    package var patientIdentifiers: [Identifier]
    package var fillerOrderNumber: String?
    package var placerOrderNumber: String?
    package var serviceCode: String
    package var serviceName: String
    package var category: String
    package var observedTime: String?
    package var issuedTime: String?
    package var observations: [Observation]
    /// Codes of the region's catalogue under which it may be recognised.
    package var items: [String]
    package var notes: [String]
    /// Shown, never recognised.
    package var conclusion: String?
    package var attachments: [Attachment]
    package var orderedBy: String?
    package var performedBy: String?
    /// The access statement on which it was opened; none for a proof file.
    package var statement: String?
    /// The seal of the batch, the entry's place in it and the author's key held.
    package var isVerified: Bool

    package init(_ opened: RecognitionService.OpenedReport, statement: String?) {
        let content = opened.content
        entry = opened.entry.id.description
        author = opened.entry.author.rawValue
        authorTime = opened.entry.authorTime.description
        servedBy = opened.servedBy.rawValue
        reportKey = opened.fields.reportKey
        version = opened.fields.version
        status = opened.fields.status.word
        institution = content.institution
        patientName = content.patient.name
        patientSex = content.patient.sex
        patientBirthDate = content.patient.birthDate
        patientIdentifiers = content.patient.identifiers.map {
            Identifier(type: $0.type, authority: $0.authority, value: $0.value)
        }
        fillerOrderNumber = content.fillerOrderNumber
        placerOrderNumber = content.placerOrderNumber
        serviceCode = content.service.code
        serviceName = content.service.display
        category = content.category.word
        observedTime = content.observedTime.map(ReportedTime.text)
        issuedTime = content.issuedTime.map(ReportedTime.text)
        observations = content.observations.map { item in
            // The value of a line that was taken back is shown to nobody; its letter says what became of it.
            Observation(
                code: item.code.code, name: item.code.display, value: item.isWithdrawn ? "" : item.value,
                valueType: item.valueType,
                unit: item.unit?.display, referenceRange: item.referenceRange, flags: item.flags,
                status: item.status, notes: item.notes, isWithdrawn: item.isWithdrawn,
                isPreliminary: LineStatus.isOpen(item.status))
        }
        items = opened.fields.lines.map(\.item)
        notes = content.notes
        conclusion = content.conclusion
        attachments = content.attachments.map {
            Attachment(
                contentType: $0.contentType, title: $0.title, sizeBytes: $0.sizeBytes,
                attachment: $0.manifest?.digest(suite: opened.suite).hex, isWithdrawn: $0.isWithdrawn)
        }
        orderedBy = content.orderedBy
        performedBy = content.performedBy
        self.statement = statement
        // An opened report exists only where every check held.
        isVerified = true
    }
}
