import Links
import NIOCore

/// An event loop as one link sees it.
///
/// Tasks that are resumed while the loop hands over what arrived run together when all of it was handed over, and not
/// each in a round of the loop of its own: what they send then leaves in one piece.
final class TLSLoop: LinkLoop, TaskExecutor {
    /// Only touched on the loop.
    private struct Gathered {
        var jobs: [UnownedJob] = []
        var isGathering = false
        var isScheduled = false
    }

    private let loop: any EventLoop
    private let gathered: NIOLoopBoundBox<Gathered>

    /// Only on the loop.
    init(_ loop: any EventLoop) {
        self.loop = loop
        gathered = NIOLoopBoundBox(Gathered(), eventLoop: loop)
    }

    var taskExecutor: any TaskExecutor { self }
    var isCurrent: Bool { loop.inEventLoop }

    func run(_ body: @escaping @Sendable () -> Void) {
        loop.execute(body)
    }

    func run(afterMicroseconds: Int64, _ body: @escaping @Sendable () -> Void) {
        loop.scheduleTask(in: .microseconds(afterMicroseconds), body)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        guard loop.inEventLoop else {
            loop.execute { unowned.runSynchronously(on: self.asUnownedTaskExecutor()) }
            return
        }
        gathered.value.jobs.append(unowned)
        guard !gathered.value.isGathering, !gathered.value.isScheduled else { return }
        gathered.value.isScheduled = true
        loop.execute {
            self.gathered.value.isScheduled = false
            self.runGathered()
        }
    }

    // MARK: Gathering, only on the loop

    var isGathering: Bool { gathered.value.isGathering }

    func gather() {
        gathered.value.isGathering = true
    }

    /// Runs the tasks that were resumed; those that they resume in turn too, up to a bound.
    func runGathered() {
        let executor = asUnownedTaskExecutor()
        for _ in 0..<Self.rounds {
            let jobs = gathered.value.jobs
            guard !jobs.isEmpty else { return }
            gathered.value.jobs = []
            for job in jobs { job.runSynchronously(on: executor) }
        }
    }

    func endGathering() {
        gathered.value.isGathering = false
        guard !gathered.value.jobs.isEmpty, !gathered.value.isScheduled else { return }
        gathered.value.isScheduled = true
        loop.execute {
            self.gathered.value.isScheduled = false
            self.runGathered()
        }
    }

    private static let rounds = 8
}
