package import Effects

/// What becomes of a message after an attempt: a value that is asked, without a clock and without a socket.
package struct DeliveryRule: Sendable {
    /// What is to be done.
    package enum Step: Sendable, Equatable {
        case delivered
        /// It lies beside the queue; what is behind it goes on.
        case putBeside(DeliveryOutcome.Words)
        /// It is tried again after a while; the patient's later messages wait for it, others do not.
        case tryAgain(afterMilliseconds: Int64, DeliveryOutcome.Words)
        /// It was tried often enough; it waits for somebody, and the patient's later messages with it.
        case hold(DeliveryOutcome.Words)
        /// Nothing goes to the system for a while; the message does not count this as an attempt of its own.
        case pause(milliseconds: Int64, DeliveryOutcome.Words)
    }

    package var firstMilliseconds: Int64
    package var capMilliseconds: Int64
    /// How often the receiver may fail over one message.
    package var attempts: Int

    package init(
        firstMilliseconds: Int64 = Limits.deliveryFirstMilliseconds,
        capMilliseconds: Int64 = Limits.deliveryCapMilliseconds, attempts: Int = Limits.deliveryAttempts
    ) {
        self.firstMilliseconds = firstMilliseconds
        self.capMilliseconds = capMilliseconds
        self.attempts = attempts
    }

    /// - Parameters:
    ///   - failed: how often the receiver failed over the message before.
    ///   - pauses: how often in a row the receiver could not be reached before.
    ///   - random: for the jitter of waits.
    package func step(
        after outcome: DeliveryOutcome, failed: Int, pauses: Int, random: any RandomSource
    ) -> Step {
        switch outcome {
        case .accepted: return .delivered
        case .refused(let words): return .putBeside(words)
        case .failed(let words):
            guard failed + 1 < attempts else { return .hold(words) }
            return .tryAgain(afterMilliseconds: wait(failed, random), words)
        case .unanswered(let words):
            // However often: a system that hangs for a day is no reason to hold what it was sent meanwhile.
            return .tryAgain(afterMilliseconds: wait(failed, random), words)
        case .unreachable(let words, let seconds):
            let asked = Int64(clamping: max(0, seconds ?? 0)).multipliedReportingOverflow(by: 1_000)
            let most = max(capMilliseconds, Limits.deliveryAskedMilliseconds)
            return .pause(
                milliseconds: max(wait(pauses, random), asked.overflow ? most : min(asked.partialValue, most)), words)
        }
    }

    /// Doubling up to the cap, with jitter over the upper half.
    private func wait(_ before: Int, _ random: any RandomSource) -> Int64 {
        let shift = min(max(0, before), 20)
        let whole = min(capMilliseconds, firstMilliseconds.multipliedReportingOverflow(by: 1 << shift).partialValue)
        return whole / 2 + Int64(random.number(below: UInt64(whole - whole / 2 + 1)))
    }
}
