import Distributed
import Effects
import Synchronization

/// How a link's own desk is made.
struct LinkLocalDesk: Sendable {
    let make: @Sendable (YilianActorSystem) -> any DistributedActor

    init(make: @escaping @Sendable (YilianActorSystem) -> any DistributedActor) {
        self.make = make
    }
}

/// Where desks of a link run: the loop's executor, or this actor's own.
actor DeskGround {
    private let executor: (any SerialExecutor)?
    private let fallback = OwnGround()

    init(executor: (any SerialExecutor)?) {
        self.executor = executor
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor?.asUnownedSerialExecutor() ?? fallback.unownedExecutor
    }
}

/// An actor whose executor others share.
private actor OwnGround {}

/// Correlation ids of calls that nobody else has named: one random identifier per process part, and a count.
///
/// A fresh random identifier costs as much as the rest of a small call. These are short enough, for a thousand million
/// calls, to need no memory of their own.
final class Correlations: Sendable {
    private let prefix: String
    private let count = Atomic<UInt64>(0)

    init(_ world: World) {
        // The last eight characters are 40 random bits.
        prefix = String(world.identifier().suffix(8))
    }

    func next() -> String {
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        return prefix + "-" + String(number, radix: 32)
    }
}
