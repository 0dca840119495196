import Effects

/// Worlds of these tests: time that stands still, seeded randomness, and files in memory or on the machine's disk.
enum TestWorld {
    static func make(
        time: any TimeSource = ManualTime(), disk: any Disk = MemoryDisk(), seed: UInt64 = 42
    ) -> World {
        World(time: time, random: SeededRandom(seed: seed), disk: disk, makeWorker: { _ in InlineWorker() })
    }

    /// Runs a test in a folder of its own on the machine's disk, which is removed afterwards.
    static func withFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let disk = SystemDisk()
        let path = "/tmp/yilian-trust-\(SystemRandom().next())"
        try disk.createDirectory(path, mode: 0o700)
        defer { try? disk.remove(path) }
        return try await body(path)
    }
}
