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
            var least = 2 * parent + 1
            guard least < items.count else { return }
            if least + 1 < items.count, Self.precedes(items[least + 1], items[least]) { least += 1 }
            guard Self.precedes(items[least], items[parent]) else { return }
            items.swapAt(least, parent)
            parent = least
        }
    }

    private static func precedes(_ left: Timer, _ right: Timer) -> Bool {
        left.due == right.due ? left.id < right.id : left.due < right.due
    }
}
