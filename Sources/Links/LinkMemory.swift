import Effects
import Synchronization
import Wire

/// What the links of a node hold in messages, counted together and bounded.
///
/// When memory becomes short, bulk is refused first, clinical later and control last.
package final class LinkMemory: Sendable {
    package let limitBytes: Int
    private let held = Atomic<Int>(0)
    private let most = Atomic<Int>(0)

    package init(limitBytes: Int = Limits.linksMessageBytes) {
        self.limitBytes = limitBytes
    }

    package var heldBytes: Int { held.load(ordering: .relaxed) }
    /// The most that was ever held.
    package var mostHeldBytes: Int { most.load(ordering: .relaxed) }

    /// Takes memory for a lane's messages.
    ///
    /// - Returns: false where the lane's share is used up; nothing was taken then.
    func take(_ bytes: Int, for lane: Lane) -> Bool {
        let bound = share(of: lane)
        var before = held.load(ordering: .relaxed)
        while true {
            guard before + bytes <= bound else { return false }
            let (exchanged, found) = held.weakCompareExchange(
                expected: before, desired: before + bytes, ordering: .relaxed)
            if exchanged { break }
            before = found
        }
        most.max(before + bytes, ordering: .relaxed)
        return true
    }

    func giveBack(_ bytes: Int) {
        held.subtract(bytes, ordering: .relaxed)
    }

    private func share(of lane: Lane) -> Int {
        switch lane {
        case .control: limitBytes
        case .clinical: limitBytes / 4 * 3
        case .bulk: limitBytes / 2
        }
    }
}

/// What one link holds in messages, taken from the node's ``LinkMemory`` in steps.
struct LinkHolding: Sendable {
    let memory: LinkMemory
    private(set) var heldBytes = 0
    private(set) var mostHeldBytes = 0
    private var takenBytes = 0
    private var isOver = false

    init(memory: LinkMemory) {
        self.memory = memory
    }

    /// - Returns: false where there is no memory for the lane.
    mutating func take(_ bytes: Int, for lane: Lane) -> Bool {
        guard !isOver else { return false }
        let missing = heldBytes + bytes - takenBytes
        if missing > 0 {
            let step = (missing + Self.stepBytes - 1) / Self.stepBytes * Self.stepBytes
            if memory.take(step, for: lane) {
                takenBytes += step
            } else if memory.take(missing, for: lane) {
                takenBytes += missing
            } else {
                return false
            }
        }
        heldBytes += bytes
        mostHeldBytes = max(mostHeldBytes, heldBytes)
        return true
    }

    mutating func giveBack(_ bytes: Int) {
        guard !isOver else { return }
        heldBytes -= bytes
        let spare = takenBytes - heldBytes
        guard spare > 2 * Self.stepBytes else { return }
        takenBytes -= spare - Self.stepBytes
        memory.giveBack(spare - Self.stepBytes)
    }

    /// Gives everything back; the link has ended.
    mutating func end() {
        guard !isOver else { return }
        isOver = true
        memory.giveBack(takenBytes)
        takenBytes = 0
        heldBytes = 0
    }

    private static let stepBytes = 32 << 10
}
