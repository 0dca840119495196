import ConsoleKit
import Effects
import Storage

/// The accounts of a node in its store: tables of their own, of which no ledger knows anything.
enum AccountTable {
    static let migrations: [Migration] = [
        Migration(
            "accounts", 1,
            [
                """
                CREATE TABLE account (
                    name TEXT NOT NULL PRIMARY KEY, person TEXT NOT NULL, roles TEXT NOT NULL, practitioner TEXT,
                    unit TEXT, password TEXT NOT NULL, password_at BIGINT NOT NULL, must_change BIGINT NOT NULL,
                    first_until BIGINT, device_secret BYTEA, device_step BIGINT NOT NULL, failures BIGINT NOT NULL,
                    locked_until BIGINT, disabled_at BIGINT, created_at BIGINT NOT NULL, last_sign_in BIGINT)
                """,
                """
                CREATE TABLE account_recovery (
                    account TEXT NOT NULL, digest BYTEA NOT NULL, PRIMARY KEY (account, digest))
                """,
                """
                CREATE TABLE account_event (
                    id BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, account TEXT NOT NULL, action TEXT NOT NULL,
                    actor TEXT NOT NULL, address TEXT NOT NULL)
                """,
                "CREATE INDEX account_event_by_time ON account_event (at)",
            ]),
        Migration(
            "accounts", 2,
            [
                "ALTER TABLE account ADD COLUMN issuer TEXT",
                "ALTER TABLE account ADD COLUMN subject TEXT",
                "CREATE UNIQUE INDEX account_by_subject ON account (issuer, subject)",
            ]),
    ]

    /// What stands in a row besides what others may see.
    struct Row {
        var account: Account
        var password: String
        var deviceSecret: [UInt8]?
        var deviceStep: Int64
        var failures: Int64
    }

    static func all(in sql: any SQLTransaction) throws -> [Account] {
        try sql.rows(
            """
            SELECT name, person, roles, practitioner, unit, password, password_at, must_change, first_until,
                device_secret, device_step, failures, locked_until, disabled_at, created_at, last_sign_in, issuer
            FROM account ORDER BY name LIMIT $1
            """, [Limits.accounts]
        ).map { try row($0).account }
    }

    static func row(_ name: String, in sql: any SQLTransaction) throws -> Row? {
        try sql.row(
            """
            SELECT name, person, roles, practitioner, unit, password, password_at, must_change, first_until,
                device_secret, device_step, failures, locked_until, disabled_at, created_at, last_sign_in, issuer
            FROM account WHERE name = $1
            """, [name]
        ).map(row)
    }

    /// The account of somebody whom a directory knows.
    static func row(issuer: String, subject: String, in sql: any SQLTransaction) throws -> Row? {
        try sql.row(
            """
            SELECT name, person, roles, practitioner, unit, password, password_at, must_change, first_until,
                device_secret, device_step, failures, locked_until, disabled_at, created_at, last_sign_in, issuer
            FROM account WHERE issuer = $1 AND subject = $2
            """, [issuer, subject]
        ).map(row)
    }

    /// - Throws: `account.directory` where a directory keeps the account's password, device and roles.
    static func neededHere(_ name: String, in sql: any SQLTransaction) throws -> Row {
        let row = try needed(name, in: sql)
        guard row.account.issuer == nil else {
            throw Failure(
                "account.directory", "this account is the directory's, with its password and its roles", place: name,
                remedy: "change them in the directory, or disable the account here")
        }
        return row
    }

    /// - Throws: `account.absent`.
    static func needed(_ name: String, in sql: any SQLTransaction) throws -> Row {
        guard let row = try row(name, in: sql) else {
            throw Failure(
                "account.absent", "there is no account of this name", place: name,
                remedy: "`yilian account list` shows those that there are")
        }
        return row
    }

    private static func row(_ row: SQLRow) throws -> Row {
        let roles = try row.text(2).split(separator: " ").compactMap { ConsoleRole(rawValue: String($0)) }
        let account = Account(
            name: try row.text(0), person: try row.text(1), roles: Set(roles), practitioner: row.optionalText(3),
            unit: row.optionalText(4), passwordAt: WallTime(milliseconds: try row.integer(6)),
            mustChange: try row.integer(7) != 0, firstPasswordUntil: time(row, 8),
            hasDevice: row.optionalBytes(9) != nil, lockedUntil: time(row, 12), disabledAt: time(row, 13),
            createdAt: WallTime(milliseconds: try row.integer(14)), lastSignIn: time(row, 15),
            issuer: row.optionalText(16))
        return Row(
            account: account, password: try row.text(5), deviceSecret: row.optionalBytes(9),
            deviceStep: try row.integer(10), failures: try row.integer(11))
    }

    private static func time(_ row: SQLRow, _ column: Int) -> WallTime? {
        row.optionalInteger(column).map(WallTime.init(milliseconds:))
    }

    static func text(_ roles: Set<ConsoleRole>) -> String {
        ConsoleRole.allCases.filter(roles.contains).map(\.rawValue).joined(separator: " ")
    }

    /// Counts a wrong answer, and locks the account at the last that is allowed.
    ///
    /// - Returns: how many are left, or until when it is locked.
    static func fail(_ row: Row, at now: WallTime, in sql: any SQLTransaction) throws -> SignInRefusal {
        let failures = row.failures + 1
        let left = Limits.signInFailures - Int(failures)
        guard left > 0 else {
            let until = now.advanced(byMilliseconds: Limits.signInLockMilliseconds)
            try sql.execute(
                "UPDATE account SET failures = 0, locked_until = $1 WHERE name = $2",
                [until.milliseconds, row.account.name])
            return .locked(until)
        }
        try sql.execute("UPDATE account SET failures = $1 WHERE name = $2", [failures, row.account.name])
        return .wrong(left: left)
    }

    /// Somebody has signed in.
    static func succeed(_ name: String, at now: WallTime, in sql: any SQLTransaction) throws {
        try sql.execute(
            "UPDATE account SET failures = 0, locked_until = NULL, last_sign_in = $1 WHERE name = $2",
            [now.milliseconds, name])
    }
}
