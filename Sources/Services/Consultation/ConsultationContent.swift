import Effects
package import ServiceKit

/// A document that goes with a request: an ECG's waveform or its PDF.
package struct ConsultationAttachment: Sendable, Equatable {
    package var contentType: String
    package var title: String
    package var bytes: [UInt8]

    package init(contentType: String, title: String, bytes: [UInt8]) {
        self.contentType = contentType
        self.title = title
        self.bytes = bytes
    }
}

/// What a requester tells the expert: the payload of a request, for those up to the city and the claimant.
package struct ConsultationContent: Sendable, Equatable {
    package var patient: PatientDemographics
    package var clinicalSummary: String
    /// What is asked.
    package var reason: String
    package var attachments: [ConsultationAttachment]
    /// The hospital system's own number of the order; empty where there is none.
    package var orderNumber: String
    /// On what passing the data on rests; signed by the requester's node.
    package var statement: SignedAccessStatement?

    package init(
        patient: PatientDemographics, clinicalSummary: String, reason: String,
        attachments: [ConsultationAttachment] = [], orderNumber: String = ""
    ) {
        self.patient = patient
        self.clinicalSummary = clinicalSummary
        self.reason = reason
        self.attachments = attachments
        self.orderNumber = orderNumber
    }

    private static let identifiersCount = 16
    private static let attachmentsCount = 32

    /// - Throws: `consultation.noPatient`, `consultation.tooLarge`.
    func check() throws {
        guard !patient.identifiers.isEmpty, patient.identifiers.count <= Self.identifiersCount else {
            throw Failure(
                "consultation.noPatient", "a request needs 1 to \(Self.identifiersCount) identifiers of the patient",
                remedy: "give the identity number, or a number of the hospital's own")
        }
        let attached = attachments.reduce(0) { $0 + $1.bytes.count }
        guard attachments.count <= Self.attachmentsCount, attached <= Limits.entryAttachmentBytes else {
            throw Failure(
                "consultation.tooLarge", "the attachments have more than \(Limits.entryAttachmentBytes) bytes together",
                remedy: "send the PDF, or a compressed waveform")
        }
        guard [clinicalSummary, reason].allSatisfy({ $0.utf8.count <= Limits.textFieldBytes }) else {
            throw Failure(
                "consultation.tooLarge", "summary and reason may have \(Limits.textFieldBytes) bytes each",
                remedy: "send a longer text as an attachment")
        }
    }
}
