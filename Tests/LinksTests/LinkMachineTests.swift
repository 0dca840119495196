import Effects
import Links
import Testing
import Wire

@Suite struct LinkMachineTests {
    @Test(arguments: [0, 1, 64, 32 << 10, (32 << 10) + 1, 1 << 20, Limits.messageBytes])
    func aCallIsAnswered(bytes: Int) throws {
        var pair = MachinePair()
        let message = Array(repeating: UInt8(3), count: bytes)
        let id = try pair.one.startCall(message, lane: .bulk, deadline: pair.now.advanced(byMilliseconds: 9))
        pair.settle()
        #expect(pair.otherDid == [.deliver(callID: id, lane: .bulk, message: message)])
        pair.other.answer(id, message: message)
        pair.settle()
        #expect(pair.oneDid == [.complete(callID: id, message: message)])
        #expect(pair.one.callsInFlight == 0 && pair.other.callsInFlight == 0)
    }

    @Test func framesAreNeverLongerThanTheLimit() throws {
        var pair = MachinePair()
        _ = try pair.call(1 << 20, lane: .bulk)
        while let frame = pair.one.nextFrame() {
            #expect(FrameCodec.encode(frame).count <= Limits.frameBytes)
        }
    }

    @Test func clinicalWaitsForOneBulkFrameAtMost() throws {
        var pair = MachinePair()
        _ = try pair.call(4 << 20, lane: .bulk)
        #expect(pair.one.nextFrame()?.lane == .bulk)
        _ = try pair.call(100, lane: .clinical)
        _ = try pair.call(100, lane: .control)
        let next = (0..<4).compactMap { _ in pair.one.nextFrame() }.filter { $0.type != .ping }
        #expect(next.map(\.lane) == [.control, .clinical, .bulk])
        #expect(next.last?.type == .requestMore)
    }

    @Test func bulkGoesOnOnlyAsProbesComeBack() throws {
        var pair = MachinePair()
        _ = try pair.call(1 << 20, lane: .bulk)
        var sent = 0
        while let frame = pair.one.nextFrame() { sent += frame.lane == .bulk ? frame.payload.count : 0 }
        #expect(sent <= 66 << 10)
        _ = try pair.call(100, lane: .clinical)
        #expect(pair.one.nextFrame()?.lane == .clinical)
        #expect(pair.one.nextFrame() == nil)
    }

    @Test func messagesOfALaneGoByTurns() throws {
        var pair = MachinePair()
        let long = try pair.call(200 << 10)
        let other = try pair.call(200 << 10)
        let short = try pair.call(100)
        var order: [UInt64] = []
        for _ in 0..<5 {
            let next = pair.one.nextFrame()
            let frame = try #require(next)
            order.append(frame.callID)
            pair.otherDid += pair.other.receive(frame, now: pair.now)
        }
        #expect(order == [long, long, other, long, short])
        pair.settle()
        #expect(pair.delivered == [short, long, other])
    }

    @Test func aCallIsCancelledAtItsDeadlineWhereItIsServed() throws {
        var pair = MachinePair()
        let id = try pair.call(100)
        pair.settle()
        pair.other.limitIncoming(id, until: pair.now.advanced(byMilliseconds: 300))
        pair.pass(milliseconds: 299)
        #expect(!pair.otherDid.contains(.cancelIncoming(callID: id)))
        pair.pass(milliseconds: 1)
        #expect(pair.otherDid.last == .cancelIncoming(callID: id))
        pair.other.answer(id, message: [0, 0])
        #expect(pair.other.callsInFlight == 0)
    }

    @Test func whoOwesAMessageAndSendsTooSlowlyLosesTheLink() {
        let start = MonotonicTime(nanoseconds: 0)
        var machine = LinkMachine(now: start)
        var did = machine.receive(Frame(.request, callID: 1, payload: [0, 0, 0, 8, 0, 1]), now: start)
        for second in Int64(1)...Limits.leastPaceMilliseconds / 1_000 {
            let now = start.advanced(byMilliseconds: second * 1_000)
            did += machine.receive(Frame(.requestMore, callID: 1, payload: [0, 1]), now: now)
            did += machine.tick(now: now)
        }
        guard case .close(let ending) = did.last else {
            Issue.record("the link is open")
            return
        }
        #expect(ending.reason == .tooSlow)
    }

    @Test func aLaneWithoutCreditWaitsAndTheOthersDoNot() throws {
        var pair = MachinePair()
        _ = try pair.call(Limits.messageBytes, lane: .bulk)
        let second = try pair.call(Limits.messageBytes, lane: .bulk)
        let clinical = try pair.call(100, lane: .clinical)
        pair.settle()
        #expect(Set(pair.delivered) == [1, clinical])
        pair.other.answer(1, message: [1])
        pair.settle()
        #expect(pair.delivered.contains(second))
    }

    @Test func creditLastsForeverWhereCallsAreAnswered() throws {
        var pair = MachinePair()
        for _ in 0..<200 {
            let id = try pair.call(300 << 10, lane: .bulk)
            pair.settle()
            pair.other.answer(id, message: Array(repeating: 0, count: 200 << 10))
            pair.settle()
            #expect(pair.oneDid.count == 1)
            pair.oneDid = []
        }
    }

    @Test func bothSidesMayFillTheirWindowsAndStillAnswer() throws {
        var pair = MachinePair()
        let first = try pair.call(Limits.messageBytes, lane: .bulk)
        let second = try pair.other.startCall(
            Array(repeating: 1, count: Limits.messageBytes), lane: .bulk, deadline: pair.now)
        pair.settle()
        pair.other.answer(first, message: Array(repeating: 2, count: Limits.messageBytes))
        pair.one.answer(second, message: Array(repeating: 2, count: Limits.messageBytes))
        pair.settle()
        #expect(pair.oneDid.count == 2 && pair.otherDid.count == 2)
    }

    @Test func aCallBeforeItsFirstFrameIsTakenBackSilently() throws {
        var pair = MachinePair()
        let id = try pair.call(100)
        pair.one.cancelCall(id)
        #expect(pair.one.nextFrame() == nil)
    }

    @Test func aCancelledCallIsCancelledAtTheOtherEndAndItsAnswerDropped() throws {
        var pair = MachinePair()
        let id = try pair.call(100)
        pair.settle()
        pair.one.cancelCall(id)
        pair.settle()
        #expect(pair.otherDid.last == .cancelIncoming(callID: id))
        pair.other.answer(id, message: [1])
        pair.settle()
        #expect(pair.oneDid.isEmpty)
        #expect(pair.other.callsInFlight == 0)
    }

    @Test func aCallThatIsCancelledHalfwayGivesItsCreditBack() throws {
        var pair = MachinePair()
        for _ in 0..<5 {
            let id = try pair.call(Limits.messageBytes, lane: .bulk)
            if let frame = pair.one.nextFrame() { _ = pair.other.receive(frame, now: pair.now) }
            pair.one.cancelCall(id)
            pair.settle()
        }
        let last = try pair.call(Limits.messageBytes, lane: .bulk)
        pair.settle()
        #expect(pair.delivered == [last])
    }

    @Test func aCallFailsAtItsDeadline() throws {
        var pair = MachinePair()
        let id = try pair.call(100, milliseconds: 700)
        pair.settle()
        pair.pass(milliseconds: 699)
        #expect(pair.oneDid.isEmpty)
        #expect(pair.one.nextDeadline == pair.now.advanced(byMilliseconds: 1))
        pair.pass(milliseconds: 1)
        #expect(pair.oneDid == [.fail(callID: id, .deadlineExceeded)])
        pair.settle()
        #expect(pair.otherDid.last == .cancelIncoming(callID: id))
    }

    @Test func anAnswerAfterTheDeadlineIsDropped() throws {
        var pair = MachinePair()
        let id = try pair.call(100, milliseconds: 10)
        pair.settle()
        pair.other.answer(id, message: [1])
        pair.pass(milliseconds: 10)
        pair.settle()
        #expect(pair.oneDid == [.fail(callID: id, .deadlineExceeded)])
    }

    @Test func heartbeatsKeepALinkAlive() {
        var pair = MachinePair()
        for _ in 0..<100 {
            pair.pass(milliseconds: Limits.heartbeatMilliseconds)
            pair.settle()
        }
        #expect(pair.oneDid.isEmpty && pair.otherDid.isEmpty)
        #expect(pair.one.roundTripMilliseconds == 0)
    }

    @Test func aSilentLinkIsClosed() {
        var pair = MachinePair()
        pair.pass(milliseconds: Limits.idleLinkMilliseconds)
        guard case .close(let ending) = pair.oneDid.last else {
            Issue.record("the link is open")
            return
        }
        #expect(ending.reason == .idle)
        #expect(pair.one.nextFrame()?.type == .goodbye)
        #expect(pair.one.nextFrame() == nil)
    }

    @Test func aGoodbyeEndsTheOtherSide() {
        var pair = MachinePair()
        pair.oneDid += pair.one.close(LinkEnding(.shuttingDown, "stopping"))
        pair.settle()
        #expect(pair.otherDid == [.close(LinkEnding(.shuttingDown, "stopping", saidByPeer: true))])
        #expect(throws: Failure("call.notReachable", "")) { try pair.call(1) }
    }

    @Test func tooManyCallsAreRefusedByTheCallerAndByTheCallee() throws {
        var pair = MachinePair()
        for _ in 0..<Limits.callsInFlightPerLane { _ = try pair.call(10) }
        #expect(throws: Failure("call.overloaded", "")) { try pair.call(10) }
        _ = try pair.call(10, lane: .bulk)
        pair.settle()
        #expect(pair.delivered.count == Limits.callsInFlightPerLane + 1)
        // A peer that does not keep to the bound is told so.
        let more = try CallRequest(
            method: 1, desk: "d", deadlineMilliseconds: 1, correlation: "", arguments: []
        ).message()
        let payload = [1, 0, 0, 0, UInt8(more.count)] + more
        _ = pair.other.receive(Frame(.request, lane: .clinical, callID: 90_000, payload: payload), now: pair.now)
        let next = pair.other.nextFrame()
        let answer = try #require(next)
        guard case .refused(let refusal) = try CallResponse(message: Array(answer.payload.dropFirst(5))).answer else {
            Issue.record("the call was taken")
            return
        }
        #expect(refusal.code == .overloaded && refusal.tryAgainAfterMilliseconds != nil)
    }

    @Test func aCallThatIsTooLongIsNotBegun() {
        var pair = MachinePair()
        #expect(throws: Failure("call.tooLong", "")) { try pair.call(Limits.messageBytes + 1) }
    }

    @Test func anAnswerThatIsTooLongBecomesARefusal() throws {
        var pair = MachinePair()
        let id = try pair.call(1)
        pair.settle()
        pair.other.answer(id, message: Array(repeating: 0, count: Limits.messageBytes + 1))
        pair.settle()
        guard case .complete(id, let message) = pair.oneDid.last,
            case .refused(let refusal) = try CallResponse(message: message).answer
        else {
            Issue.record("no refusal")
            return
        }
        #expect(refusal.code == .internal)
    }

    @Test func aFrameFromTheFutureIsAnsweredAndTheLinkGoesOn() throws {
        var pair = MachinePair()
        let strange = Frame(FrameType(rawValue: 77), laneByte: 200, callID: 5, payload: [1])
        #expect(pair.one.receive(strange, now: pair.now).isEmpty)
        let answer = Frame(.unsupported, laneByte: 200, callID: 5, payload: [77])
        #expect(pair.one.nextFrame() == answer)
        // Nobody answers the answer, or two programs would talk of nothing else.
        #expect(pair.other.receive(answer, now: pair.now).isEmpty)
        #expect(pair.other.nextFrame() == nil)
        let id = try pair.call(10)
        pair.settle()
        #expect(pair.delivered == [id])
    }

    @Test func framesFromTheFutureWithoutEndAreAnsweredInBounds() {
        var pair = MachinePair()
        for id in 0..<10_000 {
            let strange = Frame(FrameType(rawValue: UInt8(100 + id % 100)), callID: UInt64(id))
            #expect(pair.one.receive(strange, now: pair.now).isEmpty)
        }
        var answers = 0
        while pair.one.nextFrame() != nil { answers += 1 }
        #expect(answers > 0 && answers < 1_000)
    }

    @Test func aCallThatAnOlderPeerDoesNotUnderstandFailsAtOnce() throws {
        var pair = MachinePair()
        let id = try pair.call(100)
        _ = pair.one.nextFrame()
        let answer = Frame(.unsupported, lane: .clinical, callID: id, payload: [FrameType.request.rawValue])
        #expect(pair.one.receive(answer, now: pair.now) == [.fail(callID: id, .unknownMethod)])
        #expect(pair.one.callsInFlight == 0 && pair.one.heldBytes == 0)
    }

    private static let violations: [(String, [Frame], LinkReason)] = [
        ("unknown lane", [Frame(.request, laneByte: 9, callID: 1, payload: [1, 0, 0, 0, 0])], .malformed),
        ("no head", [Frame(.request, callID: 1, payload: [1, 0])], .malformed),
        ("call id 0", [Frame(.request, callID: 0, payload: [1, 0, 0, 0, 0])], .malformed),
        ("too long", [Frame(.request, callID: 1, payload: [0, 0xFF, 0xFF, 0xFF, 0xFF])], .messageTooLong),
        ("not begun", [Frame(.requestMore, callID: 1, payload: [1])], .malformed),
        ("shorter than announced", [Frame(.request, callID: 1, payload: [1, 0, 0, 0, 2, 1])], .malformed),
        ("longer than announced", [Frame(.request, callID: 1, payload: [1, 0, 0, 0, 1, 1, 1])], .malformed),
        (
            "begun twice",
            [
                Frame(.request, callID: 1, payload: [0, 0, 0, 0, 2, 1]),
                Frame(.request, callID: 1, payload: [0, 0, 0, 0, 2, 1]),
            ], .malformed
        ),
        (
            "one id twice",
            [
                Frame(.request, callID: 1, payload: [1, 0, 0, 0, 0]),
                Frame(.request, callID: 1, payload: [1, 0, 0, 0, 0]),
            ], .malformed
        ),
        ("credit for nothing", [Frame(.credit, payload: [0, 0, 0, 0, 1])], .malformed),
        ("credit of no account", [Frame(.credit, payload: [7, 0, 0, 0, 1])], .malformed),
        ("second handshake", [Frame(.hello)], .malformed),
    ]

    @Test(arguments: violations) func whoBreaksTheProtocolLosesTheLink(
        _ violation: (name: String, frames: [Frame], reason: LinkReason)
    ) {
        var machine = LinkMachine(now: MonotonicTime(nanoseconds: 0))
        var did: [LinkMachine.Action] = []
        for frame in violation.frames { did += machine.receive(frame, now: MonotonicTime(nanoseconds: 0)) }
        guard case .close(let ending) = did.last else {
            Issue.record("\(violation.name) was taken")
            return
        }
        #expect(ending.reason == violation.reason)
        #expect(machine.nextFrame()?.type == .goodbye)
    }

    @Test func whoSendsMoreThanItsCreditLosesTheLink() {
        var machine = LinkMachine(now: MonotonicTime(nanoseconds: 0))
        var closed: LinkReason?
        for id in UInt64(1)...10 where closed == nil {
            // The longest message fits; another one beside it does not.
            let frame = Frame(.request, lane: .bulk, callID: id, payload: [0, 0, 0x80, 0, 0, 0])
            if case .close(let ending) = machine.receive(frame, now: MonotonicTime(nanoseconds: 0)).last {
                closed = ending.reason
            }
        }
        #expect(closed == .creditExceeded)
    }

    @Test func hostileFramesNeverTrap() {
        let random = SeededRandom(seed: 11)
        for _ in 0..<2_000 {
            var machine = LinkMachine(now: MonotonicTime(nanoseconds: 0))
            for _ in 0..<20 {
                let frame = Frame(
                    FrameType(rawValue: UInt8(random.number(below: 36))), laneByte: UInt8(random.number(below: 4)),
                    callID: random.number(below: 4), payload: random.bytes(Int(random.number(below: 9))))
                for action in machine.receive(frame, now: MonotonicTime(nanoseconds: 0)) {
                    if case .deliver(let id, _, _) = action { machine.answer(id, message: [0, 0]) }
                }
                _ = machine.nextFrame()
            }
        }
    }
}
