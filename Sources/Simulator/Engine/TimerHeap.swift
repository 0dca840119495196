import Effects

/// What waits for virtual time, earliest first; among equals in the order of arrival.
struct TimerHeap {
    struct Timer {
        var due: MonotonicTime
        var id: UInt64
        var fire: () -> Void
    }

    private var items: [Timer] = []

    var first: Timer? { items.first }

    mutating func insert(_ timer: Timer) {
        items.append(timer)
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard Self.precedes(items[child], items[parent]) else { break }
            items.swapAt(child, parent)
            child = parent
        }
    }

    mutating func popFirst() -> Timer? {
        guard let first = items.first else { return nil }
        let last = items.removeLast()
        if !items.isEmpty {
            items[0] = last
            sink()
        }
        return first
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < items.count && Self.precedes(items[child], items[least]) {
                least = child
            }
            guard least != parent else { return }
            items.swapAt(least, parent)
            parent = least
        }
    }

    private static func precedes(_ left: Timer, _ right: Timer) -> Bool {
        (left.due, left.id) < (right.due, right.id)
    }
}
