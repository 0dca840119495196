import Effects
import Testing
import Wire

@testable import Links

/// What links hold stays under what `Limits` says, whatever peers send.
@Suite struct LinkMemoryTests {
    private let now = MonotonicTime(nanoseconds: 0)

    private func first(_ bytes: Int, of total: Int, isLast: Bool = false) -> [UInt8] {
        let length = withUnsafeBytes(of: UInt32(total).bigEndian) { Array($0) }
        return [isLast ? 1 : 0] + length + Array(repeating: 7, count: bytes)
    }

    @Test func theTableAddsUp() {
        let (kib, mib) = (1 << 10, 1 << 20)
        #expect(Limits.linkMessageBytes == 6 * (8 * mib + 128 * kib) + 6 * 16 * mib + 3 * 4_352 * 128)
        #expect(Limits.linkBytes == Limits.linkMessageBytes + mib)
        #expect(Limits.nodeLinkBytes == (128 + 256 + 64) * mib)
    }

    @Test func oneLinkThatIsFloodedHoldsWhatTheTableSaysAtMost() throws {
        let memory = LinkMemory(limitBytes: .max / 4)
        var machine = LinkMachine(now: now, memory: memory)
        let longest = Limits.messageBytes
        var id: UInt64 = 0
        // A peer fills every window with calls that are never answered and takes no answer.
        for lane in Lane.allCases {
            var left = Limits.laneWindowBytes
            while left >= 64 {
                id += 1
                let size = min(left, longest)
                var sent = min(size, 60_000)
                _ = machine.receive(
                    Frame(.request, lane: lane, callID: id, payload: first(sent, of: size, isLast: sent == size)),
                    now: now)
                while sent < size {
                    let piece = min(60_000, size - sent)
                    sent += piece
                    let payload = [sent == size ? 1 : 0] + Array(repeating: UInt8(7), count: piece)
                    _ = machine.receive(Frame(.requestMore, lane: lane, callID: id, payload: payload), now: now)
                }
                left -= size
            }
        }
        #expect(machine.ending == nil)
        // Its own node wants to send without end.
        for lane in Lane.allCases {
            for _ in 0..<20 {
                _ = try? machine.startCall(Array(repeating: 1, count: longest), lane: lane, deadline: now)
            }
        }
        #expect(machine.mostHeldBytes > Limits.linkMessageBytes / 3)
        #expect(machine.mostHeldBytes <= Limits.linkMessageBytes)
        machine.end()
        #expect(memory.heldBytes == 0)
    }

    @Test func answersThatNobodyTakesAreRefusedInsteadOfKept() throws {
        var machine = LinkMachine(now: now)
        for id in UInt64(1)...100 {
            let frame = Frame(.request, lane: .clinical, callID: id, payload: first(1, of: 1, isLast: true))
            _ = machine.receive(frame, now: now)
            machine.answer(id, message: Array(repeating: 1, count: 1 << 20))
        }
        #expect(machine.heldBytes <= Limits.laneQueueBytes + 16 * Limits.messageOverheadBytes)
        #expect(machine.heldBytes > Limits.laneQueueBytes / 2)
    }

    @Test func whoLetsTooManyAnswersWaitLosesTheLink() {
        var machine = LinkMachine(now: now)
        var closed: LinkReason?
        for id in UInt64(1)...10_000 where closed == nil {
            let frame = Frame(.request, lane: .bulk, callID: id, payload: first(1, of: 1, isLast: true))
            if case .close(let ending) = machine.receive(frame, now: now).last { closed = ending.reason }
        }
        #expect(closed == .tooManyMessages)
    }

    @Test func whoBeginsTooManyMessagesLosesTheLink() {
        var machine = LinkMachine(now: now)
        for id in UInt64(1)...UInt64(Limits.messagesBegunPerLane) {
            #expect(machine.receive(Frame(.request, callID: id, payload: first(0, of: 9)), now: now).isEmpty)
        }
        let oneMore = Frame(.request, callID: 9_999, payload: first(0, of: 9))
        guard case .close(let ending) = machine.receive(oneMore, now: now).last else {
            Issue.record("the link goes on")
            return
        }
        #expect(ending.reason == .tooManyMessages)
    }

    @Test func answersThatNobodyAskedForAreNotKept() {
        var machine = LinkMachine(now: now)
        _ = machine.receive(Frame(.response, callID: 77, payload: first(60_000, of: 1 << 20)), now: now)
        #expect(machine.heldBytes == 0)
    }

    @Test func bulkIsRefusedFirstAndControlLast() throws {
        let memory = LinkMemory(limitBytes: 8 << 20)
        var pairs = [Lane: MachinePair]()
        var filler = LinkMachine(now: now, memory: memory)
        _ = try filler.startCall(Array(repeating: 1, count: 3 << 20), lane: .bulk, deadline: now)
        #expect(throws: Failure("call.overloaded", "")) {
            try filler.startCall(Array(repeating: 1, count: 2 << 20), lane: .bulk, deadline: now)
        }
        _ = try filler.startCall(Array(repeating: 1, count: 2 << 20), lane: .clinical, deadline: now)
        _ = try filler.startCall(Array(repeating: 1, count: 2 << 20), lane: .control, deadline: now)
        for lane in Lane.allCases {
            pairs[lane] = MachinePair()
            pairs[lane]?.other = LinkMachine(now: now, memory: memory)
        }
        // A call of 100 kB that comes in now: bulk and clinical are told to try again, control is served.
        for lane in Lane.allCases {
            _ = try pairs[lane]?.call(100_000, lane: lane)
            pairs[lane]?.settle()
            let isServed = pairs[lane]?.delivered.count == 1
            #expect(isServed == (lane == .control), "\(lane)")
            guard !isServed, case .complete(_, let message) = pairs[lane]?.oneDid.last,
                case .refused(let refusal) = try CallResponse(message: message).answer
            else { continue }
            #expect(refusal.code == .overloaded && refusal.tryAgainAfterMilliseconds != nil)
        }
        filler.end()
        _ = try pairs[.bulk]?.call(100_000, lane: .bulk)
        pairs[.bulk]?.settle()
        #expect(pairs[.bulk]?.delivered.count == 1, "what was refused is taken when there is room again")
    }

    @Test func whatAllLinksHoldStaysUnderTheNodesBoundInAnyFlood() {
        let memory = LinkMemory(limitBytes: 1 << 20)
        let random = SeededRandom(seed: 9)
        var machines = (0..<20).map { _ in LinkMachine(now: now, memory: memory) }
        var begun: [[(id: UInt64, lane: Lane, left: Int)]] = Array(repeating: [], count: 20)
        var delivered: [[UInt64]] = Array(repeating: [], count: 20)
        var refused = 0
        var next: UInt64 = 1
        for _ in 0..<30_000 {
            let link = Int(random.number(below: 20))
            let lane = Lane.allCases[Int(random.number(below: 3))]
            var actions: [LinkMachine.Action] = []
            switch random.number(below: 8) {
            case 0 where begun[link].count < 20, 1 where begun[link].count < 20:
                let total = 100 + Int(random.number(below: 60_000))
                let size = min(total, Int(random.number(below: 16_000)))
                next += 1
                actions = machines[link].receive(
                    Frame(.request, lane: lane, callID: next, payload: first(size, of: total, isLast: size == total)),
                    now: now)
                if size < total { begun[link].append((next, lane, total - size)) }
            case 2 where !begun[link].isEmpty, 3 where !begun[link].isEmpty:
                var message = begun[link].removeFirst()
                let size = min(message.left, 16_000)
                message.left -= size
                actions = machines[link].receive(
                    Frame(
                        .requestMore, lane: message.lane, callID: message.id,
                        payload: [message.left == 0 ? 1 : 0] + Array(repeating: UInt8(7), count: size)), now: now)
                if message.left > 0 { begun[link].append(message) }
            case 5 where !delivered[link].isEmpty:
                let answer = Array(repeating: UInt8(2), count: Int(random.number(below: 40_000)))
                machines[link].answer(delivered[link].removeFirst(), message: answer)
            case 6:
                do {
                    _ = try machines[link].startCall(
                        Array(repeating: 1, count: Int(random.number(below: 50_000))), lane: lane, deadline: now)
                } catch { refused += 1 }
            default:
                _ = machines[link].nextFrame()
            }
            for case .deliver(let id, _, _) in actions { delivered[link].append(id) }
            #expect(memory.heldBytes <= memory.limitBytes)
        }
        #expect(refused > 100, "the flood reached the bound")
        #expect(memory.mostHeldBytes <= memory.limitBytes && memory.mostHeldBytes > memory.limitBytes / 2)
        #expect(machines.reduce(0) { $0 + $1.heldBytes } <= memory.heldBytes)
        for index in machines.indices { machines[index].end() }
        #expect(memory.heldBytes == 0)
    }
}
