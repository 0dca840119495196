import Links
import NIOCore

/// An event loop as links see it.
final class TLSLoop: LinkLoop, TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) {
        self.loop = loop
    }

    var executor: any SerialExecutor { loop.executor }
    var taskExecutor: any TaskExecutor { self }
    var isCurrent: Bool { loop.inEventLoop }

    func run(_ body: @escaping @Sendable () -> Void) {
        loop.execute(body)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        loop.execute { unowned.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
