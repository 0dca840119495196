import Effects
import Regions

/// Everybody who uses the simulated region.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
final class Workload: @unchecked Sendable {
    private let shared: SharedSimulation
    /// Who still works, or waits for an answer, by the name of the node and the person.
    private(set) var unfinished: Set<String> = []

    init(_ shared: SharedSimulation) {
        self.shared = shared
    }

    /// Starts everybody; those who have a name end by themselves.
    func start() {
        for person in shared.plays.inTurns({ $0.people() }) { start(person) }
    }

    /// What every play does once more in a region at rest.
    func startOnceMore() {
        for person in shared.plays.flatMap({ $0.onceMore() }) { start(person) }
    }

    private func start(_ person: SimulatedPerson) {
        if let name = person.name { unfinished.insert(name) }
        shared.host.start { [self] in
            // Only the end of the simulation cancels it.
            try? await person.work()
            if let name = person.name { unfinished.remove(name) }
        }
    }
}
