/// Everything that a node takes from outside itself except links and storage: time, randomness, disk, threads.
///
/// A world is handed down from the composition root. `SystemTime`, `SystemRandom` and `SystemDisk` make the real one;
/// tests and simulations make their own.
package struct World: Sendable {
    package var time: any TimeSource
    package var random: any RandomSource
    package var disk: any Disk
    /// Makes a worker for blocking work; the name shows in thread listings.
    package var makeWorker: @Sendable (_ name: String) -> any Worker

    package init(
        time: any TimeSource, random: any RandomSource, disk: any Disk,
        makeWorker: @escaping @Sendable (_ name: String) -> any Worker
    ) {
        self.time = time
        self.random = random
        self.disk = disk
        self.makeWorker = makeWorker
    }

    /// The real machine.
    package static let system = World(
        time: SystemTime(), random: SystemRandom(), disk: SystemDisk(), makeWorker: { ThreadWorker(name: $0) })

    package func identifier() -> String {
        random.identifier(at: time.wallTime)
    }
}
