import Effects
import Storage
package import Trust

extension AccountBook {
    /// Tries a name and a password.
    ///
    /// A name that is no account's costs as much, counts as much and locks as much as one that is.
    ///
    /// - Throws: `account.busy`.
    package func tryPassword(
        _ password: String, of given: String, address: String
    ) async throws -> PasswordOutcome {
        let name = given.lowercased()
        let text = PasswordRule.normalised(String(password.prefix(Limits.passwordBytes)))
        let found = try await store.read { try AccountTable.row(name, in: $0) }
        guard let found, let digest = PasswordDigest(text: found.password) else {
            if let until = strangerLock(name) { return .refused(.locked(until)) }
            let decoy = decoyDigest
            _ = try await digesting { try decoy.matches(text) }
            return .refused(strangerFailed(name))
        }
        if let until = found.account.lockedUntil, until > now { return .refused(.locked(until)) }
        let isRight = try await digesting { try digest.matches(text) }
        let now = now
        guard isRight else {
            return .refused(try await countFailure(name, .wrongPassword, address: address))
        }
        let account = found.account
        if account.disabledAt != nil { return .refused(.disabled) }
        if let until = account.firstPasswordUntil, until < now { return .refused(.firstPasswordEnded) }
        return .accepted(account)
    }

    /// What is asked of somebody whose password was right.
    package func nextStep(for account: Account) -> SignInStep {
        let age = now.milliseconds(since: account.passwordAt)
        if account.hasDevice { return .code }
        if account.mustChange || age > Limits.passwordMilliseconds { return .newPassword }
        return .device
    }

    /// Whether an account has to choose another password after its code.
    package func needsPassword(_ account: Account) -> Bool {
        account.mustChange || now.milliseconds(since: account.passwordAt) > Limits.passwordMilliseconds
    }

    /// Tries the code that a device shows; each code is taken once.
    package func tryCode(_ code: String, of name: String, address: String) async throws -> SignInRefusal? {
        let now = now
        let actor = name
        let refusal: SignInRefusal? = try await write({ _ in [] }) { [self] sql in
            let row = try AccountTable.needed(name, in: sql)
            if row.account.disabledAt != nil { return .disabled }
            if let until = row.account.lockedUntil, until > now { return .locked(until) }
            guard let secret = row.deviceSecret,
                let step = OneTimePassword(secret: secret).step(of: code, at: now, after: row.deviceStep)
            else {
                let refusal = try AccountTable.fail(row, at: now, in: sql)
                try failureEvents(refusal, .wrongCode, name, address).forEach {
                    try $0.write(in: sql)
                }
                return refusal
            }
            try sql.execute("UPDATE account SET device_step = $1 WHERE name = $2", [step, name])
            try AccountTable.succeed(name, at: now, in: sql)
            try event(.signedIn, name, by: actor, address: address).write(in: sql)
            return nil
        }
        return refusal
    }

    /// Tries a recovery code; it is gone when it was right.
    package func tryRecovery(_ code: String, of name: String, address: String) async throws -> SignInRefusal? {
        let digest = RecoveryCode.digest(of: code, account: name)
        let now = now
        return try await write({ _ in [] }) { [self] sql in
            let row = try AccountTable.needed(name, in: sql)
            if row.account.disabledAt != nil { return .disabled }
            if let until = row.account.lockedUntil, until > now { return .locked(until) }
            let used = try sql.execute(
                "DELETE FROM account_recovery WHERE account = $1 AND digest = $2", [name, digest])
            guard used == 1 else {
                let refusal = try AccountTable.fail(row, at: now, in: sql)
                try failureEvents(refusal, .wrongCode, name, address).forEach {
                    try $0.write(in: sql)
                }
                return refusal
            }
            try AccountTable.succeed(name, at: now, in: sql)
            for action in [AccountEvent.Action.recoveryUsed, .signedIn] {
                try event(action, name, by: name, address: address).write(in: sql)
            }
            return nil
        }
    }

    /// Chooses a password of one's own.
    ///
    /// - Throws: `account.weakPassword`, `account.samePassword`, `account.busy`.
    package func changePassword(of name: String, to password: String, address: String) async throws {
        if let objection = PasswordRule.objection(to: password, of: name) {
            throw Failure("account.weakPassword", objection.english, remedy: "choose another one")
        }
        let row = try await store.read { try AccountTable.needed(name, in: $0) }
        let text = PasswordRule.normalised(password)
        if let old = PasswordDigest(text: row.password), try await digesting({ try old.matches(text) }) {
            throw Failure("account.samePassword", "this is the password as it was", remedy: "choose another one")
        }
        let digest = try await digest(of: password)
        let now = now
        let event = event(.passwordChanged, name, by: name, address: address)
        try await write({ _ in [event] }) { sql in
            try sql.execute(
                """
                UPDATE account SET password = $1, password_at = $2, must_change = 0, first_until = NULL WHERE name = $3
                """, [digest, now.milliseconds, name])
        }
    }

    /// Binds the device that shows codes, once it has shown the right one.
    ///
    /// - Returns: recovery codes, which are seen this once; nil where the code is wrong.
    package func bindDevice(
        _ device: OneTimePassword, code: String, to name: String, address: String
    ) async throws -> [String]? {
        let now = now
        guard let step = device.step(of: code, at: now, after: 0) else { return nil }
        let codes = (0..<Limits.recoveryCodes).map { _ in RecoveryCode.make(random: world.random) }
        let digests = codes.map { RecoveryCode.digest(of: $0, account: name) }
        let events = [
            event(.deviceBound, name, by: name, address: address), event(.signedIn, name, by: name, address: address),
        ]
        try await write({ _ in events }) { sql in
            try sql.execute(
                "UPDATE account SET device_secret = $1, device_step = $2 WHERE name = $3", [device.secret, step, name])
            try sql.execute("DELETE FROM account_recovery WHERE account = $1", [name])
            for digest in digests {
                try sql.execute("INSERT INTO account_recovery (account, digest) VALUES ($1, $2)", [name, digest])
            }
            try AccountTable.succeed(name, at: now, in: sql)
        }
        return codes
    }

    /// Somebody has left.
    package func noteSignOut(of name: String, address: String) async throws {
        let event = event(.signedOut, name, by: name, address: address)
        try await write({ _ in [event] }) { _ in }
    }

    /// Somebody has ended another session of the own account.
    package func noteEnd(of name: String, address: String) async throws {
        let event = event(.sessionEnded, name, by: name, address: address)
        try await write({ _ in [event] }) { _ in }
    }

    private func countFailure(
        _ name: String, _ action: AccountEvent.Action, address: String
    ) async throws -> SignInRefusal {
        let now = now
        return try await write({ [self] in failureEvents($0, action, name, address) }) { sql in
            let row = try AccountTable.needed(name, in: sql)
            // Another try may have locked it meanwhile.
            if let until = row.account.lockedUntil, until > now { return .locked(until) }
            return try AccountTable.fail(row, at: now, in: sql)
        }
    }

    private func failureEvents(
        _ refusal: SignInRefusal, _ action: AccountEvent.Action, _ name: String, _ address: String
    ) -> [AccountEvent] {
        let first = event(action, name, by: name, address: address)
        guard case .locked = refusal else { return [first] }
        return [first, event(.locked, name, by: name, address: address)]
    }
}
