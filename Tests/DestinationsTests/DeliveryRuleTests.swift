import Effects
import Testing

@testable import Destinations

@Suite("What becomes of a message after an attempt")
struct DeliveryRuleTests {
    private let rule = DeliveryRule(firstMilliseconds: 1_000, capMilliseconds: 60_000, attempts: 4)
    private let random = SeededRandom(seed: 3)

    private func step(
        _ outcome: DeliveryOutcome, failed: Int = 0, faults: Int? = nil, taken: Bool = false, othersFail: Bool = false,
        pauses: Int = 0
    ) -> DeliveryRule.Step {
        rule.step(
            after: outcome,
            .init(
                failed: failed, faults: faults ?? failed, othersWereTaken: taken, othersFailed: othersFail,
                pauses: pauses),
            random: random)
    }

    @Test("taken is delivered, refused lies beside, at whichever attempt")
    func final() {
        for failed in [0, 3, 1_000] {
            #expect(step(.accepted, failed: failed) == .delivered)
            #expect(step(.refused(.sample), failed: failed) == .putBeside(.sample))
        }
    }

    @Test("a failure is tried again with doubling waits, and held at the last attempt")
    func failures() throws {
        var waits: [Int64] = []
        for failed in 0..<3 {
            guard case .tryAgain(let milliseconds, true, .sample) = step(.failed(.sample), failed: failed) else {
                Issue.record("it is not tried again after \(failed + 1)")
                return
            }
            waits.append(milliseconds)
        }
        for (wait, whole) in zip(waits, [1_000, 2_000, 4_000] as [Int64]) {
            #expect((whole / 2...whole).contains(wait))
        }
        #expect(step(.failed(.sample), failed: 3) == .hold(.sample))
        #expect(step(.failed(.sample), failed: .max - 1) == .hold(.sample))
        // What is not answered is not held as long as nothing says that it is the message's fault.
        for failed in [0, 3, 50, .max - 1] {
            guard case .tryAgain(let milliseconds, false, .sample) = step(.unanswered(.sample), failed: failed) else {
                Issue.record("not tried again after \(failed)")
                continue
            }
            #expect((500...60_000).contains(milliseconds))
        }
    }

    @Test("where the system takes others, what is not answered is the message's fault, and is held at the last attempt")
    func fault() {
        for outcome in [DeliveryOutcome.unanswered(.sample), .failed(.sample)] {
            guard
                case .tryAgain(_, true, .sample) = step(outcome, failed: 50, faults: 2, taken: true, othersFail: true)
            else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(step(outcome, failed: 50, faults: 3, taken: true, othersFail: true) == .hold(.sample))
        }
    }

    @Test("where one message after the other comes to nothing, the system is left alone, and none is at fault")
    func doubt() {
        for outcome in [DeliveryOutcome.unanswered(.sample), .failed(.sample)] {
            guard case .pause(let milliseconds, _?, .sample) = step(outcome, faults: 3, othersFail: true, pauses: 20)
            else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(milliseconds <= Limits.deliveryDoubtMilliseconds)
        }
    }

    @Test("what is refused lies beside, unless the system refuses whatever comes")
    func refusals() {
        func step(taken: Bool) -> DeliveryRule.Step {
            rule.step(
                after: .refused(.sample), .init(othersWereTaken: taken, othersWereRefused: true), random: random)
        }
        #expect(step(taken: true) == .putBeside(.sample))
        guard case .pause(_, _?, .sample) = step(taken: false) else {
            Issue.record("it lies beside")
            return
        }
    }

    @Test("a system that is away pauses everything, up to the cap, and as long as it asks for")
    func pauses() {
        func pause(_ pauses: Int, after seconds: Int? = nil) -> Int64? {
            guard
                case .pause(let milliseconds, nil, .sample) = step(
                    .unreachable(.sample, retryAfterSeconds: seconds), failed: 9, pauses: pauses)
            else { return nil }
            return milliseconds
        }
        #expect(pause(0).map { (500...1_000).contains($0) } == true)
        #expect(pause(50).map { (30_000...60_000).contains($0) } == true)
        #expect(pause(0, after: 120) == 120_000)
        #expect(pause(0, after: .max) == Limits.deliveryAskedMilliseconds)
        #expect(pause(0, after: -5).map { $0 <= 1_000 } == true)
    }
}
