import Storage

/// What a chain holds up to a batch and with it, as it is kept with each batch: nothing is counted.
struct ChainHolding: Equatable {
    var entries = 0
    var rawBytes = 0
    var storedBytes = 0

    init() {}

    /// Before a batch: nothing where it is the first.
    init(of chain: Int64, before sequence: UInt64, in sql: any SQLTransaction) throws {
        guard sequence > 0,
            let row = try sql.row(
                "SELECT entries_until, raw_until, stored_until FROM batch WHERE chain = $1 AND sequence = $2",
                [chain, sequence - 1])
        else {
            self.init()
            return
        }
        try self.init(row, at: 0)
    }

    private init(_ row: SQLRow, at column: Int) throws {
        entries = Int(try row.integer(column))
        rawBytes = Int(try row.integer(column + 1))
        storedBytes = Int(try row.integer(column + 2))
    }

    /// The last batch of a chain, and what the whole chain holds; none where no batch lies here.
    static func end(
        of chain: Int64, in sql: any SQLTransaction
    ) throws -> (sequence: Int64, holding: ChainHolding)? {
        try sql.row(
            """
            SELECT sequence, entries_until, raw_until, stored_until FROM batch WHERE chain = $1
            ORDER BY sequence DESC LIMIT 1
            """, [chain]
        ).map { (try $0.integer(0), try ChainHolding($0, at: 1)) }
    }
}
