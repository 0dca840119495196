package import Effects

/// Why somebody was not let in.
package enum SignInRefusal: Hashable, Sendable {
    /// Name, password or code; which of name and password is not told.
    case wrong(left: Int)
    case locked(WallTime)
    /// The account is disabled, or its first password has run out; told only to who knows the password.
    case disabled
    case firstPasswordEnded
}

/// What is still asked of somebody whose password was right.
package enum SignInStep: String, CaseIterable, Hashable, Sendable {
    /// A password of one's own.
    case newPassword
    /// A device that shows codes.
    case device
    /// The code that the device shows now.
    case code
    /// Nothing any more.
    case done
}

/// What a password led to.
package enum PasswordOutcome: Hashable, Sendable {
    case accepted(Account)
    case refused(SignInRefusal)
}

/// Names that are no account's, counted as accounts are, so that a lock does not tell which names there are.
struct StrangerCounts {
    private struct Count {
        var failures = 0
        var lockedUntil: WallTime?
        var lastAt: WallTime
    }

    private var counts: [String: Count] = [:]

    mutating func fail(_ name: String, at now: WallTime) -> SignInRefusal {
        var count = counts[name] ?? Count(lastAt: now)
        if let until = count.lockedUntil, until > now { return .locked(until) }
        count.lockedUntil = nil
        count.lastAt = now
        count.failures += 1
        let left = Limits.signInFailures - count.failures
        if left <= 0 {
            let until = now.advanced(byMilliseconds: Limits.signInLockMilliseconds)
            count = Count(failures: 0, lockedUntil: until, lastAt: now)
            keep(count, name)
            return .locked(until)
        }
        keep(count, name)
        return .wrong(left: left)
    }

    /// Until when a name is locked.
    func lock(_ name: String, at now: WallTime) -> WallTime? {
        counts[name]?.lockedUntil.flatMap { $0 > now ? $0 : nil }
    }

    private mutating func keep(_ count: Count, _ name: String) {
        if counts[name] == nil, counts.count >= Limits.strangersCounted,
            let oldest = counts.min(by: { $0.value.lastAt < $1.value.lastAt })?.key
        {
            counts[oldest] = nil
        }
        counts[name] = count
    }
}
