package import Effects
package import Storage

extension DestinationQueue {
    /// Does what the rule says about a message.
    ///
    /// A message that is not waiting any more (an operator dropped it meanwhile) stays as it is.
    package static func take(
        _ step: DeliveryRule.Step, about message: WaitingMessage, at now: WallTime, in sql: any SQLTransaction
    ) throws {
        switch step {
        case .delivered:
            try change(message, to: .delivered, words: nil, at: now, in: sql)
        case .putBeside(let words):
            try change(message, to: .beside, words: words, at: now, in: sql)
        case .hold(let words):
            try change(message, to: .held, words: words, at: now, in: sql)
        case .tryAgain(let milliseconds, let words):
            try sql.execute(
                """
                UPDATE outgoing_message SET due = $1, changed_at = $2, attempts = attempts + 1, code = $3, reason = $4
                WHERE number = $5 AND state = 'waiting'
                """,
                [
                    now.advanced(byMilliseconds: milliseconds).milliseconds, now.milliseconds, words.code, words.text,
                    message.number,
                ])
        case .pause:
            return
        }
    }

    /// An operator lets a message go again that is held or lies beside; it goes before its patient's later ones.
    ///
    /// - Throws: `destination.noMessage`; `destination.notMade` where it holds nothing; `destination.replaced` where a later
    ///   version of the same has gone before it.
    package static func resend(_ id: String, at now: WallTime, in sql: any SQLTransaction) throws {
        let row = try row(id, in: sql)
        try check(id, row.number, row.destination, in: sql)
        try sql.execute(
            """
            UPDATE outgoing_message SET state = 'waiting', due = $1, made_at = $1, changed_at = $1, attempts = 0,
                is_first = 0
            WHERE number = $2
            """, [now.milliseconds, row.number])
        try nameFirst(of: row.patient, at: row.destination, in: sql)
    }

    /// Whether a message may go: it says something, and nothing later stands where it would stand.
    private static func check(
        _ id: String, _ number: Int64, _ destination: String, in sql: any SQLTransaction
    ) throws {
        let content = try sql.row("SELECT size, target FROM outgoing_message WHERE number = $1", [number])
        guard let content, try content.integer(0) > 0 else {
            throw Failure(
                "destination.notMade", "the message could not be made: there is nothing to send", place: id,
                remedy: "see with `yilian queue show` why; hand over what it would have said, then `yilian queue drop`")
        }
        let target = try content.text(1)
        let later = try sql.row(
            """
            SELECT number FROM outgoing_message
            WHERE destination = $1 AND target = $2 AND target <> '' AND number > $3 AND state = 'delivered' LIMIT 1
            """, [destination, target, number])
        guard later == nil else {
            throw Failure(
                "destination.replaced", "a later version of the same was delivered: this one would take its place",
                place: id, remedy: "drop it: the hospital's system has the later version")
        }
    }

    /// An operator takes a message out for good; what waited behind it goes on.
    ///
    /// - Throws: `destination.noMessage`.
    package static func drop(_ id: String, at now: WallTime, in sql: any SQLTransaction) throws {
        let row = try row(id, in: sql)
        try sql.execute(
            """
            UPDATE outgoing_message SET state = 'dropped', is_first = 0, changed_at = $1, body = NULL WHERE number = $2
            """, [now.milliseconds, row.number])
        try nameFirst(of: row.patient, at: row.destination, in: sql)
    }

    /// Puts beside what has waited longer than its destination keeps it, and what a clock that was set back would keep
    /// waiting; forgets what was delivered long ago.
    ///
    /// - Returns: what was put beside, and how many that lay beside were forgotten.
    package static func tidy(
        _ destination: String, bounds: Destination.Bounds, at now: WallTime, in sql: any SQLTransaction
    ) throws -> (tooOld: [WaitingMessage], forgotten: Int) {
        let oldest = now.advanced(byMilliseconds: -Int64(bounds.days) * 86_400_000)
        let old = try sql.rows(
            """
            SELECT number, destination, message, kind, control, target, state, made_at, changed_at, due, attempts, size,
                code, reason, NULL
            FROM outgoing_message WHERE destination = $1 AND state IN ('waiting', 'held') AND made_at < $2
            ORDER BY number LIMIT $3
            """, [destination, oldest.milliseconds, Limits.outgoingPageCount]
        ).map(WaitingMessage.init)
        for message in old {
            let before = message.words.code.isEmpty ? "" : "; the last reason was \(message.words.code)"
            let words = DeliveryOutcome.Words(
                code: tooOld.rawValue, text: "it waited longer than \(bounds.days) days\(before)")
            try change(message, to: .beside, words: words, at: now, in: sql)
        }
        let latest = now.advanced(byMilliseconds: Limits.deliveryAskedMilliseconds)
        try sql.execute(
            "UPDATE outgoing_message SET due = $1 WHERE destination = $2 AND state = 'waiting' AND due > $3",
            [now.milliseconds, destination, latest.milliseconds])
        return (old, try forget(destination, at: now, in: sql))
    }

    static let tooOld: Failure.Code = "destination.tooOld"

    private static func forget(_ destination: String, at now: WallTime, in sql: any SQLTransaction) throws -> Int {
        let before = now.advanced(byMilliseconds: -Limits.outgoingMemoryDays * 86_400_000).milliseconds
        try sql.execute(
            """
            DELETE FROM outgoing_message
            WHERE destination = $1 AND state IN ('delivered', 'dropped') AND changed_at < $2
            """, [destination, before])
        return try sql.execute(
            """
            DELETE FROM outgoing_message WHERE destination = $1 AND state = 'beside' AND (changed_at < $2 OR number <= (
                SELECT number FROM outgoing_message WHERE destination = $1 AND state = 'beside'
                ORDER BY number DESC LIMIT 1 OFFSET $3))
            """, [destination, before, Limits.messagesBeside])
    }

    private static func change(
        _ message: WaitingMessage, to state: WaitingMessage.State, words: DeliveryOutcome.Words?, at now: WallTime,
        in sql: any SQLTransaction
    ) throws {
        let changed = try sql.execute(
            """
            UPDATE outgoing_message SET state = $1, is_first = 0, changed_at = $2, code = $3, reason = $4,
                body = CASE WHEN $1 = 'delivered' THEN NULL ELSE body END
            WHERE number = $5 AND state IN ('waiting', 'held')
            """, [state.rawValue, now.milliseconds, words?.code ?? "", words?.text ?? "", message.number])
        guard changed > 0, state != .held else { return }
        let patient = try sql.row("SELECT patient FROM outgoing_message WHERE number = $1", [message.number])
        if let patient { try nameFirst(of: try patient.text(0), at: message.destination, in: sql) }
    }

    /// Of a patient's messages the earliest that is not delivered may go, unless it is held.
    private static func nameFirst(of patient: String, at destination: String, in sql: any SQLTransaction) throws {
        try sql.execute(
            """
            UPDATE outgoing_message SET is_first = CASE WHEN number = (
                SELECT MIN(number) FROM outgoing_message
                WHERE destination = $1 AND patient = $2 AND state IN ('waiting', 'held')) THEN 1 ELSE 0 END
            WHERE destination = $1 AND patient = $2 AND state = 'waiting'
            """, [destination, patient])
    }

    private static func row(
        _ id: String, in sql: any SQLTransaction
    ) throws -> (number: Int64, destination: String, patient: String) {
        guard let (destination, number) = WaitingMessage.number(ofID: id),
            let row = try sql.row(
                """
                SELECT patient FROM outgoing_message
                WHERE number = $1 AND destination = $2 AND state IN ('waiting', 'held', 'beside')
                """, [number, destination])
        else {
            throw Failure(
                "destination.noMessage", "no such message waits or lies beside a queue here", place: id,
                remedy: "`yilian queue show` lists them")
        }
        return (number, destination, try row.text(0))
    }
}
