package import Effects
import SwiftProtobuf
import WorkflowKit

/// What was agreed about a referral when it was written.
package struct ReferralTerms: CaseTerms {
    package var kind: String
    package var direction: ReferralDirection
    package var madeTime: WallTime
    package var answerSeconds: UInt32
    package var arrivalSeconds: UInt32
    package var returnSeconds: UInt32

    package var topic: String { direction.rawValue }

    package init(_ level: ReferralLevel, madeTime: WallTime) {
        kind = level.kind
        direction = level.direction
        self.madeTime = madeTime
        answerSeconds = level.answerSeconds
        arrivalSeconds = level.arrivalSeconds
        returnSeconds = level.returnSeconds
    }

    /// - Throws: `referral.malformed`, `wire.outOfRange`.
    package init(bytes: [UInt8]) throws {
        guard let message = try? PBReferralTerms(serializedBytes: bytes) else {
            throw Failure("referral.malformed", "the terms of a referral cannot be read")
        }
        kind = message.kind
        direction = ReferralDirection(rawValue: message.direction) ?? .up
        madeTime = try PeerNumber.time(message.madeAt, "the time of a referral")
        answerSeconds = try ReferralLevel.seconds(PeerNumber.label(message.answerSeconds))
        arrivalSeconds = try ReferralLevel.seconds(PeerNumber.label(message.arrivalSeconds))
        returnSeconds = try ReferralLevel.seconds(PeerNumber.label(message.returnSeconds))
    }

    package func encoded() throws -> [UInt8] {
        var message = PBReferralTerms()
        message.kind = kind
        message.direction = direction.rawValue
        message.madeAt = madeTime.milliseconds
        message.answerSeconds = answerSeconds
        message.arrivalSeconds = arrivalSeconds
        message.returnSeconds = returnSeconds
        return try message.serializedBytes()
    }
}
