import Effects
import Synchronization

/// What becomes known once, and what a test waits for.
final class Announcement<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let known = Wakeup()

    func give(_ value: Value) {
        self.value.withLock { known in
            if known == nil { known = value }
        }
        known.wake()
    }

    /// Waits until it is known; throws where the task is cancelled first.
    func get() async throws -> Value {
        await known.wait(since: 0)
        guard let value = value.withLock({ $0 }) else { throw CancellationError() }
        return value
    }
}
