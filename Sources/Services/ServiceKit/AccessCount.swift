import Effects

/// How many persons one asker has looked up lately: a level that every new person raises and time lowers.
///
/// A value: what is asked goes in with its time, and whether it is too much comes out. A person who was looked up in this
/// window or the one before costs nothing again, so that a doctor may go on with the patients at hand whatever happens.
struct AccessCount {
    /// In persons times the window's milliseconds, so that it drains by whole numbers.
    private var level: Int64 = 0
    private var drainedAt: MonotonicTime
    private var persons: Set<Int> = []
    private var before: Set<Int> = []
    private var turnedAt: MonotonicTime
    /// When the asker last passed the limit, and since when again and again.
    private(set) var since: WallTime?
    private(set) var last: MonotonicTime?
    private(set) var refused = 0

    static let windowMilliseconds: Int64 = 600_000

    init(now: MonotonicTime) {
        drainedAt = now
        turnedAt = now
    }

    /// When something was asked last.
    var usedAt: MonotonicTime { drainedAt }

    /// Lets time pass.
    mutating func advance(to now: MonotonicTime, limit: UInt32) {
        let elapsed = min(max(0, now.milliseconds(since: drainedAt)), 2 * Self.windowMilliseconds)
        level = max(0, level - elapsed * Int64(limit))
        drainedAt = max(drainedAt, now)
        let age = now.milliseconds(since: turnedAt)
        guard age >= Self.windowMilliseconds || persons.count >= 2 * Int(limit) else { return }
        before = age >= 2 * Self.windowMilliseconds ? [] : persons
        persons = []
        turnedAt = now
    }

    /// How many of some persons are new: of each epoch's keys those that were not asked for lately, and most of these.
    func cost(of keys: [PatientKeyReference]) -> Int {
        var new: [UInt32: Int] = [:]
        for key in Set(keys) where !persons.contains(key.hashValue) && !before.contains(key.hashValue) {
            new[key.epoch, default: 0] += 1
        }
        return new.values.max() ?? 0
    }

    /// Whether so many new persons are more than the limit.
    func isOver(_ cost: Int, limit: UInt32, times factor: Int64 = 1) -> Bool {
        cost > 0 && level + Int64(cost) * Self.windowMilliseconds > Int64(limit) * factor * Self.windowMilliseconds
    }

    mutating func charge(_ cost: Int, for keys: [PatientKeyReference]) {
        level += Int64(cost) * Self.windowMilliseconds
        for key in keys { persons.insert(key.hashValue) }
    }

    /// A person whom nobody knows.
    mutating func missed(_ more: Int64, limit: UInt32) {
        level = min(level + more * Self.windowMilliseconds, 2 * Int64(limit) * Self.windowMilliseconds)
    }

    /// Notes that the limit was passed.
    ///
    /// - Returns: whether a spell begins thereby: nothing was too much for the length of a window before.
    mutating func passed(at now: MonotonicTime, _ wall: WallTime) -> Bool {
        let isNew = last.map { now.milliseconds(since: $0) > Self.windowMilliseconds } ?? true
        if isNew { (since, refused) = (wall, 0) }
        last = now
        refused.addSaturated(1)
        return isNew
    }

    /// Whether the asker passed the limit within the last window.
    func isPassing(at now: MonotonicTime) -> Bool {
        last.map { now.milliseconds(since: $0) <= Self.windowMilliseconds } ?? false
    }
}
