/// Which timers are due when: the earliest first, among equals in the order of their numbers.
///
/// It holds no more than moments and numbers, and forgets none before it is taken out; whoever uses it knows which of them
/// were taken back.
package struct TimerHeap {
    package struct Timer {
        package var due: MonotonicTime
        package var id: UInt64

        package init(due: MonotonicTime, id: UInt64) {
            self.due = due
            self.id = id
        }
    }

    private var items: [Timer] = []

    package init() {}

    package var count: Int { items.count }
    package var first: Timer? { items.first }

    package mutating func insert(_ timer: Timer) {
        items.append(timer)
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard Self.precedes(items[child], items[parent]) else { break }
            items.swapAt(child, parent)
            child = parent
        }
    }

    package mutating func popFirst() -> Timer? {
        guard let first = items.first else { return nil }
        let last = items.removeLast()
        if !items.isEmpty {
            items[0] = last
            sink()
        }
        return first
    }

    /// Forgets all others.
    package mutating func keep(where isKept: (UInt64) -> Bool) {
        // What is in order is a heap.
        items = items.filter { isKept($0.id) }.sorted(by: Self.precedes)
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
