package import Effects
import Storage

/// Something that happened to an account: a sign-in, a wrong one, another role.
package struct AccountEvent: Hashable, Sendable {
    package enum Action: String, CaseIterable, Codable, Hashable, Sendable {
        case created
        case signedIn
        case wrongPassword
        case wrongCode
        case locked
        case recoveryUsed
        case passwordChanged
        case deviceBound
        case signedOut
        case rolesChanged
        case unlocked
        case disabled
        case enabled
        case reset
        case sessionEnded
        /// Somebody came from the directory under the name of another's account.
        case nameTaken
        /// The directory gave no role that this node takes.
        case rolesRefused
        /// Somebody came from the directory whose account is disabled here.
        case keptOut
    }

    package var at: WallTime
    package var account: String
    package var action: Action
    /// Who did it: the account itself, an administrator, or the node's user on its machine.
    package var actor: String
    /// From where.
    package var address: String

    init(_ action: Action, _ account: String, by actor: String, at: WallTime, address: String = "") {
        self.at = at
        self.account = account
        self.action = action
        self.actor = actor
        self.address = address
    }

    fileprivate init(_ row: SQLRow) throws {
        at = WallTime(milliseconds: try row.integer(0))
        account = try row.text(1)
        action = Action(rawValue: try row.text(2)) ?? .created
        actor = try row.text(3)
        address = try row.text(4)
    }

    /// Writes it, in the transaction of what it tells of.
    func write(in sql: any SQLTransaction) throws {
        try sql.execute(
            """
            INSERT INTO account_event (id, at, account, action, actor, address)
            SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5 FROM account_event
            """, [at.milliseconds, account, action.rawValue, actor, address])
    }

    /// The newest before a moment.
    static func newest(before: WallTime, limit: Int, in sql: any SQLTransaction) throws -> [AccountEvent] {
        try sql.rows(
            """
            SELECT at, account, action, actor, address FROM account_event WHERE at < $1 ORDER BY id DESC LIMIT $2
            """, [before.milliseconds, limit]
        ).map(AccountEvent.init)
    }

    /// Forgets what is older than the law wants it kept.
    static func prune(at now: WallTime, in sql: any SQLTransaction) throws {
        try sql.execute(
            "DELETE FROM account_event WHERE at < $1",
            [now.advanced(byMilliseconds: -Limits.accountEventMilliseconds).milliseconds])
    }
}
