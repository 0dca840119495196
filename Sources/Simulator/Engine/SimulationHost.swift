/// Runs the jobs of a simulation as children of one task, which ends when they are all done or it is cancelled.
final class SimulationHost: Sendable {
    typealias Job = @Sendable () async -> Void

    private let jobs: AsyncStream<Job>
    private let intake: AsyncStream<Job>.Continuation

    init() {
        (jobs, intake) = AsyncStream<Job>.makeStream()
    }

    func start(_ job: @escaping Job) {
        intake.yield(job)
    }

    func run(_ main: @escaping Job) async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                await main()
                self.intake.finish()
            }
            for await job in jobs { group.addTask { await job() } }
            group.cancelAll()
        }
    }
}
