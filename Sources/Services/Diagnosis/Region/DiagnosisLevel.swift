import Effects
import WorkflowKit

/// What is agreed about one kind of diagnosis: who reads it and by when.
package struct DiagnosisLevel: Hashable, Sendable {
    /// Such as `ct-routine`.
    package var kind: String
    package var name: String
    /// The specialty whose experts are offered the request.
    package var specialty: String
    package var modality: DiagnosisModality
    package var priority: DiagnosisPriority
    /// From the offer to the claim.
    package var claimSeconds: UInt32
    /// From the claim to the report or the draft.
    package var reportSeconds: UInt32
    /// From the draft to the audit by a second reader; none where nobody audits.
    package var auditSeconds: UInt32?
    /// How long past a deadline the dispatcher waits for the home before it opens another attempt.
    package var graceSeconds: UInt32

    package init(
        kind: String, name: String, specialty: String, modality: DiagnosisModality,
        priority: DiagnosisPriority = .routine, claimSeconds: UInt32, reportSeconds: UInt32,
        auditSeconds: UInt32? = nil, graceSeconds: UInt32
    ) {
        self.kind = kind
        self.name = name
        self.specialty = specialty
        self.modality = modality
        self.priority = priority
        self.claimSeconds = claimSeconds
        self.reportSeconds = reportSeconds
        self.auditSeconds = auditSeconds
        self.graceSeconds = graceSeconds
    }

    static func seconds(_ number: UInt32) throws -> UInt32 {
        UInt32(try PeerNumber.count(number, atMost: Limits.termSeconds, "a deadline of a diagnosis"))
    }
}
