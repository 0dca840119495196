import Effects
import Links
import Wire

/// Two machines and the frames between them.
struct MachinePair {
    var one = LinkMachine(now: MonotonicTime(nanoseconds: 0))
    var other = LinkMachine(now: MonotonicTime(nanoseconds: 0))
    var now = MonotonicTime(nanoseconds: 0)
    var oneDid: [LinkMachine.Action] = []
    var otherDid: [LinkMachine.Action] = []

    /// Carries frames both ways until neither has more.
    mutating func settle() {
        var moved = true
        while moved {
            moved = false
            if let frame = one.nextFrame() {
                otherDid += other.receive(frame, now: now)
                moved = true
            }
            if let frame = other.nextFrame() {
                oneDid += one.receive(frame, now: now)
                moved = true
            }
        }
    }

    mutating func call(_ bytes: Int, lane: Lane = .clinical, milliseconds: Int64 = 1_000) throws -> UInt64 {
        try one.startCall(
            Array(repeating: 1, count: bytes), lane: lane, deadline: now.advanced(byMilliseconds: milliseconds))
    }

    mutating func pass(milliseconds: Int64) {
        now = now.advanced(byMilliseconds: milliseconds)
        oneDid += one.tick(now: now)
        otherDid += other.tick(now: now)
    }

    var delivered: [UInt64] {
        otherDid.compactMap { if case .deliver(let id, _, _) = $0 { id } else { nil } }
    }
}
