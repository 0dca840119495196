import Effects

/// The one thread of a simulation: runs every job of the process in an order drawn from the seed, and lets virtual time
/// pass when nothing is left to do.
///
/// Everything of a simulation happens on the thread that calls ``run(until:)``; nothing here is locked.
final class Scheduler: @unchecked Sendable {
    /// The simulation that is running; the executor hook has no other way to find it.
    nonisolated(unsafe) static var current: Scheduler?

    let random: SeededRandom
    private(set) var now = MonotonicTime(nanoseconds: 0)
    private(set) var steps: UInt64 = 0
    private(set) var trace = TraceHash()
    private var ready: [UnownedJob] = []
    private var timers = TimerHeap()
    private var nextTimer: UInt64 = 0
    /// What the timers do that have neither fired nor been cancelled.
    private var actions: [UInt64: () -> Void] = [:]
    private var atStep: [(step: UInt64, body: () -> Void)] = []

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
    }

    func enqueue(_ job: UnownedJob) {
        ready.append(job)
    }

    /// Writes down that something happened, with the virtual time.
    func note(_ event: String) {
        trace.mix(UInt64(bitPattern: now.nanoseconds))
        trace.mix(event)
    }

    /// Calls `body` at a moment of virtual time; the number cancels it.
    @discardableResult
    func at(_ due: MonotonicTime, _ body: @escaping () -> Void) -> UInt64 {
        nextTimer += 1
        actions[nextTimer] = body
        timers.insert(TimerHeap.Timer(due: max(due, now), id: nextTimer))
        return nextTimer
    }

    /// Takes a timer back; has no effect on one that has fired.
    func cancel(_ timer: UInt64) {
        // What its closure holds is freed when nothing is being changed any more.
        withExtendedLifetime(actions.removeValue(forKey: timer)) {}
    }

    /// Calls `body` between two jobs, `count` steps from now: in the middle of whatever is under way then.
    func afterSteps(_ count: UInt64, _ body: @escaping () -> Void) {
        atStep.append((steps + count, body))
        atStep.sort { $0.step > $1.step }
    }

    /// How a run of the loop ended.
    enum Ending: Equatable {
        case done
        /// Nothing is left to do and nobody waits for time: whoever was waited for will never come.
        case standstill
        case tooManySteps
    }

    /// Runs jobs until `isDone`, and lets time pass when there are none.
    func run(stepLimit: UInt64, until isDone: () -> Bool) -> Ending {
        while !isDone() {
            if let due = atStep.last, due.step <= steps {
                atStep.removeLast()
                due.body()
                continue
            }
            if ready.isEmpty {
                guard let timer = timers.popFirst() else { return .standstill }
                guard let action = actions.removeValue(forKey: timer.id) else { continue }
                now = max(now, timer.due)
                action()
                continue
            }
            steps += 1
            guard steps < stepLimit else { return .tooManySteps }
            // One of the oldest few: any order of what is ready may happen, and nothing waits for ever.
            let index = Int(random.number(below: UInt64(min(ready.count, Self.choices))))
            trace.mix(UInt64(index) << 48 ^ UInt64(ready.count) << 32 ^ UInt64(bitPattern: now.nanoseconds))
            let job = ready.remove(at: index)
            runJob(job, Self.threadPool)
        }
        return .done
    }

    private static let choices = 16

    /// What jobs are told that they run on: the thread pool, whose place the scheduler takes.
    ///
    /// On anything else each call of an asynchronous function would leave for the pool first, and be a job of its own.
    private static let threadPool = unsafeBitCast((0, 0), to: UnownedSerialExecutor.self)
}

/// Runs a job on the calling thread; the executor may be the thread pool, which has no name in the language.
@_silgen_name("swift_job_run")
private func runJob(_ job: UnownedJob, _ executor: UnownedSerialExecutor)

/// A running FNV-1a hash of everything that happens; two runs of one seed must end with the same.
struct TraceHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325
    private(set) var events = 0

    mutating func mix(_ word: UInt64) {
        var word = word
        for _ in 0..<8 {
            value = (value ^ (word & 0xff)) &* 0x100_0000_01b3
            word >>= 8
        }
    }

    mutating func mix(_ text: String) {
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
        events += 1
    }

    /// Sixteen hexadecimal digits.
    var hex: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
