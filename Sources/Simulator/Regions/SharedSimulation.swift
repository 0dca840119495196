import Effects
import Regions

/// What everything in a simulation shares.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
final class SharedSimulation: @unchecked Sendable {
    let plan: SimulationPlan
    let scheduler: Scheduler
    let region: SimulatedRegion
    let network: SimulatedNetwork
    let log: SimulatedLog
    let host = SimulationHost()
    let verdict: SimulationVerdict
    let thefts = Thefts()
    let firstConfiguration: SignedRegionConfiguration
    /// Time for everybody who is no node: workload, faults, checkers.
    let time: SimulatedTime
    private(set) var nodes: [SimulatedNode] = []

    init(_ plan: SimulationPlan) throws {
        self.plan = plan
        scheduler = Scheduler(seed: plan.seed)
        region = try SimulatedRegion(plan, random: scheduler.random)
        firstConfiguration = try region.signed
        network = SimulatedNetwork(scheduler)
        log = SimulatedLog(scheduler, isVerbose: plan.isVerbose)
        verdict = SimulationVerdict(scheduler)
        time = SimulatedTime(scheduler, clock: CivilClock(start: region.start))
    }

    func makeNodes() throws {
        nodes = try region.members.map { try SimulatedNode($0, shared: self) }
    }

    func node(_ id: NodeID) -> SimulatedNode? { nodes.first { $0.id == id } }

    func nodes(_ tier: Tier) -> [SimulatedNode] { nodes.filter { $0.tier == tier } }

    var random: SeededRandom { scheduler.random }

    /// A member of a list that is not empty.
    func choice<Element>(_ list: [Element]) -> Element? {
        list.isEmpty ? nil : list[Int(random.number(below: UInt64(list.count)))]
    }

    /// `count` moments of the time with faults, in milliseconds since the start, in their order.
    func moments(_ count: Int) -> [Int64] {
        (0..<count).map { _ in Int64(random.number(below: UInt64(plan.milliseconds))) }.sorted()
    }

    /// Waits until a moment in milliseconds since the start.
    func wait(until moment: Int64) async throws {
        try await time.sleep(milliseconds: max(0, moment - elapsed))
    }

    /// Virtual milliseconds since the start.
    var elapsed: Int64 { scheduler.now.nanoseconds / 1_000_000 }
}
