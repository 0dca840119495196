import Effects
import WorkflowKit

/// Which way a patient goes.
package enum ReferralDirection: String, CaseIterable, Sendable {
    /// From the township to the county, from the county to the city.
    case up
    case down
    /// To a care home, or between two of one tier.
    case side
}

/// What is agreed about one kind of referral: which way it goes, and by when what is to happen.
///
/// A green channel is a kind of its own with short times.
package struct ReferralLevel: Hashable, Sendable {
    /// Such as `up-green`.
    package var kind: String
    package var name: String
    package var direction: ReferralDirection
    /// From the offer to an answer.
    package var answerSeconds: UInt32
    /// From the acceptance to the patient's arrival.
    package var arrivalSeconds: UInt32
    /// How long past the day of return the patient is waited for.
    package var returnSeconds: UInt32

    package init(
        kind: String, name: String, direction: ReferralDirection, answerSeconds: UInt32, arrivalSeconds: UInt32,
        returnSeconds: UInt32
    ) {
        self.kind = kind
        self.name = name
        self.direction = direction
        self.answerSeconds = answerSeconds
        self.arrivalSeconds = arrivalSeconds
        self.returnSeconds = returnSeconds
    }

    static func seconds(_ number: UInt32) throws -> UInt32 {
        UInt32(try PeerNumber.count(number, atMost: Limits.termSeconds, "a deadline of a referral"))
    }
}
