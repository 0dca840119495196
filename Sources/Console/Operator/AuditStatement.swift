import ServiceKit
import Storage

/// The statements that look through the audit ledger's table by what a filter names.
///
/// Each goes by an index of what is rare: what nobody has done is not looked for in a million records.
enum AuditStatement {
    /// That for a filter; the arguments of all are the same: practitioner, purpose, from, to, system, node, outcome, limit.
    static func newest(_ filter: AuditFilter) -> SQLText {
        func isGiven(_ text: String?) -> Bool { text.map { !$0.isEmpty } ?? false }
        if isGiven(filter.practitioner) { return byPractitioner }
        if filter.isAlert == true { return byAlert }
        if isGiven(filter.system) { return bySystem }
        if isGiven(filter.purpose) { return byPurpose }
        return isGiven(filter.node) ? byNode : byTime
    }

    /// Names, each asked for behind the one before it.
    static func names(_ next: SQLText, in sql: any SQLTransaction) throws -> [String] {
        var names: [String] = []
        while let row = try sql.row(next, [names.last ?? ""]) { names.append(try row.text(0)) }
        return names
    }

    /// What a practitioner of a node has looked at; arguments: practitioner, node, unit or nothing, before, limit.
    static let own: SQLText = """
        SELECT entry, at, action, outcome, statement, node, practitioner, purpose, break_glass, caller,
            correlation, answered, unit, system
        FROM audit WHERE practitioner = $1 AND node = $2 AND ($3 = '' OR unit = $3) AND at < $4
        ORDER BY at DESC, entry DESC LIMIT $5
        """

    static let nextNode: SQLText = "SELECT node FROM audit WHERE node || '' > $1 ORDER BY node || '' LIMIT 1"
    static let nextSystem: SQLText =
        "SELECT system FROM audit WHERE system > $1 AND system <> '' ORDER BY system LIMIT 1"

    private static let byTime: SQLText = """
        SELECT entry, at, action, outcome, statement, node, practitioner, purpose, break_glass, caller,
            correlation, answered, unit, system
        FROM audit
        WHERE ($1 = '' OR practitioner = $1) AND ($2 = '' OR purpose = $2) AND at >= $3
            AND at < $4 AND ($5 = '' OR system = $5) AND ($6 = '' OR node = $6) AND ($7 = '' OR outcome = $7)
        ORDER BY at DESC, entry DESC LIMIT $8
        """

    private static let byPractitioner: SQLText = """
        SELECT entry, at, action, outcome, statement, node, practitioner, purpose, break_glass, caller,
            correlation, answered, unit, system
        FROM audit
        WHERE practitioner = $1 AND ($2 = '' OR purpose = $2) AND at >= $3
            AND at < $4 AND ($5 = '' OR system = $5) AND ($6 = '' OR node = $6) AND ($7 = '' OR outcome = $7)
        ORDER BY at DESC, entry DESC LIMIT $8
        """

    private static let byPurpose: SQLText = """
        SELECT entry, at, action, outcome, statement, node, practitioner, purpose, break_glass, caller,
            correlation, answered, unit, system
        FROM audit
        WHERE ($1 = '' OR practitioner = $1) AND purpose = $2 AND at >= $3
            AND at < $4 AND ($5 = '' OR system = $5) AND ($6 = '' OR node = $6) AND ($7 = '' OR outcome = $7)
        ORDER BY at DESC, entry DESC LIMIT $8
        """

    private static let byNode: SQLText = """
        SELECT entry, at, action, outcome, statement, node, practitioner, purpose, break_glass, caller,
            correlation, answered, unit, system
        FROM audit
        WHERE ($1 = '' OR practitioner = $1) AND ($2 = '' OR purpose = $2) AND at >= $3
            AND at < $4 AND ($5 = '' OR system = $5) AND node || '' = $6 AND ($7 = '' OR outcome = $7)
        ORDER BY at DESC, entry DESC LIMIT $8
        """

    private static let bySystem: SQLText = """
        SELECT entry, at, action, outcome, statement, node, practitioner, purpose, break_glass, caller,
            correlation, answered, unit, system
        FROM audit
        WHERE ($1 = '' OR practitioner = $1) AND ($2 = '' OR purpose = $2) AND at >= $3
            AND at < $4 AND system = $5 AND system <> '' AND ($6 = '' OR node = $6) AND ($7 = '' OR outcome = $7)
        ORDER BY at DESC, entry DESC LIMIT $8
        """

    private static let byAlert: SQLText = """
        SELECT entry, at, action, outcome, statement, node, practitioner, purpose, break_glass, caller,
            correlation, answered, unit, system
        FROM audit
        WHERE ($1 = '' OR practitioner = $1) AND ($2 = '' OR purpose = $2) AND at >= $3
            AND at < $4 AND ($5 = '' OR system = $5) AND ($6 = '' OR node = $6) AND outcome = $7 AND outcome = 'alert'
        ORDER BY at DESC, entry DESC LIMIT $8
        """
}
