import Effects
import Logging
import ServiceKit
import Synchronization
import Testing

@Suite("Work that a service does again and again")
struct RepeatedWorkTests {
    /// Runs work that fails as `failures` say, one after the other, and then ends by being cancelled.
    private func run(_ failures: [(any Error)?]) async -> (count: Int, error: (any Error)?) {
        let count = Mutex(0)
        let work = RepeatedWork(
            "it failed", everyMilliseconds: 1, world: .system,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        do {
            try await work.run {
                let number = count.withLock { count -> Int in
                    count += 1
                    return count
                }
                guard number <= failures.count else { throw CancellationError() }
                if let failure = failures[number - 1] { throw failure }
            }
        } catch {
            return (count.withLock { $0 }, error)
        }
        return (count.withLock { $0 }, nil)
    }

    @Test("a store that failed ends it, and with it the node")
    func broken() async {
        let (count, error) = await run([nil, Failure("storage.broken", "the disk failed"), nil])
        #expect(count == 2)
        #expect((error as? Failure)?.code == "storage.broken")
    }

    @Test("what may pass is tried again", arguments: ["storage.full", "storage.unavailable", "patientKey.noSecret"])
    func passing(_ code: String) async {
        let (count, error) = await run([Failure(Failure.Code(rawValue: code), "not now"), nil])
        #expect(count == 3)
        #expect(error is CancellationError)
    }

    private struct Unforeseen: Error {}

    @Test("what nobody foresaw is tried again")
    func unforeseen() async {
        let (count, error) = await run([Unforeseen(), Failure("storage.full", "not now"), nil])
        #expect(count == 4)
        #expect(error is CancellationError)
    }
}
