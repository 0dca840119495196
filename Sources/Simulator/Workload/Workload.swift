import Effects
import Regions

/// Everybody who uses the simulated region.
final class Workload: @unchecked Sendable {
    private let ground: SimulationGround
    let journal = Journal()
    /// Who still works, or waits for an answer, by the name of the node and the person.
    private(set) var unfinished: Set<String> = []
    private var hospitals: [(node: NodeID, hospital: Hospital)] = []

    init(_ ground: SimulationGround) {
        self.ground = ground
    }

    /// Starts everybody; hospitals and clinics end by themselves.
    func start() {
        let publishers = ground.nodes(.township) + ground.nodes(.county)
        let share = (ground.plan.results + publishers.count - 1) / publishers.count
        for node in publishers {
            let hospital = Hospital(node, ground: ground, journal: journal, count: share)
            hospitals.append((node.id, hospital))
            counted("the hospital at \(node.id)") { try await hospital.run() }
        }
        let townships = ground.nodes(.township)
        let requests = (ground.plan.requests + townships.count - 1) / townships.count
        for node in townships {
            let clinic = Clinic(node, ground: ground, journal: journal, count: requests)
            counted("the clinic at \(node.id)") { try await clinic.run() }
            ground.host.start { try? await clinic.takeNote() }
        }
        for node in ground.nodes(.county) {
            let doctor = Doctor(node, ground: ground)
            ground.host.start { try? await doctor.run() }
        }
        for expert in ground.region.configuration.rosters.flatMap(\.experts) {
            guard let node = ground.node(expert.node) else { continue }
            let desk = ExpertDesk(expert, node: node, ground: ground, journal: journal)
            ground.host.start { try? await desk.run() }
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
        ground.host.start { [self] in
            // Only the end of the simulation cancels it.
            try? await body()
            unfinished.remove(name)
        }
    }
}
