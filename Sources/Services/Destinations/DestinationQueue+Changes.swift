package import Effects
package import Storage

extension DestinationQueue {
    /// Does what the rule says about a message.
    ///
    /// A message that is not as it was any more (an operator dropped or held it meanwhile) stays as it is, unless it was
    /// delivered all the same.
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
        case .tryAgain(let milliseconds, let isFault, let words):
            try moveBehind(message, by: milliseconds, isFault: isFault, words, at: now, in: sql)
        case .pause(_, let milliseconds?, let words):
            try moveBehind(message, by: milliseconds, isFault: false, words, at: now, in: sql)
        case .pause(_, nil, _):
            return
        }
    }

    private static func moveBehind(
        _ message: WaitingMessage, by milliseconds: Int64, isFault: Bool, _ words: DeliveryOutcome.Words,
        at now: WallTime, in sql: any SQLTransaction
    ) throws {
        try sql.execute(
            """
            UPDATE outgoing_message SET due = $1, changed_at = $2, attempts = attempts + 1, faults = faults + $3,
                code = $4, reason = $5
            WHERE number = $6 AND state = 'waiting'
            """,
            [
                now.advanced(byMilliseconds: milliseconds).milliseconds, now.milliseconds, isFault ? 1 : 0, words.code,
                words.text, message.number,
            ])
    }

    /// An operator lets a message go again that is held or lies beside; it goes before its patient's later ones.
    ///
    /// One that could not be made is asked for anew at its source, and lies beside until it is made. One that waits for its
    /// next attempt is tried now, and keeps its age and its turn.
    ///
    /// - Throws: `destination.noMessage`; `destination.replaced` where a later version of the same has gone before it.
    package static func resend(_ id: String, at now: WallTime, in sql: any SQLTransaction) throws {
        let row = try row(id, in: sql)
        let isDue = try sql.execute(
            "UPDATE outgoing_message SET due = $1 WHERE number = $2 AND state = 'waiting'",
            [now.milliseconds, row.number])
        guard isDue == 0 else { return }
        guard let content = try sql.row("SELECT size, target FROM outgoing_message WHERE number = $1", [row.number])
        else { return }
        guard try content.integer(0) > 0 else {
            try sql.execute("UPDATE outgoing_message SET is_wanted = 1 WHERE number = $1", [row.number])
            return
        }
        try check(id, row.number, row.destination, target: try content.text(1), in: sql)
        try putBack(row.number, row.destination, row.patient, at: now, in: sql)
    }

    /// A message that was not open waits again, in its patient's order.
    private static func putBack(
        _ number: Int64, _ destination: String, _ before: String, at now: WallTime, in sql: any SQLTransaction
    ) throws {
        let names = try sql.rows("SELECT name FROM outgoing_patient WHERE number = $1 ORDER BY name", [number]).map {
            try $0.text(0)
        }
        let patient = try patient(named: names, at: destination, else: before, in: sql)
        try countingLoad(of: number, in: sql) {
            try sql.execute(
                """
                UPDATE outgoing_message SET state = 'waiting', due = $1, made_at = $1, changed_at = $1, attempts = 0,
                    faults = 0, is_first = 0, is_wanted = 0, patient = $2
                WHERE number = $3
                """, [now.milliseconds, patient, number])
        }
        try nameFirst(of: patient, at: destination, in: sql)
    }

    /// Everything that could not be made is asked for anew: a new program, or a new configuration, may be able to.
    package static func wantUnmade(of destination: String, in sql: any SQLTransaction) throws {
        try sql.execute(
            "UPDATE outgoing_message SET is_wanted = 1 WHERE destination = $1 AND state = 'beside' AND size = 0",
            [destination])
    }

    /// A message that was to be made anew still lies beside.
    ///
    /// - Parameter problem: why it cannot be made this time.
    static func keepUnmade(
        _ message: WaitingMessage, _ problem: DeliveryOutcome.Words, at now: WallTime, in sql: any SQLTransaction
    ) throws {
        try sql.execute(
            """
            UPDATE outgoing_message SET is_wanted = 0, changed_at = $1, code = $2, reason = $3
            WHERE number = $4 AND is_wanted = 1
            """, [now.milliseconds, problem.code, problem.text, message.number])
    }

    /// Puts into the queue what a message says that could not be made before.
    static func remake(
        _ message: WaitingMessage, as draft: Draft, bounds: Destination.Bounds, at now: WallTime,
        in sql: any SQLTransaction
    ) throws -> Putting {
        // An operator dropped it meanwhile.
        guard try sql.row("SELECT 1 FROM outgoing_message WHERE number = $1 AND is_wanted = 1", [message.number]) != nil
        else { return .known }
        guard try hasRoom(for: draft, bounds, in: sql) else { return .full }
        do {
            try check(message.id, message.number, message.destination, target: draft.target, in: sql)
        } catch let failure as Failure where failure.code == replaced {
            let problem = DeliveryOutcome.Words(code: failure.code.rawValue, text: failure.message)
            try keepUnmade(message, problem, at: now, in: sql)
            return .known
        }
        try sql.execute(
            "UPDATE outgoing_message SET control = $1, target = $2, size = $3, body = $4 WHERE number = $5",
            [draft.controlID, draft.target, draft.body.count, draft.body, message.number])
        try putBack(message.number, message.destination, draft.key, at: now, in: sql)
        return .put
    }

    static let replaced: Failure.Code = "destination.replaced"

    /// Whether a message may go: nothing later stands where it would stand.
    private static func check(
        _ id: String, _ number: Int64, _ destination: String, target: String, in sql: any SQLTransaction
    ) throws {
        let later = try sql.row(
            """
            SELECT number FROM outgoing_message
            WHERE destination = $1 AND target = $2 AND target <> '' AND number > $3 AND state = 'delivered' LIMIT 1
            """, [destination, target, number])
        guard later == nil else {
            throw Failure(
                Self.replaced, "a later version of the same was delivered: this one would take its place",
                place: id, remedy: "drop it: the hospital's system has the later version")
        }
    }

    /// An operator takes a message out for good; what waited behind it goes on.
    ///
    /// - Throws: `destination.noMessage`.
    package static func drop(_ id: String, at now: WallTime, in sql: any SQLTransaction) throws {
        let row = try row(id, in: sql)
        try countingLoad(of: row.number, in: sql) {
            try sql.execute(
                """
                UPDATE outgoing_message SET state = 'dropped', is_first = 0, is_wanted = 0, changed_at = $1, body = NULL
                WHERE number = $2
                """, [now.milliseconds, row.number])
        }
        try forgetPatient(of: row.number, in: sql)
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
                code, reason, faults, NULL
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
        let forgotten = try sql.rows(
            """
            SELECT number FROM outgoing_message WHERE destination = $1 AND state = 'beside' AND (changed_at < $2
                OR number <= (SELECT number FROM outgoing_message WHERE destination = $1 AND state = 'beside'
                ORDER BY number DESC LIMIT 1 OFFSET $3))
            """, [destination, before, Limits.messagesBeside]
        ).map { try $0.integer(0) }
        for number in forgotten {
            try sql.execute("DELETE FROM outgoing_message WHERE number = $1", [number])
            try forgetPatient(of: number, in: sql)
        }
        return forgotten.count
    }

    /// What is delivered or taken out keeps no order any more.
    private static func forgetPatient(of number: Int64, in sql: any SQLTransaction) throws {
        try sql.execute("DELETE FROM outgoing_patient WHERE number = $1", [number])
    }

    private static func change(
        _ message: WaitingMessage, to state: WaitingMessage.State, words: DeliveryOutcome.Words?, at now: WallTime,
        in sql: any SQLTransaction
    ) throws {
        var changed = 0
        try countingLoad(of: message.number, in: sql) {
            changed = try sql.execute(
                """
                UPDATE outgoing_message SET state = $1, is_first = 0, changed_at = $2, code = $3, reason = $4,
                    body = CASE WHEN $1 = 'delivered' THEN NULL ELSE body END
                WHERE number = $5 AND (state = $6 OR $1 = 'delivered' AND state IN ('waiting', 'held'))
                """,
                [
                    state.rawValue, now.milliseconds, words?.code ?? "", words?.text ?? "", message.number,
                    message.state.rawValue,
                ])
        }
        guard changed > 0, state != .held else { return }
        if state == .delivered { try forgetPatient(of: message.number, in: sql) }
        let patient = try sql.row("SELECT patient FROM outgoing_message WHERE number = $1", [message.number])
        if let patient { try nameFirst(of: try patient.text(0), at: message.destination, in: sql) }
    }

    /// Of a patient's messages the earliest that is not delivered may go, unless it is held.
    static func nameFirst(of patient: String, at destination: String, in sql: any SQLTransaction) throws {
        let first = try ["waiting", "held"].compactMap { state in
            try sql.row(
                """
                SELECT number FROM outgoing_message WHERE destination = $1 AND patient = $2 AND state = $3
                ORDER BY number LIMIT 1
                """, [destination, patient, state]
            )?.integer(0)
        }.min()
        try sql.execute(
            """
            UPDATE outgoing_message SET is_first = 0
            WHERE destination = $1 AND patient = $2 AND is_first = 1 AND number <> $3
            """, [destination, patient, first ?? 0])
        try sql.execute(
            "UPDATE outgoing_message SET is_first = 1 WHERE number = $1 AND state = 'waiting' AND is_first = 0",
            [first ?? 0])
    }

    static func noMessage(_ id: String) -> Failure {
        Failure(
            "destination.noMessage", "no such message waits or lies beside a queue here", place: id,
            remedy: "`yilian queue show` lists them")
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
            throw noMessage(id)
        }
        return (number, destination, try row.text(0))
    }
}
