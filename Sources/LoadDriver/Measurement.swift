import Effects

/// Keeps a number of calls in flight for a while and notes how long each took.
struct Measurement: Sendable {
    let size: Int
    let lane: CallCommand.LaneOption
    let seconds: Int

    /// The times of all calls that ended within the measured while, in nanoseconds, sorted.
    func run(_ desk: any EchoCalls, inflight: Int) async throws -> [Int64] {
        let time = World.system.time
        let begin = time.monotonicTime.advanced(byMilliseconds: Self.warmUpMilliseconds)
        let end = begin.advanced(byMilliseconds: Int64(seconds) * 1_000)
        let payload = Array(repeating: UInt8(7), count: size)
        return try await withThrowingTaskGroup(of: [Int64].self) { group in
            for _ in 0..<inflight {
                group.addTask {
                    var times: [Int64] = []
                    var before = time.monotonicTime
                    while before < end {
                        let answer = try await lane == .clinical ? desk.echo(payload) : desk.store(payload)
                        guard answer.count == size else {
                            throw Failure("load.wrongAnswer", "the answer has \(answer.count) bytes, not \(size)")
                        }
                        let after = time.monotonicTime
                        if after >= begin, after < end { times.append(after.nanoseconds - before.nanoseconds) }
                        before = after
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }.sorted()
        }
    }

    func report(_ times: [Int64], inflight: Int) -> String {
        func microseconds(_ share: Double) -> Double {
            guard !times.isEmpty else { return 0 }
            let index = min(times.count - 1, Int(Double(times.count) * share))
            return Double(times[index] / 10) / 100
        }
        return "{\"calls\":\(times.count),\"seconds\":\(seconds),\"size\":\(size),\"inflight\":\(inflight),"
            + "\"lane\":\"\(lane.rawValue)\",\"frameBytes\":\(Limits.frameBytes),\"callsPerSecond\":\(times.count / max(1, seconds)),"
            + "\"p50Microseconds\":\(microseconds(0.5)),\"p99Microseconds\":\(microseconds(0.99)),"
            + "\"p999Microseconds\":\(microseconds(0.999))}"
    }

    static let warmUpMilliseconds: Int64 = 1_000
}
