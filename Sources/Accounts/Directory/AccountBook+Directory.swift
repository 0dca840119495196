import ConsoleKit
import Effects
import Storage

extension AccountBook {
    /// Who writes what a directory says of an account.
    static let directoryActor = "directory"

    /// Signs in somebody whom a directory has proved.
    ///
    /// A person is known by issuer and subject, never by a name. Whoever comes for the first time gets an account that has
    /// no password and no device here; the roles are those that the directory gives now, and sessions that had others end.
    /// An account of this node with the same name stays its owner's.
    ///
    /// - Returns: the secret that the browser keeps.
    /// - Throws: `directory.badName`, `directory.noAccount`, `directory.noRole`, `directory.disabled`, `account.roles`,
    ///   `account.noPractitioner`: the person is let in nowhere then, and roles that the account had are gone.
    package func signIn(_ person: DirectoryPerson, address: String) async throws -> String {
        let name = try Account.checkedDirectoryName(person.name)
        let entry = DirectoryEntry(person: person, name: name, now: now)
        let outcome = try await write({ [self] (outcome: DirectoryEntry.Outcome) -> [AccountEvent] in
            outcome.actions.map { action in
                let isOwn = action == .signedIn
                return event(action, outcome.name, by: isOwn ? outcome.name : Self.directoryActor, address: address)
            }
        }) { try entry.enter(in: $0) }
        if outcome.endsSessions { sessions.endAll(of: outcome.name) }
        switch outcome.result {
        case .failure(let failure): throw failure
        case .success(let account): return sessions.begin(account.visitor, step: .done, address: address)
        }
    }
}

/// Somebody whom a directory has proved, on the way into the table of accounts.
private struct DirectoryEntry: Sendable {
    let person: DirectoryPerson
    let name: String
    let now: WallTime

    struct Outcome: Sendable {
        var name: String
        var actions: [AccountEvent.Action]
        var endsSessions = false
        var result: Result<Account, Failure>
    }

    func enter(in sql: any SQLTransaction) throws -> Outcome {
        let known = try AccountTable.row(issuer: person.issuer, subject: person.subject, in: sql)
        if let account = known?.account, account.disabledAt != nil {
            return Outcome(
                name: account.name, actions: [.keptOut], endsSessions: true,
                result: .failure(
                    Failure(
                        "directory.disabled", "the account is disabled", remedy: "ask the system administrator")))
        }
        do { try checkRoles() } catch {
            guard let account = known?.account else {
                return Outcome(name: name, actions: [.rolesRefused], result: .failure(error))
            }
            try update(account.name, roles: [], in: sql)
            return Outcome(
                name: account.name, actions: [.rolesRefused], endsSessions: true, result: .failure(error))
        }
        return try known.map { try enter(known: $0.account, in: sql) } ?? enterFirst(in: sql)
    }

    private func checkRoles() throws(Failure) {
        guard !person.roles.isEmpty else {
            throw Failure(
                "directory.noRole", "the directory gives you no role at this node",
                remedy: "ask whoever keeps the directory's groups")
        }
        try Account.check(person.roles, practitioner: person.practitioner, unit: person.unit)
    }

    private func enter(known account: Account, in sql: any SQLTransaction) throws -> Outcome {
        try update(account.name, roles: person.roles, in: sql)
        try AccountTable.succeed(account.name, at: now, in: sql)
        let isOther =
            account.roles != person.roles || account.practitioner != person.practitioner || account.unit != person.unit
        let fresh = try AccountTable.needed(account.name, in: sql).account
        return Outcome(
            name: account.name, actions: isOther ? [.rolesChanged, .signedIn] : [.signedIn], endsSessions: isOther,
            result: .success(fresh))
    }

    private func enterFirst(in sql: any SQLTransaction) throws -> Outcome {
        let count = try sql.rows("SELECT COUNT(*) FROM account", []).first?.integer(0) ?? 0
        guard try AccountTable.row(name, in: sql) == nil, count < Int64(Limits.accounts) else {
            // Whose the name is, the person need not know.
            return Outcome(
                name: name, actions: [.nameTaken],
                result: .failure(
                    Failure(
                        "directory.noAccount", "this node cannot give you an account",
                        remedy: "ask the system administrator, who sees why")))
        }
        try sql.execute(
            """
            INSERT INTO account (name, person, roles, practitioner, unit, password, password_at, must_change,
                device_step, failures, created_at, last_sign_in, issuer, subject)
            VALUES ($1, $2, $3, $4, $5, '', $6, 0, 0, 0, $6, $6, $7, $8)
            """,
            [
                name, person.person, AccountTable.text(person.roles), person.practitioner, person.unit,
                now.milliseconds, person.issuer, person.subject,
            ])
        return Outcome(
            name: name, actions: [.created, .signedIn],
            result: .success(try AccountTable.needed(name, in: sql).account))
    }

    private func update(_ name: String, roles: Set<ConsoleRole>, in sql: any SQLTransaction) throws {
        try sql.execute(
            "UPDATE account SET person = $1, roles = $2, practitioner = $3, unit = $4 WHERE name = $5",
            [person.person, AccountTable.text(roles), person.practitioner, person.unit, name])
    }
}
