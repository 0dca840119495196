package import ConsoleKit
package import Effects
import Storage
import Trust

/// A password that somebody else made, which holds for a while and must be changed.
package struct FirstPassword: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    package let until: WallTime

    package var description: String { "a first password" }
}

extension AccountBook {
    /// Makes an account.
    ///
    /// - Parameters:
    ///   - roles: none where somebody else has to grant them.
    ///   - actor: who makes it.
    /// - Throws: `account.badName`, `account.badPerson`, `account.exists`, `account.roles`, `account.noPractitioner`,
    ///   `account.tooMany`.
    package func create(
        _ given: String, person: String, roles: Set<ConsoleRole> = [], practitioner: String? = nil,
        unit: String? = nil, by actor: String
    ) async throws -> FirstPassword {
        let name = try Account.checkedName(given)
        try Account.check(roles, practitioner: practitioner, unit: unit)
        guard (1...100).contains(person.utf8.count) else {
            throw Failure("account.badPerson", "an account says how the person is called, in up to 100 bytes")
        }
        let (first, digest) = try await firstPassword()
        let now = now
        let event = event(.created, name, by: actor)
        try await write({ _ in [event] }) { sql in
            guard try AccountTable.row(name, in: sql) == nil else {
                throw Failure(
                    "account.exists", "there is an account of this name", place: name, remedy: "choose another name")
            }
            guard try sql.rows("SELECT COUNT(*) FROM account", []).first?.integer(0) ?? 0 < Int64(Limits.accounts)
            else {
                throw Failure("account.tooMany", "a node has at most \(Limits.accounts) accounts")
            }
            try sql.execute(
                """
                INSERT INTO account (name, person, roles, practitioner, unit, password, password_at, must_change,
                    first_until, device_step, failures, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, 0, 0, $7)
                """,
                [
                    name, person, AccountTable.text(roles), practitioner, unit, digest, now.milliseconds,
                    first.until.milliseconds,
                ])
        }
        return first
    }

    /// Gives an account these roles and no others; its sessions end.
    ///
    /// - Throws: `account.absent`, `account.directory`, `account.roles`, `account.noPractitioner`.
    package func grant(
        _ roles: Set<ConsoleRole>, to name: String, practitioner: String? = nil, unit: String? = nil, by actor: String
    ) async throws {
        let event = event(.rolesChanged, name, by: actor)
        try await write({ _ in [event] }) { sql in
            let row = try AccountTable.neededHere(name, in: sql)
            let practitioner = practitioner ?? row.account.practitioner
            let unit = unit ?? row.account.unit
            try Account.check(roles, practitioner: practitioner, unit: unit)
            try sql.execute(
                "UPDATE account SET roles = $1, practitioner = $2, unit = $3 WHERE name = $4",
                [AccountTable.text(roles), practitioner, unit, name])
        }
        sessions.endAll(of: name)
    }

    /// Lets an account try again that was locked.
    ///
    /// - Throws: `account.absent`.
    package func unlock(_ name: String, by actor: String) async throws {
        let event = event(.unlocked, name, by: actor)
        try await write({ _ in [event] }) { sql in
            _ = try AccountTable.needed(name, in: sql)
            try sql.execute("UPDATE account SET failures = 0, locked_until = NULL WHERE name = $1", [name])
        }
    }

    /// Keeps somebody out, or lets the person in again; what the account did stays on record.
    ///
    /// - Throws: `account.absent`.
    package func setDisabled(_ isDisabled: Bool, _ name: String, by actor: String) async throws {
        let event = event(isDisabled ? .disabled : .enabled, name, by: actor)
        let now = now
        try await write({ _ in [event] }) { sql in
            _ = try AccountTable.needed(name, in: sql)
            try sql.execute(
                "UPDATE account SET disabled_at = $1 WHERE name = $2", [isDisabled ? now.milliseconds : nil, name])
        }
        if isDisabled { sessions.endAll(of: name) }
    }

    /// Makes a new first password and forgets the device: for somebody who has lost both.
    ///
    /// - Throws: `account.absent`, `account.directory`.
    package func reset(_ name: String, by actor: String) async throws -> FirstPassword {
        let (first, digest) = try await firstPassword()
        let event = event(.reset, name, by: actor)
        let now = now
        try await write({ _ in [event] }) { sql in
            _ = try AccountTable.neededHere(name, in: sql)
            try sql.execute(
                """
                UPDATE account SET password = $1, password_at = $2, must_change = 1, first_until = $3,
                    device_secret = NULL, device_step = 0, failures = 0, locked_until = NULL WHERE name = $4
                """, [digest, now.milliseconds, first.until.milliseconds, name])
            try sql.execute("DELETE FROM account_recovery WHERE account = $1", [name])
        }
        sessions.endAll(of: name)
        return first
    }

    private func firstPassword() async throws -> (FirstPassword, digest: String) {
        let text = RecoveryCode.make(random: world.random)
        let until = now.advanced(byMilliseconds: Limits.firstPasswordMilliseconds)
        return (FirstPassword(text: text, until: until), try await digest(of: text))
    }
}
