/// One version of a diagnostic report as its institution issued it: what a doctor elsewhere opens.
///
/// This is the *payload* of a recognition record. Every value keeps the lexical form of its message (`0.50`, `<0.01`);
/// nothing is rounded, converted or trimmed. The conclusion is carried and is never recognisable (国卫医发〔2022〕6号
/// Art. 2: results do not include the physician's diagnosis).
package struct ReportContent: Equatable, Sendable {
    /// The issuing institution: its 22-character code, or the org unit id of the listener that took the message.
    package var institution: String
    package var patient: PatientDemographics
    /// The laboratory's or department's number of this report (OBR-3).
    package var fillerOrderNumber: String?
    /// The orderer's number (OBR-2).
    package var placerOrderNumber: String?
    /// What was ordered (OBR-4).
    package var service: Coding
    /// Position of this report among those of its message and order number, from 1.
    package var position: Int
    package var status: ReportStatus
    package var category: ReportCategory
    /// When the specimen was taken or the examination done, as the message says it (`20260101083000+0800`).
    package var observedTime: String?
    /// When the report was issued, as the message says it.
    package var issuedTime: String?
    package var specimens: [Coding]
    package var observations: [ReportedObservation]
    package var notes: [String]
    /// The lines of the physician's conclusion, withdrawn ones among them; shown, never recognised.
    package var conclusions: [ReportedObservation]
    package var attachments: [ReportAttachment]
    /// Names of those who ordered, performed and signed, as the message gives them.
    package var orderedBy: String?
    package var performedBy: String?
    /// The result from which this one follows, as an antibiogram does from its organism.
    package var parent: ParentResult?
    /// What has clinical meaning and no field of its own.
    package var details: [ReportDetail]

    package init(
        institution: String, patient: PatientDemographics, fillerOrderNumber: String? = nil,
        placerOrderNumber: String? = nil, service: Coding, position: Int = 1, status: ReportStatus,
        category: ReportCategory, observedTime: String? = nil, issuedTime: String? = nil, specimens: [Coding] = [],
        observations: [ReportedObservation] = [], notes: [String] = [],
        conclusions: [ReportedObservation] = [], attachments: [ReportAttachment] = [], orderedBy: String? = nil,
        performedBy: String? = nil, parent: ParentResult? = nil, details: [ReportDetail] = []
    ) {
        self.institution = institution
        self.patient = patient
        self.fillerOrderNumber = fillerOrderNumber
        self.placerOrderNumber = placerOrderNumber
        self.service = service
        self.position = position
        self.status = status
        self.category = category
        self.observedTime = observedTime
        self.issuedTime = issuedTime
        self.specimens = specimens
        self.observations = observations
        self.notes = notes
        self.conclusions = conclusions
        self.attachments = attachments
        self.orderedBy = orderedBy
        self.performedBy = performedBy
        self.parent = parent
        self.details = details
    }
}

extension ReportContent {
    /// The physician's conclusion: the text of its lines that stand; shown, never recognised.
    package var conclusion: String? {
        conclusions.filter { !$0.isWithdrawn }.map(\.value).filter { !$0.isEmpty }.joined(separator: "\n").nonEmpty
    }

    /// The lines that stand.
    package var standingObservations: [ReportedObservation] { observations.filter { !$0.isWithdrawn } }

    /// The documents that stand.
    package var standingAttachments: [ReportAttachment] { attachments.filter { !$0.isWithdrawn } }
}

/// Where a report stands.
package enum ReportStatus: UInt8, Equatable, Sendable {
    /// P, I, R, S, A: shown as preliminary, never recognisable.
    case preliminary = 1
    case final = 2
    /// C: a new version that replaces the one before.
    case corrected = 3
    /// X, D, W, entered-in-error, cancelled: the report is void.
    case void = 4

    package var word: String {
        switch self {
        case .preliminary: "preliminary"
        case .final: "final"
        case .corrected: "corrected"
        case .void: "void"
        }
    }
}

/// The class of an examination.
package enum ReportCategory: UInt8, Equatable, Sendable {
    case other = 0
    case laboratory = 1
    case imaging = 2
    case ultrasound = 3
    case electrocardiogram = 4
    case pathology = 5

    package var word: String {
        switch self {
        case .other: "other"
        case .laboratory: "laboratory"
        case .imaging: "imaging"
        case .ultrasound: "ultrasound"
        case .electrocardiogram: "electrocardiogram"
        case .pathology: "pathology"
        }
    }
}
