/// Runs the nodes of a region: takes jobs while it runs and ends them all when it ends.
final class NodeHost: Sendable {
    typealias Job = @Sendable () async -> Void

    private let jobs: AsyncStream<Job>
    private let intake: AsyncStream<Job>.Continuation

    init() {
        (jobs, intake) = AsyncStream<Job>.makeStream()
    }

    /// Hands a job over.
    ///
    /// - Throws: `testkit.ended` where the region has been stopped.
    func start(_ job: @escaping Job) throws {
        if case .terminated = intake.yield(job) {
            throw TestFailure("testkit.ended", "the region has been stopped; nothing can be started in it any more")
        }
    }

    /// Runs until ``finish()`` or cancellation, and then until every job has ended.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await job in jobs { group.addTask { await job() } }
            group.cancelAll()
        }
    }

    func finish() {
        intake.finish()
    }
}
