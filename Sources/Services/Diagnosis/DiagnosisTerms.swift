package import Effects
import SwiftProtobuf
import WorkflowKit

/// What was agreed about a diagnosis when it was asked for.
package struct DiagnosisTerms: CaseTerms {
    /// A kind of the region's `diagnosisLevels`, such as `ecg-emergency`.
    package var kind: String
    package var specialty: String
    package var modality: DiagnosisModality
    package var priority: DiagnosisPriority
    package var madeTime: WallTime
    package var claimSeconds: UInt32
    package var reportSeconds: UInt32
    /// From the draft to the audit; none where nobody audits.
    package var auditSeconds: UInt32?
    package var graceSeconds: UInt32

    package init(_ level: DiagnosisLevel, madeTime: WallTime) {
        kind = level.kind
        specialty = level.specialty
        modality = level.modality
        priority = level.priority
        self.madeTime = madeTime
        claimSeconds = level.claimSeconds
        reportSeconds = level.reportSeconds
        auditSeconds = level.auditSeconds
        graceSeconds = level.graceSeconds
    }

    package var topic: String { modality.rawValue }

    /// - Throws: `diagnosis.malformed`, `wire.outOfRange`.
    package init(bytes: [UInt8]) throws {
        guard let message = try? PBDiagnosisTerms(serializedBytes: bytes),
            let modality = message.modality.isEmpty ? .imaging : DiagnosisModality(rawValue: message.modality),
            let priority = message.priority.isEmpty ? .routine : DiagnosisPriority(rawValue: message.priority)
        else { throw Failure("diagnosis.malformed", "the terms of a diagnosis cannot be read") }
        kind = message.kind
        specialty = message.specialty
        self.modality = modality
        self.priority = priority
        madeTime = try PeerNumber.time(message.madeAt, "the time of a request")
        claimSeconds = try DiagnosisLevel.seconds(PeerNumber.label(message.claimSeconds))
        reportSeconds = try DiagnosisLevel.seconds(PeerNumber.label(message.reportSeconds))
        auditSeconds =
            message.hasAuditSeconds ? try DiagnosisLevel.seconds(PeerNumber.label(message.auditSeconds)) : nil
        graceSeconds = try DiagnosisLevel.seconds(PeerNumber.label(message.graceSeconds))
    }

    package func encoded() throws -> [UInt8] {
        var message = PBDiagnosisTerms()
        message.kind = kind
        message.specialty = specialty
        message.modality = modality.rawValue
        message.priority = priority.rawValue
        message.madeAt = madeTime.milliseconds
        message.claimSeconds = claimSeconds
        message.reportSeconds = reportSeconds
        if let auditSeconds { message.auditSeconds = auditSeconds }
        message.graceSeconds = graceSeconds
        return try message.serializedBytes()
    }
}
