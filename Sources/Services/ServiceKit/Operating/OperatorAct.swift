package import Effects
package import Ledgers
package import Storage

/// Something that an operator did to what a node has, with the reason that was given.
///
/// Acts lie in a table of the node's store for ``Effects/Limits/operatorActMilliseconds``; they are of no person, and no
/// ledger knows them. Each is written in the transaction of what it tells of.
package struct OperatorAct: Hashable, Sendable {
    package enum Action: String, CaseIterable, Codable, Hashable, Sendable {
        /// A message to a hospital's system goes again.
        case messageResent
        /// A message waits until somebody releases it, and its patient's later ones behind it.
        case messageHeld
        case messageReleased
        /// A message was taken out for good.
        case messageDropped
        /// A link is kept down until somebody resumes it.
        case linkPaused
        case linkResumed
        case backupMade
    }

    package var at: WallTime
    package var action: Action
    /// A message, a node, a file.
    package var item: String
    /// The account that did it; ``nodeUser`` where none is named.
    package var actor: String
    /// Empty where the action asks for none.
    package var reason: String

    /// Who acts where nobody is named: whoever may open the node's socket or holds its token.
    package static let nodeUser = "node"

    package init(_ action: Action, _ item: String, by actor: String, reason: String = "", at: WallTime) {
        self.at = at
        self.action = action
        self.item = item
        self.actor = actor
        self.reason = reason
    }

    /// Writes it, and forgets those that are older than any is kept.
    package func write(in sql: any SQLTransaction) throws {
        try sql.execute(
            "DELETE FROM operator_act WHERE at < $1",
            [at.advanced(byMilliseconds: -Limits.operatorActMilliseconds).milliseconds])
        try sql.execute(
            """
            INSERT INTO operator_act (id, at, action, item, actor, reason)
            SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5 FROM operator_act
            """, [at.milliseconds, action.rawValue, item, actor, reason])
    }

    /// The newest, each with its number; a page begins behind the number of the one before.
    package static func newest(
        below number: Int64 = .max, limit: Int, in sql: any SQLTransaction
    ) throws -> [(number: Int64, act: OperatorAct)] {
        try sql.rows(
            """
            SELECT id, at, action, item, actor, reason FROM operator_act WHERE id < $1 ORDER BY id DESC LIMIT $2
            """, [number, limit]
        ).map { row in
            guard let action = Action(rawValue: try row.text(2)) else {
                throw Failure("storage.type", "an operator's act has an action that cannot be")
            }
            let act = OperatorAct(
                action, try row.text(3), by: try row.text(4), reason: try row.text(5),
                at: WallTime(milliseconds: try row.integer(1)))
            return (try row.integer(0), act)
        }
    }
}

/// Why an operator does something that others will ask about.
package struct OperatorReason: Hashable, Sendable {
    package let text: String

    /// - Throws: `operator.reason` where it is empty, longer than ``Effects/Limits/operatorReasonCharacters``, or has
    ///   characters that nothing shows.
    package init(_ text: String) throws {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !words.isEmpty, words.count <= Limits.operatorReasonCharacters,
            !words.unicodeScalars.contains(where: PlainText.isHarmful)
        else {
            throw Failure(
                "operator.reason", "a reason has 1 to \(Limits.operatorReasonCharacters) characters, in one line",
                remedy: "say in a few words why; name no patient")
        }
        self.text = words
    }
}

/// The table of ``OperatorAct``; bookkeeping of this node, made of no entries, and no refold empties it.
package struct OperatorActProjection: Projection {
    package init() {}

    package let name = "operatorActs"
    package let declared: [DeclaredKind] = []
    package let tables: [StaticString] = []
    package let migrations = [
        Migration(
            "operatorActs", 1,
            [
                """
                CREATE TABLE operator_act (
                    id BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, action TEXT NOT NULL, item TEXT NOT NULL,
                    actor TEXT NOT NULL, reason TEXT NOT NULL)
                """,
                "CREATE INDEX operator_act_by_time ON operator_act (at)",
            ])
    ]

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {}
}
