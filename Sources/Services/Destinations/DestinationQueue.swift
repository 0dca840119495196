package import Effects
package import Storage

/// The messages of all destinations as a table, each destination's in the order in which they were put.
///
/// Only a patient's first message may go: `is_first` marks it, so finding the next one costs the same however many wait.
package enum DestinationQueue {
    /// What is to be put into the queue of one destination.
    package struct Draft: Sendable {
        package var destination: String
        package var key: String
        package var kind: String
        /// Whatever stands for the patient; two messages that share any of it keep their order.
        package var patients: [String]
        package var controlID: String
        package var target: String
        package var body: [UInt8]

        package init(
            destination: String, key: String, kind: String, patients: [String], controlID: String, target: String,
            body: [UInt8]
        ) {
            self.destination = destination
            self.key = key
            self.kind = kind
            self.patients = patients
            self.controlID = controlID
            self.target = target
            self.body = body
        }
    }

    package enum Putting: Sendable, Equatable {
        case put
        /// The destination has had it: it waits, lies beside, or was delivered.
        case known
        /// As much waits as may: it is put when there is room.
        case full
    }

    /// Puts a message behind all others.
    ///
    /// - Parameter problem: why it can never go; it lies beside the queue from the start then, for an operator to see.
    package static func put(
        _ draft: Draft, bounds: Destination.Bounds, problem: DeliveryOutcome.Words? = nil, at now: WallTime,
        in sql: any SQLTransaction
    ) throws -> Putting {
        guard try !isKnown(draft.key, at: draft.destination, in: sql) else { return .known }
        guard try problem != nil || hasRoom(for: draft, bounds, in: sql) else { return .full }
        let number = try sql.row("SELECT COALESCE(MAX(number), 0) + 1 FROM outgoing_message", []).map {
            try $0.integer(0)
        }
        let names = Set(draft.patients).sorted().prefix(Limits.outgoingPatientNames)
        let patient = try patient(named: names, at: draft.destination, else: draft.key, in: sql)
        let isFirst = try problem == nil && !isAnyOpen(of: patient, at: draft.destination, in: sql)
        try sql.execute(
            """
            INSERT INTO outgoing_message (number, destination, message, kind, patient, control, target, state, is_first,
                made_at, changed_at, due, attempts, faults, size, code, reason, is_wanted, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $10, 0, 0, $11, $12, $13, 0, $14)
            """,
            [
                number ?? 1, draft.destination, draft.key, draft.kind, patient, draft.controlID, draft.target,
                (problem == nil ? WaitingMessage.State.waiting : .beside).rawValue, isFirst, now.milliseconds,
                draft.body.count, problem?.code ?? "", problem?.text ?? "", draft.body,
            ])
        if problem == nil { try addLoad(of: draft.destination, messages: 1, bytes: draft.body.count, in: sql) }
        for name in names {
            try sql.execute(
                "INSERT INTO outgoing_patient (destination, name, number) VALUES ($1, $2, $3)",
                [draft.destination, name, number ?? 1])
        }
        return .put
    }

    static func hasRoom(
        for draft: Draft, _ bounds: Destination.Bounds, in sql: any SQLTransaction
    ) throws -> Bool {
        let waiting = try load(of: draft.destination, in: sql)
        return waiting.count < bounds.messages && waiting.bytes + draft.body.count <= bounds.bytes
    }

    /// By which name a message's patient goes in the queue: that of the messages with which it shares a name.
    ///
    /// A patient who came under two names and is one by this message gets one name: everything of both stays in one order.
    ///
    /// - Parameter key: the name where none is given.
    static func patient(
        named names: some Sequence<String>, at destination: String, else key: String, in sql: any SQLTransaction
    ) throws -> String {
        var found: Set<String> = []
        for name in names {
            let rows = try sql.rows(
                """
                SELECT DISTINCT m.patient FROM outgoing_patient p JOIN outgoing_message m ON m.number = p.number
                WHERE p.destination = $1 AND p.name = $2 AND m.state IN ('waiting', 'held')
                """, [destination, name])
            for row in rows { found.insert(try row.text(0)) }
        }
        guard let patient = found.min() else { return names.first { _ in true } ?? key }
        guard found.count > 1 else { return patient }
        for other in found where other != patient {
            try sql.execute(
                """
                UPDATE outgoing_message SET patient = $1
                WHERE destination = $2 AND patient = $3 AND state IN ('waiting', 'held')
                """, [patient, destination, other])
        }
        try nameFirst(of: patient, at: destination, in: sql)
        return patient
    }

    package static func isKnown(_ key: String, at destination: String, in sql: any SQLTransaction) throws -> Bool {
        try sql.row("SELECT 1 FROM outgoing_message WHERE destination = $1 AND message = $2", [destination, key]) != nil
    }

    /// What waits or is held for a destination, as it is kept with each change (``countingLoad(of:in:_:)``).
    package static func load(of destination: String, in sql: any SQLTransaction) throws -> (count: Int, bytes: Int) {
        let row = try sql.row("SELECT messages, bytes FROM outgoing_load WHERE destination = $1", [destination])
        guard let row else { return (0, 0) }
        return (Int(clamping: try row.integer(0)), Int(clamping: try row.integer(1)))
    }

    /// Since when the oldest waits or is held.
    package static func oldest(of destination: String, in sql: any SQLTransaction) throws -> WallTime? {
        try ["waiting", "held"].compactMap { state in
            try sql.row(
                "SELECT made_at FROM outgoing_message WHERE destination = $1 AND state = $2 ORDER BY made_at LIMIT 1",
                [destination, state]
            ).map { WallTime(milliseconds: try $0.integer(0)) }
        }.min()
    }

    /// Changes a message and keeps the load of its destination right.
    static func countingLoad(of number: Int64, in sql: any SQLTransaction, _ change: () throws -> Void) throws {
        func weight() throws -> (destination: String, messages: Int, bytes: Int)? {
            try sql.row(
                """
                SELECT destination, CASE WHEN state IN ('waiting', 'held') THEN 1 ELSE 0 END, size FROM outgoing_message
                WHERE number = $1
                """, [number]
            ).map { row in
                let messages = Int(clamping: try row.integer(1))
                return (try row.text(0), messages, messages * Int(clamping: try row.integer(2)))
            }
        }
        let before = try weight()
        try change()
        guard let before, let after = try weight() else { return }
        try addLoad(
            of: before.destination, messages: after.messages - before.messages, bytes: after.bytes - before.bytes,
            in: sql)
    }

    private static func addLoad(
        of destination: String, messages: Int, bytes: Int, in sql: any SQLTransaction
    ) throws {
        guard messages != 0 || bytes != 0 else { return }
        try sql.execute(
            """
            INSERT INTO outgoing_load (destination, messages, bytes) VALUES ($1, $2, $3)
            ON CONFLICT (destination) DO UPDATE SET messages = outgoing_load.messages + $2,
                bytes = outgoing_load.bytes + $3
            """, [destination, messages, bytes])
    }

    /// The message that is to go next, and when; only a patient's first one may.
    ///
    /// - Parameter isInDoubt: whether it may be the system's fault that messages do not go: then one that was not tried yet
    ///   comes first, for what was tried would only come to nothing again.
    package static func next(
        of destination: String, isInDoubt: Bool = false, in sql: any SQLTransaction
    ) throws -> WaitingMessage? {
        if isInDoubt, let new = try untried(of: destination, in: sql) { return new }
        return try sql.row(
            """
            SELECT number, destination, message, kind, control, target, state, made_at, changed_at, due, attempts, size,
                code, reason, faults, body
            FROM outgoing_message WHERE destination = $1 AND state = 'waiting' AND is_first = 1
            ORDER BY due, number LIMIT 1
            """, [destination]
        ).map(WaitingMessage.init)
    }

    private static func untried(of destination: String, in sql: any SQLTransaction) throws -> WaitingMessage? {
        try sql.row(
            """
            SELECT number, destination, message, kind, control, target, state, made_at, changed_at, due, attempts, size,
                code, reason, faults, body
            FROM outgoing_message WHERE destination = $1 AND state = 'waiting' AND is_first = 1 AND attempts = 0
            ORDER BY due, number LIMIT 1
            """, [destination]
        ).map(WaitingMessage.init)
    }

    /// Messages that could not be made and are to be made anew, without what they say.
    static func wanted(of destination: String, limit: Int, in sql: any SQLTransaction) throws -> [WaitingMessage] {
        try sql.rows(
            """
            SELECT number, destination, message, kind, control, target, state, made_at, changed_at, due, attempts, size,
                code, reason, faults, NULL
            FROM outgoing_message WHERE destination = $1 AND is_wanted = 1 ORDER BY number LIMIT $2
            """, [destination, limit]
        ).map(WaitingMessage.init)
    }

    /// Messages of a state, the oldest first, without what they say.
    package static func messages(
        _ state: WaitingMessage.State, of destination: String, limit: Int, in sql: any SQLTransaction
    ) throws -> [WaitingMessage] {
        try sql.rows(
            """
            SELECT number, destination, message, kind, control, target, state, made_at, changed_at, due, attempts, size,
                code, reason, faults, NULL
            FROM outgoing_message WHERE destination = $1 AND state = $2 ORDER BY number LIMIT $3
            """, [destination, state.rawValue, limit]
        ).map(WaitingMessage.init)
    }

    /// The names of destinations of which anything waits, is held or lies beside.
    ///
    /// From one name to the next by the index, so that it costs the same however many messages each has.
    package static func destinations(in sql: any SQLTransaction) throws -> [String] {
        var names: [String] = []
        var last = ""
        while let row = try sql.row(
            "SELECT destination FROM outgoing_message WHERE destination > $1 ORDER BY destination LIMIT 1", [last])
        {
            last = try row.text(0)
            for state in ["waiting", "held", "beside"] {
                let found = try sql.row(
                    "SELECT 1 FROM outgoing_message WHERE destination = $1 AND state = $2 LIMIT 1", [last, state])
                guard found != nil else { continue }
                names.append(last)
                break
            }
        }
        return names
    }

    /// How many messages stand where, by what is kept and by indexes of what is few: those that wait are not counted.
    ///
    /// - Returns: besides, how many of those that wait were tried as often as one may be at fault.
    static func counts(
        of destination: String, in sql: any SQLTransaction
    ) throws -> (waiting: Int, held: Int, beside: Int, untaken: Int) {
        func count(_ row: SQLRow?) throws -> Int { Int(clamping: try row?.integer(0) ?? 0) }
        let held = try count(
            try sql.row(
                "SELECT COUNT(*) FROM outgoing_message WHERE destination = $1 AND state = 'held'", [destination]))
        let beside = try count(
            try sql.row(
                "SELECT COUNT(*) FROM outgoing_message WHERE destination = $1 AND state = 'beside'", [destination]))
        // Only a patient's first message is ever tried.
        let untaken = try count(
            try sql.row(
                """
                SELECT COUNT(*) FROM outgoing_message
                WHERE destination = $1 AND state = 'waiting' AND is_first = 1 AND attempts >= $2
                """, [destination, Limits.deliveryAttempts]))
        return (max(0, try load(of: destination, in: sql).count - held), held, beside, untaken)
    }

    private static func isAnyOpen(of patient: String, at destination: String, in sql: any SQLTransaction) throws -> Bool
    {
        try sql.row(
            """
            SELECT 1 FROM outgoing_message
            WHERE destination = $1 AND patient = $2 AND state IN ('waiting', 'held') LIMIT 1
            """, [destination, patient]) != nil
    }
}
