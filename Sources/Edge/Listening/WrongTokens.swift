import Effects
import Synchronization

/// Counts wrong tokens by address: whoever tries many is told to stop, and nobody else behind its address is.
///
/// A right token is always taken; it is asked first.
final class WrongTokens: Sendable {
    private struct Minute {
        var since: MonotonicTime
        var count = 0
    }

    private let time: any TimeSource
    private let state = Mutex<[String: Minute]>([:])

    init(time: any TimeSource) {
        self.time = time
    }

    /// One more of an address.
    ///
    /// - Returns: whether there were more in this minute than somebody who mistook a file would send.
    func note(_ address: String) -> Bool {
        let now = time.monotonicTime
        return state.withLock { minutes in
            var minute = minutes[address] ?? Minute(since: now)
            if now.milliseconds(since: minute.since) >= Self.minuteMilliseconds { minute = Minute(since: now) }
            minute.count += 1
            if minutes[address] == nil, minutes.count >= Self.addresses {
                if let oldest = minutes.min(by: { $0.value.since < $1.value.since })?.key { minutes[oldest] = nil }
            }
            minutes[address] = minute
            return minute.count > Limits.wrongTokensPerMinute
        }
    }

    private static let minuteMilliseconds: Int64 = 60_000
    private static let addresses = 1_024
}
