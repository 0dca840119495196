import Effects
import Synchronization

/// Counts that are kept until a hundred times as long has passed as counting took: however much lies here, and however many
/// ask, counting takes at most a hundredth of the time.
final class CountMemo<Counts: Sendable>: Sendable {
    private let last = Mutex<(counts: Counts, until: MonotonicTime)?>(nil)
    private let share: Int64 = 100

    func value(_ time: any TimeSource, _ count: () async throws -> Counts) async throws -> Counts {
        let began = time.monotonicTime
        if let last = last.withLock({ $0 }), began < last.until { return last.counts }
        let counts = try await count()
        let ended = time.monotonicTime
        let until = ended.advanced(byMilliseconds: ended.milliseconds(since: began) * share)
        last.withLock { $0 = (counts, until) }
        return counts
    }
}
