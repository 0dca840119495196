import Effects

/// Keeps the bulk lane of a link full for as long as a measurement takes.
struct BulkLoad: Sendable {
    let size: Int
    let inflight: Int
    let seconds: Int

    func run(_ desk: any EchoCalls) async throws {
        let time = World.system.time
        let end = time.monotonicTime.advanced(
            byMilliseconds: Measurement.warmUpMilliseconds + Int64(seconds) * 1_000)
        // Compression on the way, should there ever be any, must not make bulk small.
        let payload = SeededRandom(seed: 7).bytes(size)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<inflight {
                group.addTask {
                    while time.monotonicTime < end { _ = try await desk.take(payload) }
                }
            }
            try await group.waitForAll()
        }
    }
}
