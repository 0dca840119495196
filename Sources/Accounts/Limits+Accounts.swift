import Effects

/// What signing in may cost, and how long it lasts.
extension Limits {
    package static let accounts = 2_000
    /// Sign-ins that wait for the one that is being tried.
    package static let signInsWaiting = 16
    /// Wrong passwords or codes, one after the other.
    package static let signInFailures = 5
    package static let signInLockMilliseconds: Int64 = 900_000
    /// Names that are none, whose wrong tries are counted all the same.
    package static let strangersCounted = 1_024
    /// Between the password and the code.
    package static let halfSessionMilliseconds: Int64 = 300_000
    package static let sessionIdleMilliseconds: Int64 = 900_000
    package static let sessionMilliseconds: Int64 = 36_000_000
    package static let sessions = 512
    package static let sessionsPerAccount = 8
    /// Links that sign in once and were not used yet.
    package static let signInLinks = 64
    package static let signInLinkMilliseconds: Int64 = 3_600_000
    package static let firstPasswordMilliseconds: Int64 = 86_400_000 * 3
    package static let passwordMilliseconds: Int64 = 86_400_000 * 90
    package static let passwordBytes = 128
    package static let passwordCharacters = 10
    package static let recoveryCodes = 10
    /// The law asks for six months (网络安全法, article 21).
    package static let accountEventMilliseconds: Int64 = 86_400_000 * 200
    package static let accountEventsShown = 500
}
