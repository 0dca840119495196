import Effects
import Storage

extension DestinationQueue {
    static let heldByHand = "destination.heldByHand"

    /// An operator keeps a message that waits; its patient's later ones wait behind it.
    ///
    /// One that is on its way at this moment may still be delivered.
    ///
    /// - Throws: `destination.noMessage`; `destination.notWaiting` where it is held already, or lies beside.
    static func hold(_ id: String, reason: String, at now: WallTime, in sql: any SQLTransaction) throws {
        let message = try message(id, in: sql)
        guard message.state == .waiting else {
            throw notIn(
                .waiting, id, "only a message that waits can be held", "look at it with `yilian queue messages`")
        }
        try sql.execute(
            """
            UPDATE outgoing_message SET state = 'held', is_first = 0, changed_at = $1, code = $2, reason = $3
            WHERE number = $4
            """, [now.milliseconds, heldByHand, reason, message.number])
    }

    /// An operator lets a message go on that is held, whoever held it.
    ///
    /// - Throws: `destination.noMessage`; `destination.notWaiting` where it is not held; `destination.replaced`.
    static func release(_ id: String, at now: WallTime, in sql: any SQLTransaction) throws {
        guard try message(id, in: sql).state == .held else {
            throw notIn(
                .held, id, "only a message that is held can be released", "look at it with `yilian queue messages`")
        }
        try resend(id, at: now, in: sql)
    }

    private static func notIn(_ state: WaitingMessage.State, _ id: String, _ text: String, _ remedy: String) -> Failure
    {
        Failure("destination.notWaiting", text, place: id, remedy: remedy)
    }

    /// One message that waits, is held or lies beside, without what it says.
    ///
    /// - Throws: `destination.noMessage`.
    static func message(_ id: String, in sql: any SQLTransaction) throws -> WaitingMessage {
        guard let (destination, number) = WaitingMessage.number(ofID: id),
            let row = try sql.row(
                """
                SELECT number, destination, message, kind, control, target, state, made_at, changed_at, due, attempts,
                    size, code, reason, faults, NULL
                FROM outgoing_message
                WHERE number = $1 AND destination = $2 AND state IN ('waiting', 'held', 'beside')
                """, [number, destination])
        else {
            throw noMessage(id)
        }
        return try WaitingMessage(row)
    }

    /// Which of its patient's messages keeps one waiting; none where it is the first.
    static func ahead(of message: WaitingMessage, in sql: any SQLTransaction) throws -> WaitingMessage? {
        guard message.state == .waiting,
            let patient = try sql.row("SELECT patient FROM outgoing_message WHERE number = $1", [message.number])
        else { return nil }
        let name = try patient.text(0)
        return try ["waiting", "held"].compactMap { state in
            try sql.row(
                """
                SELECT number, destination, message, kind, control, target, state, made_at, changed_at, due, attempts,
                    size, code, reason, faults, NULL
                FROM outgoing_message WHERE destination = $1 AND patient = $2 AND state = $3 AND number < $4
                ORDER BY number LIMIT 1
                """, [message.destination, name, state, message.number]
            ).map(WaitingMessage.init)
        }.min { $0.number < $1.number }
    }
}

/// Where one is in a list of messages: the oldest come first.
struct MessagePlace: Hashable, Comparable, Sendable {
    var madeAt: WallTime
    var number: Int64

    init(_ message: WaitingMessage) {
        madeAt = message.madeAt
        number = message.number
    }

    /// - Throws: `destination.badPlace`.
    init(text: String) throws {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).compactMap { Int64($0) }
        guard parts.count == 2, parts[0] >= 0, parts[1] >= 0, text.filter({ $0 == "-" }).count == 1 else {
            throw Failure(
                "destination.badPlace", "this is no place in a list of messages",
                remedy: "begin at the list's first page")
        }
        madeAt = WallTime(milliseconds: parts[0])
        number = parts[1]
    }

    var text: String { "\(madeAt.milliseconds)-\(number)" }

    static func < (left: MessagePlace, right: MessagePlace) -> Bool {
        (left.madeAt, left.number) < (right.madeAt, right.number)
    }
}

/// What narrows a list of messages.
struct MessageFilter: Sendable {
    /// Where they go.
    var destinations: [String]
    var states: [WaitingMessage.State]
    /// Only those that were made by then.
    var madeBy: WallTime?

    /// Those after or before a place, nearest to it first; each of the few destinations and states is asked by its index,
    /// so that a page costs the same however many wait.
    func messages(
        after start: MessagePlace? = nil, before end: MessagePlace? = nil, limit: Int, in sql: any SQLTransaction
    ) throws -> [WaitingMessage] {
        var found: [WaitingMessage] = []
        for destination in destinations {
            for state in states {
                found +=
                    try end.map { try Self.before($0, destination, state, madeBy, limit, sql) }
                    ?? Self.after(start, destination, state, madeBy, limit, sql)
            }
        }
        let sorted = found.sorted { MessagePlace($0) < MessagePlace($1) }
        return Array(end == nil ? sorted.prefix(limit) : sorted.suffix(limit))
    }

    private static func after(
        _ place: MessagePlace?, _ destination: String, _ state: WaitingMessage.State, _ madeBy: WallTime?,
        _ limit: Int, _ sql: any SQLTransaction
    ) throws -> [WaitingMessage] {
        try sql.rows(
            """
            SELECT number, destination, message, kind, control, target, state, made_at, changed_at, due, attempts, size,
                code, reason, faults, NULL
            FROM outgoing_message
            WHERE destination = $1 AND state = $2 AND made_at >= $3 AND made_at <= $4 AND (made_at > $3 OR number > $5)
            ORDER BY made_at, number LIMIT $6
            """,
            [
                destination, state.rawValue, place?.madeAt.milliseconds ?? .min, (madeBy ?? .latest).milliseconds,
                place?.number ?? .min, limit,
            ]
        ).map(WaitingMessage.init)
    }

    private static func before(
        _ place: MessagePlace, _ destination: String, _ state: WaitingMessage.State, _ madeBy: WallTime?,
        _ limit: Int, _ sql: any SQLTransaction
    ) throws -> [WaitingMessage] {
        try sql.rows(
            """
            SELECT number, destination, message, kind, control, target, state, made_at, changed_at, due, attempts, size,
                code, reason, faults, NULL
            FROM outgoing_message
            WHERE destination = $1 AND state = $2 AND made_at <= $3 AND made_at <= $4 AND (made_at < $3 OR number < $5)
            ORDER BY made_at DESC, number DESC LIMIT $6
            """,
            [
                destination, state.rawValue, place.madeAt.milliseconds, (madeBy ?? .latest).milliseconds, place.number,
                limit,
            ]
        ).map(WaitingMessage.init)
    }
}

extension WallTime {
    fileprivate static let latest = WallTime(milliseconds: .max)
}
