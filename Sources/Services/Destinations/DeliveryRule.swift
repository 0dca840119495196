package import Effects

/// What becomes of a message after an attempt: a value that is asked, without a clock and without a socket.
package struct DeliveryRule: Sendable {
    /// What is to be done.
    package enum Step: Sendable, Equatable {
        case delivered
        /// It lies beside the queue; what is behind it goes on.
        case putBeside(DeliveryOutcome.Words)
        /// It is tried again after a while; the patient's later messages wait for it, others do not.
        ///
        /// - `isFault`: whether it was this message's fault, as far as one can tell.
        case tryAgain(afterMilliseconds: Int64, isFault: Bool, DeliveryOutcome.Words)
        /// It was at fault often enough; it waits for somebody, and the patient's later messages with it.
        case hold(DeliveryOutcome.Words)
        /// Nothing goes to the system for a while.
        ///
        /// - `movesBehind`: for how long this message is not the next one then; none where it was not looked at.
        case pause(milliseconds: Int64, movesBehind: Int64? = nil, DeliveryOutcome.Words)
    }

    /// What is known of a message and of its system before an attempt.
    package struct Standing: Sendable, Equatable {
        /// How often the message was tried without being taken.
        package var failed = 0
        /// How often of these it was the message's fault.
        package var faults = 0
        /// The system took another message after this one was tried last: it is not the system's fault.
        package var othersWereTaken = false
        /// The system has taken nothing since it failed over another message: it may be the system's fault.
        package var othersFailed = false
        /// The system has taken nothing since it refused several others: it may refuse whatever comes.
        package var othersWereRefused = false
        /// How often in a row the system was away before.
        package var pauses = 0

        package init(
            failed: Int = 0, faults: Int = 0, othersWereTaken: Bool = false, othersFailed: Bool = false,
            othersWereRefused: Bool = false, pauses: Int = 0
        ) {
            self.failed = failed
            self.faults = faults
            self.othersWereTaken = othersWereTaken
            self.othersFailed = othersFailed
            self.othersWereRefused = othersWereRefused
            self.pauses = pauses
        }
    }

    package var firstMilliseconds: Int64
    package var capMilliseconds: Int64
    /// How often one message may be at fault.
    package var attempts: Int

    package init(
        firstMilliseconds: Int64 = Limits.deliveryFirstMilliseconds,
        capMilliseconds: Int64 = Limits.deliveryCapMilliseconds, attempts: Int = Limits.deliveryAttempts
    ) {
        self.firstMilliseconds = firstMilliseconds
        self.capMilliseconds = capMilliseconds
        self.attempts = attempts
    }

    /// - Parameter random: for the jitter of waits.
    package func step(
        after outcome: DeliveryOutcome, _ standing: Standing, random: any RandomSource
    ) -> Step {
        switch outcome {
        case .accepted: return .delivered
        case .refused(let words):
            guard standing.othersWereTaken || !standing.othersWereRefused else { return doubt(standing, words, random) }
            return .putBeside(words)
        case .failed(let words):
            guard standing.othersWereTaken || !standing.othersFailed else { return doubt(standing, words, random) }
            return fault(standing, words, random)
        case .unanswered(let words):
            if standing.othersWereTaken { return fault(standing, words, random) }
            if standing.othersFailed { return doubt(standing, words, random) }
            // However often: a system that hangs for a day is no reason to hold what it was sent meanwhile.
            return .tryAgain(afterMilliseconds: wait(standing.failed, random), isFault: false, words)
        case .unreachable(let words, let seconds):
            let asked = Int64(clamping: max(0, seconds ?? 0)).multipliedReportingOverflow(by: 1_000)
            let most = max(capMilliseconds, Limits.deliveryAskedMilliseconds)
            return .pause(
                milliseconds: max(
                    wait(standing.pauses, random), asked.overflow ? most : min(asked.partialValue, most)), words)
        }
    }

    private func fault(_ standing: Standing, _ words: DeliveryOutcome.Words, _ random: any RandomSource) -> Step {
        guard standing.faults < attempts - 1 else { return .hold(words) }
        return .tryAgain(afterMilliseconds: wait(standing.failed, random), isFault: true, words)
    }

    /// Several messages in a row came to nothing: the system is left alone for a while, and another message is next.
    private func doubt(_ standing: Standing, _ words: DeliveryOutcome.Words, _ random: any RandomSource) -> Step {
        .pause(
            milliseconds: min(wait(standing.pauses, random), Limits.deliveryDoubtMilliseconds),
            movesBehind: wait(standing.failed, random), words)
    }

    /// Doubling up to the cap, with jitter over the upper half.
    private func wait(_ before: Int, _ random: any RandomSource) -> Int64 {
        let shift = min(max(0, before), 20)
        let whole = min(capMilliseconds, firstMilliseconds.multipliedReportingOverflow(by: 1 << shift).partialValue)
        return whole / 2 + Int64(random.number(below: UInt64(whole - whole / 2 + 1)))
    }
}

/// What a system made of the messages that it was sent last: by it one tells a message that is at fault from a system that
/// is.
package struct DeliveryStreak: Sendable, Equatable {
    /// Messages that came to nothing since the system took one; two are as good as more.
    private var failing: Set<Int64> = []
    /// Messages that the system refused since it took one.
    private var refused: Set<Int64> = []
    /// When the system took a message last, and which; forgotten at a start.
    private var taken: (number: Int64, time: WallTime)?

    package init() {}

    package var isInDoubt: Bool { !failing.isEmpty || refused.count > Limits.deliveryRefusals }

    package static func == (left: DeliveryStreak, right: DeliveryStreak) -> Bool {
        left.failing == right.failing && left.refused == right.refused && left.taken?.number == right.taken?.number
            && left.taken?.time == right.taken?.time
    }

    /// What is to be known of a message before it is sent.
    func standing(of message: WaitingMessage, pauses: Int) -> DeliveryRule.Standing {
        DeliveryRule.Standing(
            failed: message.failures, faults: message.faults,
            othersWereTaken: message.failures > 0 && taken.map { $0.time >= message.changedAt } == true,
            othersFailed: failing.contains { $0 != message.number },
            othersWereRefused: refused.subtracting([message.number]).count >= Limits.deliveryRefusals, pauses: pauses)
    }

    mutating func note(_ outcome: DeliveryOutcome, of number: Int64, at now: WallTime) {
        switch outcome {
        case .accepted:
            (failing, refused) = ([], [])
            taken = (number, now)
        case .refused: if refused.count <= Limits.deliveryRefusals { refused.insert(number) }
        case .failed, .unanswered: if failing.count < 2 { failing.insert(number) }
        case .unreachable: return
        }
    }
}
