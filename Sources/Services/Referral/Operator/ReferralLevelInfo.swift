import Effects

/// A kind of referral, with its times in seconds.
package struct ReferralLevelInfo: Codable, Sendable, Equatable {
    package var kind: String
    package var name: String
    /// `up`, `down` or `side`.
    package var direction: String
    package var answerSeconds: UInt32
    package var arrivalSeconds: UInt32
    package var returnSeconds: UInt32

    init(_ level: ReferralLevel) {
        kind = level.kind
        name = level.name
        direction = level.direction.rawValue
        answerSeconds = level.answerSeconds
        arrivalSeconds = level.arrivalSeconds
        returnSeconds = level.returnSeconds
    }
}
