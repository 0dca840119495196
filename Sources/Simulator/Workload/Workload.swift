import Effects
import Regions

/// Everybody who uses the simulated region.
final class Workload: @unchecked Sendable {
    private let shared: SharedSimulation
    let journal = Journal()
    /// Who still works, or waits for an answer, by the name of the node and the person.
    private(set) var unfinished: Set<String> = []
    private var hospitals: [(node: NodeID, hospital: Hospital)] = []

    init(_ shared: SharedSimulation) {
        self.shared = shared
    }

    /// Starts everybody; hospitals and clinics end by themselves.
    func start() {
        let publishers = shared.nodes(.township) + shared.nodes(.county)
        let share = (shared.plan.results + publishers.count - 1) / publishers.count
        for node in publishers {
            let hospital = Hospital(node, shared: shared, journal: journal, count: share)
            hospitals.append((node.id, hospital))
            counted("the hospital at \(node.id)") { try await hospital.run() }
        }
        let townships = shared.nodes(.township)
        let requests = (shared.plan.requests + townships.count - 1) / townships.count
        for node in townships {
            let clinic = Clinic(node, shared: shared, journal: journal, count: requests)
            counted("the clinic at \(node.id)") { try await clinic.run() }
            shared.host.start { try? await clinic.takeNote() }
        }
        for node in shared.nodes(.county) {
            let doctor = Doctor(node, shared: shared)
            shared.host.start { try? await doctor.run() }
        }
        for expert in shared.region.configuration.rosters.flatMap(\.experts) {
            guard let node = shared.node(expert.node) else { continue }
            let desk = SimulatedExpert(expert, node: node, shared: shared, journal: journal)
            shared.host.start { try? await desk.run() }
        }
    }

    /// One more result of every hospital.
    func publishOnceMore() {
        for (node, hospital) in hospitals {
            counted("the hospital at \(node), once more,") { try await hospital.publishNew() }
        }
    }

    private func counted(_ name: String, _ body: @escaping @Sendable () async throws -> Void) {
        unfinished.insert(name)
        shared.host.start { [self] in
            // Only the end of the simulation cancels it.
            try? await body()
            unfinished.remove(name)
        }
    }
}
