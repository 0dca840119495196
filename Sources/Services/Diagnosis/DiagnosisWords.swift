package import Ledgers
package import WorkflowKit

/// Where an attempt at a diagnosis stands.
package enum DiagnosisState: String, CaseWord {
    /// Somebody has asked; no centre has taken it on yet.
    case requested
    case opened
    case offered
    case claimed
    /// The reader wants more of whoever asked; no clock runs.
    case supplementing
    /// A first reader has written what they see; a second one is to audit it.
    case preliminary
    case reported
    /// Whoever asked has taken note of the report.
    case acknowledged
    /// A prior report answers what was asked.
    case recognised
    case escalated
    /// The centre gave it up because another attempt was answered.
    case withdrawn
    /// Whoever asked took it back.
    case cancelled
    /// The report was a mistake and counts no more.
    case voided
}

/// What happens to an attempt at a diagnosis; each is an entry of its own kind.
package enum DiagnosisEvent: String, CaseWord {
    case opened, offered, claimed, handedBack, supplementAsked, supplemented
    /// What the reader says of the images or specimens, for whoever took them.
    case graded
    case drafted, audited, reported, acknowledged, recognised, escalated, withdrawn, cancelled, voided
    /// Of specimens, by their barcodes.
    case collected, dispatched, received, rejected
}

/// In which role somebody acts.
package enum DiagnosisRole: String, CaseWord {
    /// Whoever asks, at the node where the patient is.
    case requester
    /// The node whose dispatch desk took the attempt on.
    case home
    /// An expert of the home's roster.
    case reader
    /// Another expert of that roster who may audit.
    case auditor
    /// Whoever receives specimens, at the home.
    case bench
    /// The region's dispatcher.
    case dispatcher
}

/// How urgent a diagnosis is.
package enum DiagnosisPriority: String, CaseIterable, Sendable {
    case emergency, urgent, routine
}

/// What is examined.
package enum DiagnosisModality: String, CaseIterable, Sendable {
    case imaging, ecg, ultrasound, laboratory, pathology
}

/// Why an attempt was given up.
package enum DiagnosisReason: String, CaseIterable, Sendable {
    case noExpert, claimDeadline, reportDeadline, auditDeadline, answeredElsewhere
}

extension EntryKind {
    package static let diagnosisRequested = EntryKind(270)
    package static let diagnosisOpened = EntryKind(271)
    package static let diagnosisOffered = EntryKind(272)
    package static let diagnosisClaimed = EntryKind(273)
    package static let diagnosisHandedBack = EntryKind(274)
    package static let diagnosisSupplementAsked = EntryKind(275)
    package static let diagnosisSupplemented = EntryKind(276)
    package static let diagnosisGraded = EntryKind(277)
    package static let diagnosisDrafted = EntryKind(278)
    package static let diagnosisAudited = EntryKind(279)
    package static let diagnosisReported = EntryKind(280)
    package static let diagnosisAcknowledged = EntryKind(281)
    package static let diagnosisRecognised = EntryKind(282)
    package static let diagnosisEscalated = EntryKind(283)
    package static let diagnosisWithdrawn = EntryKind(284)
    package static let diagnosisCancelled = EntryKind(285)
    package static let diagnosisVoided = EntryKind(286)
    package static let diagnosisCollected = EntryKind(287)
    package static let diagnosisDispatched = EntryKind(288)
    package static let diagnosisReceived = EntryKind(289)
    package static let diagnosisRejected = EntryKind(290)
}

package typealias DiagnosisID = CaseID<DiagnosisWorkflow>
package typealias DiagnosisRecord = CaseRecord<DiagnosisWorkflow>
package typealias DiagnosisCommand = CaseCommand<DiagnosisWorkflow>
package typealias DiagnosisReceipt = CaseReceipt<DiagnosisWorkflow>
