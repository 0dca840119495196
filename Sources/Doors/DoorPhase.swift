package import Effects

/// What a connection is in the middle of, which decides how long it may be.
package enum DoorPhase: String, CaseIterable, Hashable, Sendable {
    /// TLS is being set up.
    case tls
    /// Nothing of a request or a message has come yet, or nothing since the last one.
    case silence
    /// A request's body or a message is coming.
    case message
    /// The node works on it: the peer waits for us, not we for it.
    case work
    /// The peer takes its answer.
    case answer
}

/// How long each phase may last.
package struct DoorDeadlines: Sendable {
    package var tlsMilliseconds: Int64
    /// Until whoever has not proved itself has, also by what it sends.
    package var proofMilliseconds: Int64
    /// From the beginning of a message or a body to its end; who drips is no better off than who says nothing.
    package var messageMilliseconds: Int64
    /// Until a peer has taken an answer.
    package var answerMilliseconds: Int64
    /// Between two messages of a proven connection.
    package var idleMilliseconds: Int64

    package init(
        tlsMilliseconds: Int64, proofMilliseconds: Int64, messageMilliseconds: Int64, answerMilliseconds: Int64,
        idleMilliseconds: Int64
    ) {
        self.tlsMilliseconds = tlsMilliseconds
        self.proofMilliseconds = proofMilliseconds
        self.messageMilliseconds = messageMilliseconds
        self.answerMilliseconds = answerMilliseconds
        self.idleMilliseconds = idleMilliseconds
    }
}

/// Which phase a connection is in and until when it may be; a value without a socket.
package struct DoorClock: Sendable {
    private let deadlines: DoorDeadlines
    package private(set) var phase: DoorPhase
    private var since: MonotonicTime
    /// It has to have proved itself so many milliseconds after this.
    private var unprovenSince: MonotonicTime?

    package init(_ deadlines: DoorDeadlines, phase: DoorPhase, now: MonotonicTime) {
        self.deadlines = deadlines
        self.phase = phase
        since = now
        unprovenSince = now
    }

    package mutating func enter(_ next: DoorPhase, now: MonotonicTime) {
        // The time for a proof begins anew where TLS has been set up, and after each answer that needed none.
        if phase == .tls || next == .silence, unprovenSince != nil { unprovenSince = now }
        phase = next
        since = now
    }

    package mutating func prove() {
        unprovenSince = nil
    }

    /// When the connection has been as it is for too long; nil where it may be for ever.
    package var deadline: MonotonicTime? {
        switch phase {
        case .tls: return since.advanced(byMilliseconds: deadlines.tlsMilliseconds)
        case .work: return nil
        case .answer: return since.advanced(byMilliseconds: deadlines.answerMilliseconds)
        case .message:
            let end = since.advanced(byMilliseconds: deadlines.messageMilliseconds)
            return proofEnd.map { min($0, end) } ?? end
        case .silence: return proofEnd ?? since.advanced(byMilliseconds: deadlines.idleMilliseconds)
        }
    }

    private var proofEnd: MonotonicTime? {
        unprovenSince?.advanced(byMilliseconds: deadlines.proofMilliseconds)
    }
}
