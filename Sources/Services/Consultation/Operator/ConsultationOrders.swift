/// What somebody fills in to ask for a remote diagnosis.
package struct ConsultationOrder: Codable, Sendable, Equatable {
    package struct Attachment: Codable, Sendable, Equatable {
        package var contentType: String
        package var title: String
        /// In base 64.
        package var content: String

        package init(contentType: String, title: String, content: String) {
            self.contentType = contentType
            self.title = title
            self.content = content
        }
    }

    /// A kind of the region's service levels, such as `ecg-emergency`.
    package var kind: String
    package var identifierType: String
    package var identifierAuthority: String
    package var identifier: String
    package var patientName: String
    package var patientSex: String?
    package var patientBirthDate: String?
    package var clinicalSummary: String
    /// What is asked.
    package var reason: String
    package var practitioner: String
    package var unit: String?
    package var consent: String?
    package var breakGlassReason: String?
    /// The hospital system's own number.
    package var orderNumber: String?
    package var attachments: [Attachment]

    package init(
        kind: String, identifierType: String = "citizenID", identifierAuthority: String = "CN", identifier: String,
        patientName: String, patientSex: String? = nil, patientBirthDate: String? = nil, clinicalSummary: String,
        reason: String, practitioner: String, unit: String? = nil, consent: String? = nil,
        breakGlassReason: String? = nil, orderNumber: String? = nil, attachments: [Attachment] = []
    ) {
        self.kind = kind
        self.identifierType = identifierType
        self.identifierAuthority = identifierAuthority
        self.identifier = identifier
        self.patientName = patientName
        self.patientSex = patientSex
        self.patientBirthDate = patientBirthDate
        self.clinicalSummary = clinicalSummary
        self.reason = reason
        self.practitioner = practitioner
        self.unit = unit
        self.consent = consent
        self.breakGlassReason = breakGlassReason
        self.orderNumber = orderNumber
        self.attachments = attachments
    }
}

/// A request that was made.
package struct ConsultationCreation: Codable, Sendable, Equatable {
    package var request: String
    /// The same order had made this request before.
    package var isDuplicate: Bool
}

/// A command about a request: a claim, a report, an acknowledgement.
package struct ConsultationAction: Codable, Sendable, Equatable {
    package var request: String
    package var attempt: Int?
    /// The expert's id of the roster, or the practitioner who acknowledges.
    package var actor: String
    package var findings: String?
    package var conclusion: String?

    package init(
        request: String, attempt: Int? = nil, actor: String, findings: String? = nil, conclusion: String? = nil
    ) {
        self.request = request
        self.attempt = attempt
        self.actor = actor
        self.findings = findings
        self.conclusion = conclusion
    }
}

/// What the home answered to a command.
package struct ConsultationReceiptInfo: Codable, Sendable, Equatable {
    package var request: String
    package var attempt: Int
    package var home: String
    package var state: String
    package var entry: String
    package var actor: String
    package var time: String
    package var isDuplicate: Bool
    package var reportVersion: Int

    init(_ receipt: ConsultationReceipt) {
        request = receipt.id.description
        attempt = receipt.attempt
        home = receipt.home.rawValue
        state = receipt.state.rawValue
        entry = receipt.entry
        actor = receipt.actor
        time = receipt.time.description
        isDuplicate = receipt.isDuplicate
        reportVersion = receipt.writings
    }
}
