import Effects
import Testing

@testable import Links

/// Bulk's rate on a bottleneck whose queue never drops, in virtual time.
@Suite struct BulkPacerTests {
    private struct Bottleneck {
        /// Bytes of bulk, and probes by when they were sent, in the order in which they leave.
        enum Item {
            case bytes(Int)
            case probe(Int64)
        }

        var pacer = BulkPacer()
        var bytesPerMillisecond: Int
        var delayMilliseconds: Int64 = 20
        var now: Int64 = 0
        var queue: [Item] = []
        var queuedBytes = 0
        var carriedBytes = 0
        var mostQueuedMilliseconds = 0
        /// Probes that came there: when they are back, when sent, when received.
        var returning: [(Int64, Int64, Int64)] = []

        /// - Parameter foreign: how long somebody else's bytes stand in the queue before each of ours.
        mutating func run(milliseconds: Int, foreignMilliseconds foreign: Int64 = 0) {
            (carriedBytes, mostQueuedMilliseconds) = (0, 0)
            for _ in 0..<milliseconds {
                now += 1
                while let first = returning.first, first.0 <= now {
                    returning.removeFirst()
                    _ = pacer.returned(
                        first.1, receivedAt: first.2, now: MonotonicTime(nanoseconds: now * 1_000_000))
                }
                while let allowed = pacer.allowedBytes {
                    pacer.sent(allowed)
                    queue.append(.bytes(allowed))
                    queuedBytes += allowed
                    if pacer.wantsProbe {
                        // No two probes are sent in the same nanosecond.
                        let sentAt = now * 1_000_000 + Int64(queue.count)
                        pacer.probed(at: MonotonicTime(nanoseconds: sentAt))
                        queue.append(.probe(sentAt))
                    }
                }
                mostQueuedMilliseconds = max(mostQueuedMilliseconds, queuedBytes / bytesPerMillisecond)
                drain(foreign)
            }
        }

        private mutating func drain(_ foreign: Int64) {
            var budget = bytesPerMillisecond
            while let first = queue.first {
                switch first {
                case .probe(let sentAt):
                    let arrives = now + delayMilliseconds + foreign
                    returning.append((arrives + delayMilliseconds, sentAt, arrives * 1_000_000))
                    queue.removeFirst()
                case .bytes(let count):
                    guard budget > 0 else { return }
                    let leaving = min(count, budget)
                    budget -= leaving
                    queuedBytes -= leaving
                    carriedBytes += leaving
                    if leaving == count { queue.removeFirst() } else { queue[0] = .bytes(count - leaving) }
                }
            }
        }
    }

    /// 20 Mb/s and 2 Mb/s.
    @Test(arguments: [2_500, 250]) func theLinkIsFullAndItsQueueIsShort(bytesPerMillisecond: Int) {
        var bottleneck = Bottleneck(bytesPerMillisecond: bytesPerMillisecond)
        bottleneck.run(milliseconds: 10_000)
        bottleneck.run(milliseconds: 20_000)
        #expect(bottleneck.carriedBytes > bytesPerMillisecond * 20_000 / 10 * 8, "bulk uses the link")
        // What bulk may cause, and a fragment or two of the coarse steps on the slow link.
        #expect(bottleneck.mostQueuedMilliseconds <= 10 + 2 * max(10, 16_384 / bytesPerMillisecond))
    }

    @Test func bulkGivesWayToWhoeverFillsTheQueueAndComesBack() {
        var bottleneck = Bottleneck(bytesPerMillisecond: 2_500)
        bottleneck.run(milliseconds: 10_000)
        let before = bottleneck.pacer.windowBytes
        bottleneck.run(milliseconds: 5_000, foreignMilliseconds: 60)
        #expect(bottleneck.pacer.windowBytes == BulkPacer.leastBytes, "it gives way, and goes on all the same")
        #expect(bottleneck.carriedBytes > 0)
        bottleneck.run(milliseconds: 30_000)
        #expect(bottleneck.pacer.windowBytes > before / 2)
    }
}
