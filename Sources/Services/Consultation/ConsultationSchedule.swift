import Effects
import Storage

/// When each open request is to be looked at next; bookkeeping of the watch, not a projection.
///
/// Whatever happens to a request puts it in front. So the watch looks at what has changed and at what is due, however
/// many requests are open.
enum ConsultationSchedule {
    struct Item: Sendable {
        var id: ConsultationID
        var due: WallTime
        /// Grows with everything that happens to the request.
        fileprivate var stamp: Int64
    }

    /// The due time of what nothing is to be done about until something happens to it.
    private static let never = WallTime(milliseconds: .max)

    /// Puts a request in front, because something has happened to it; one that is closed is looked at no more.
    static func noteChange(of id: ConsultationID, isOpen: Bool, in sql: any SQLTransaction) throws {
        guard isOpen else {
            try sql.execute("DELETE FROM consultation_schedule WHERE request = $1", [id.description])
            return
        }
        try sql.execute(
            """
            INSERT INTO consultation_schedule (request, due, stamp) VALUES ($1, 0, 1)
            ON CONFLICT (request) DO UPDATE SET due = 0, stamp = consultation_schedule.stamp + 1
            """, [id.description])
    }

    /// What is to be looked at now.
    static func due(at time: WallTime, limit: Int, in sql: any SQLTransaction) throws -> [Item] {
        try sql.rows(
            "SELECT request, due, stamp FROM consultation_schedule WHERE due <= $1 ORDER BY due, request LIMIT $2",
            [time.milliseconds, limit]
        ).map(item)
    }

    static func item(_ id: ConsultationID, in sql: any SQLTransaction) throws -> Item? {
        try sql.row(
            "SELECT request, due, stamp FROM consultation_schedule WHERE request = $1", [id.description]
        ).map(item)
    }

    /// When the next one is due.
    static func next(in sql: any SQLTransaction) throws -> WallTime? {
        let row = try sql.row("SELECT due FROM consultation_schedule ORDER BY due LIMIT 1", [])
        return try row.map { WallTime(milliseconds: try $0.integer(0)) }
    }

    /// Puts a request where it belongs after it was looked at; unless something has happened to it since.
    static func put(_ item: Item, at due: WallTime?, in sql: any SQLTransaction) throws {
        try sql.execute(
            "UPDATE consultation_schedule SET due = $1 WHERE request = $2 AND stamp = $3",
            [(due ?? never).milliseconds, item.id.description, item.stamp])
    }

    /// Whether it stands where ``put(_:at:in:)`` would put it.
    static func isPut(_ item: Item, at due: WallTime?) -> Bool { item.due == due ?? never }

    private static func item(_ row: SQLRow) throws -> Item {
        Item(
            id: try ConsultationID(try row.text(0)), due: WallTime(milliseconds: try row.integer(1)),
            stamp: try row.integer(2))
    }
}
