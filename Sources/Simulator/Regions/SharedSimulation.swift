package import Effects
import NodeRuntime
package import Regions
import ServiceKit

/// What everything in a simulation shares.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
package final class SharedSimulation: @unchecked Sendable {
    package let plan: SimulationPlan
    let scheduler: Scheduler
    package let region: SimulatedRegion
    let network: SimulatedNetwork
    package let log: SimulatedLog
    let host = SimulationHost()
    package let verdict: SimulationVerdict
    package let thefts = Thefts()
    let firstConfiguration: SignedRegionConfiguration
    /// The services of every node.
    let services: [any NodeService.Type]
    /// Time for everybody who is no node: workload, faults, checkers.
    package let time: SimulatedTime
    package private(set) var nodes: [SimulatedNode] = []
    /// What services play in it.
    private(set) var plays: [any ServicePlay] = []

    init(_ plan: SimulationPlan, plays: [any ServicePlay.Type], services: [any NodeService.Type]) throws {
        self.plan = plan
        self.services = services
        scheduler = Scheduler(seed: plan.seed)
        region = try SimulatedRegion(plan, plays: plays, random: scheduler.random)
        firstConfiguration = try region.signed
        network = SimulatedNetwork(scheduler)
        log = SimulatedLog(scheduler, isVerbose: plan.isVerbose)
        verdict = SimulationVerdict(scheduler)
        time = SimulatedTime(scheduler, clock: CivilClock(start: region.start))
        self.plays = plays.map { $0.init(self) }
    }

    func makeNodes() throws {
        nodes = try region.members.map { try SimulatedNode($0, shared: self) }
    }

    package func node(_ id: NodeID) -> SimulatedNode? { nodes.first { $0.id == id } }

    package func nodes(_ tier: Tier) -> [SimulatedNode] { nodes.filter { $0.tier == tier } }

    package var random: SeededRandom { scheduler.random }

    /// Writes down that something happened, for the trace.
    package func note(_ event: String) { scheduler.note(event) }

    /// What the nodes' services read of the region configuration.
    var sections: [any RegionSection.Type] { ServiceList.sections(of: services).region }

    /// A member of a list that is not empty.
    package func choice<Element>(_ list: [Element]) -> Element? {
        list.isEmpty ? nil : list[Int(random.number(below: UInt64(list.count)))]
    }

    /// `count` moments of the time with faults, in milliseconds since the start, in their order.
    package func moments(_ count: Int) -> [Int64] {
        (0..<count).map { _ in Int64(random.number(below: UInt64(plan.milliseconds))) }.sorted()
    }

    /// Waits until a moment in milliseconds since the start.
    package func wait(until moment: Int64) async throws {
        try await time.sleep(milliseconds: max(0, moment - elapsed))
    }

    /// Virtual milliseconds since the start.
    package var elapsed: Int64 { scheduler.now.nanoseconds / 1_000_000 }
}
