import Effects
import Synchronization
import Testing

/// Counts who is inside.
private final class Gauge: Sendable {
    private let count = Atomic(0)

    /// How many were inside already.
    func enter() -> Int { count.wrappingAdd(1, ordering: .sequentiallyConsistent).oldValue }

    func leave() { count.wrappingSubtract(1, ordering: .sequentiallyConsistent) }
}

struct WorkerTests {
    struct Refusal: Error, Equatable {}

    @Test("a worker runs one item at a time, and all of them")
    func oneAtATime() async throws {
        let worker = ThreadWorker(name: "test")
        let inside = Gauge()
        let total = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<200 {
                group.addTask {
                    try await worker.run {
                        let others = inside.enter()
                        defer { inside.leave() }
                        #expect(others == 0)
                        return index
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(total == 199 * 200 / 2)
    }

    @Test("what the body throws comes back", arguments: [true, false])
    func failure(isInline: Bool) async throws {
        let worker: any Worker = isInline ? InlineWorker() : ThreadWorker(name: "test")
        await #expect(throws: Refusal()) { try await worker.run { throw Refusal() } }
        #expect(try await worker.run { 7 } == 7)
    }
}

struct FailureTests {
    @Test("failures are equal by code, and say what, where and what to do")
    func failures() {
        let failure = Failure("area.what", "it is wrong", place: "file:3", remedy: "mend it")
        #expect(failure == Failure("area.what", "other words"))
        #expect(failure != Failure("area.other", "it is wrong"))
        #expect(failure.description == "file:3: it is wrong; mend it [area.what]")
        #expect(Failure("a.b", "short").description == "short [a.b]")
    }
}
