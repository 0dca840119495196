import Effects
import Ledgers
import Regions
import Trust

extension SignedAccessStatement {
    /// Any statement; for recording a call's target.
    package static var sample: SignedAccessStatement {
        get throws {
            let random = SeededRandom(seed: 0)
            let secret = PatientKeySecret(epoch: 0, suite: .ed25519, random: random)
            let key = try secret.patientKey(type: "sample", authority: "", value: "sample")
            return try SignedAccessStatement(
                AccessStatement(
                    id: "sample", node: try NodeID("sample"),
                    asking: Asking(
                        practitioner: "sample", organizationUnit: "", purpose: .treatment, order: "sample"),
                    patientKeys: [PatientKeyReference(epoch: 0, key: key)], question: "sample", madeAt: .epoch),
                key: try Suite.ed25519.makeSigningKey(random: random), rule: AccessRule())
        }
    }
}
