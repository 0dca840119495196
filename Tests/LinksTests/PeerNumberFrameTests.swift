import Effects
import Testing
import Wire

@testable import Links

/// Extreme numbers in the frames of a link.
@Suite struct PeerNumberFrameTests {
    private static let clocks: [Int64] = [.min, .min + 1, -1, 0, 1, 1 << 53, .max - 1, .max]

    @Test func aPongWithAnyClockIsTaken() async {
        // A trap ends the process that it happens in.
        await #expect(processExitsWith: .success) {
            for first in PeerNumberFrameTests.clocks {
                for second in PeerNumberFrameTests.clocks {
                    var pacer = BulkPacer()
                    // The newest delays are held against the least of the last minutes.
                    for (number, clock) in ([first] + Array(repeating: second, count: 5) + [first]).enumerated() {
                        let now = MonotonicTime(nanoseconds: Int64(number) * 61_000_000_000)
                        pacer.sent(10_000)
                        pacer.probed(at: now)
                        let isKnown = pacer.returned(now.nanoseconds, receivedAt: clock, now: now)
                        #expect(isKnown)
                        #expect((0...Limits.queueingNanoseconds).contains(pacer.queueingNanoseconds))
                        #expect((BulkPacer.leastBytes...BulkPacer.mostBytes).contains(pacer.windowBytes))
                        #expect(pacer.allowedBytes != nil, "bulk moves whatever the peer says")
                    }
                }
            }
        }
    }

    @Test func everyFrameWithExtremeNumbersIsTakenOrClosesTheLink() async {
        await #expect(processExitsWith: .success) {
            let types: [FrameType] = [
                .request, .requestMore, .response, .responseMore, .cancel, .credit, .ping, .pong, .unsupported,
                .goodbye,
                .refuse, .hello, .welcome,
            ]
            let payloads: [[UInt8]] = PeerNumberFrameTests.clocks.flatMap { clock -> [[UInt8]] in
                var bytes: [UInt8] = []
                ByteStrings.append(clock, to: &bytes)
                return [
                    bytes, bytes + bytes, [1] + bytes, [0] + bytes.prefix(4), [1] + [0xFF, 0xFF, 0xFF, 0xFF] + bytes,
                ]
            }
            var tries = 0
            for type in types {
                for payload in payloads {
                    for callID in [UInt64(0), 1, 1 << 63, .max] {
                        var machine = LinkMachine(now: MonotonicTime(nanoseconds: 0))
                        let now = MonotonicTime(nanoseconds: 1_000_000)
                        _ = try machine.startCall([1], lane: .clinical, deadline: now.advanced(byMilliseconds: 10))
                        for lane in Lane.allCases {
                            _ = machine.receive(Frame(type, lane: lane, callID: callID, payload: payload), now: now)
                        }
                        _ = machine.tick(now: now.advanced(byMilliseconds: 100_000))
                        while machine.nextFrame() != nil {}
                        tries += 1
                    }
                }
            }
            #expect(tries > 1_500)
        }
    }

    @Test func aCallNumberOnTwoLanesClosesTheLink() throws {
        var machine = LinkMachine(now: MonotonicTime(nanoseconds: 0))
        let now = MonotonicTime(nanoseconds: 1)
        // Begun and not ended: three of four bytes.
        let begun: [UInt8] = [0, 0, 0, 0, 4, 1, 2, 3]
        let first = machine.receive(Frame(.request, lane: .bulk, callID: 7, payload: begun), now: now)
        #expect(first == [])
        let actions = machine.receive(Frame(.request, lane: .clinical, callID: 7, payload: begun), now: now)
        guard case .close(let ending) = try #require(actions.last) else {
            Issue.record("the link goes on: \(actions)")
            return
        }
        #expect(ending.reason == .malformed)
    }

    @Test func aCallNumberMayComeAgainOnceItsCallIsOver() throws {
        var pair = MachinePair()
        let id = try pair.call(100)
        pair.settle()
        pair.other.answer(id, message: [0, 0])
        pair.settle()
        try pair.one.startCall(id, [1], lane: .bulk, deadline: pair.now.advanced(byMilliseconds: 1_000))
        pair.settle()
        #expect(pair.delivered == [id, id])
    }
}
