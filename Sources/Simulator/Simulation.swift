import Effects
import NodeRuntime
package import ServiceKit

/// A region on virtual time, in one thread, from one seed.
package final class Simulation {
    /// How a simulation ended.
    package struct Outcome: Sendable {
        package var seed: UInt64
        /// Sixteen hexadecimal digits; the same for the same seed.
        package var trace: String
        package var events: Int
        package var steps: UInt64
        package var virtualMilliseconds: Int64
        package var results: Int
        package var requests: Int
        package var answered: Int
        package var claims: Int
        package var lostWithDisk: Int
        /// Entries that thieves sealed with nodes' keys and that were taken in.
        package var sealedByThieves: Int
        /// How often each kind of fault was made.
        package var faults: [String: Int]
        /// `checker: what is wrong`.
        package var violations: [String]
        /// What the nodes logged last, for whoever looks for the reason.
        package var log: [String]

        package var faultCount: Int { faults.values.reduce(0, +) }

        /// Why the run tried too little to say anything, by the measure of a region of two hours or more.
        ///
        /// A smaller plan is for looking into one thing; it never counts.
        package func shortfalls(of plan: SimulationPlan) -> [String] {
            var shortfalls: [String] = []
            if plan.hours < 2 { shortfalls.append("\(plan.hours) region-hours of 2") }
            if results < 300 { shortfalls.append("\(results) results of 300") }
            if requests < 20 { shortfalls.append("\(requests) requests of 20") }
            if faultCount < 50 { shortfalls.append("\(faultCount) faults of 50") }
            if faults.count < 8 { shortfalls.append("\(faults.count) kinds of faults of 8") }
            return shortfalls
        }
    }

    private let shared: SharedSimulation
    private let workload: Workload
    private let faults: FaultInjector
    private var isDone = false

    private init(_ shared: SharedSimulation) {
        self.shared = shared
        workload = Workload(shared)
        faults = FaultInjector(shared)
    }

    /// Runs one seed on the calling thread, which does nothing else meanwhile.
    ///
    /// - Parameters:
    ///   - plays: what the services of a node play.
    ///   - services: those of a node; others than the program's are for tests.
    /// - Throws: `simulate.badPlan`, and what keeps the region from being made.
    package static func run(
        _ plan: SimulationPlan, plays: [any ServicePlay.Type], services: [any NodeService.Type] = ServiceList.all
    ) throws -> Outcome {
        try plan.check()
        let shared = try SharedSimulation(plan, plays: plays, services: services)
        try SimulatedVFS.register(random: shared.random)
        SimulatedVFS.detachAll()
        try shared.makeNodes()
        Scheduler.current = shared.scheduler
        defer { Scheduler.current = nil }
        ExecutorHook.install()
        let simulation = Simulation(shared)
        let ending = simulation.loop()
        ExecutorHook.remove()
        if ending != .done {
            shared.verdict.violation("convergence", "the simulation came to no end: \(ending)")
        }
        SimulatedVFS.detachAll()
        return simulation.outcome
    }

    private func loop() -> Scheduler.Ending {
        let done = Flag()
        let main: SimulationHost.Job = { [shared, workload, faults] in await Self.course(shared, workload, faults) }
        Task { [host = shared.host] in
            await host.run(main)
            done.isSet = true
        }
        return shared.scheduler.run(stepLimit: Self.stepLimit(shared.plan)) { done.isSet }
    }

    /// The course of a run: start, work among faults, rest, check.
    private static func course(_ shared: SharedSimulation, _ workload: Workload, _ faults: FaultInjector) async {
        for node in shared.nodes {
            if let mode = shared.plan.mutant?.synchronising { node.volume.synchronising = mode }
            await node.start()
        }
        workload.start()
        shared.host.start { try? await faults.run() }
        shared.host.start { try? await BoundsWatch(shared).run() }
        shared.host.start {
            // A service manager starts whatever has ended by itself.
            while (try? await shared.time.sleep(milliseconds: 20_000)) != nil {
                for node in shared.nodes where node.life?.isAlive != true && shared.random.number(below: 3) == 0 {
                    await node.start()
                }
            }
        }
        try? await shared.time.sleep(milliseconds: shared.plan.milliseconds)
        await faults.healAll()
        if await Resting(shared, workload, faults).wait() {
            // Whatever was done to it, a region at rest takes up its work again.
            await GoingOn(shared).ask()
            workload.startOnceMore()
            await Resting(shared, workload, faults).wait()
        }
        await RegionCheck(shared).run()
        for node in shared.nodes { node.kill() }
    }

    private var outcome: Outcome {
        let verdict = shared.verdict
        return Outcome(
            seed: shared.plan.seed, trace: shared.scheduler.trace.hex, events: shared.scheduler.trace.events,
            steps: shared.scheduler.steps, virtualMilliseconds: shared.elapsed, results: verdict.results,
            requests: verdict.requests, answered: verdict.answered, claims: verdict.claims,
            lostWithDisk: verdict.lostWithDisk, sealedByThieves: shared.thefts.entriesTaken, faults: verdict.faults,
            violations: verdict.violations.map { "\($0.checker): \($0.text)" }, log: shared.log.newest)
    }

    private static func stepLimit(_ plan: SimulationPlan) -> UInt64 {
        UInt64(50_000_000 * max(1, plan.hours))
    }

    // Touched on the simulation's one thread only.
    private final class Flag: @unchecked Sendable {
        var isSet = false
    }
}
