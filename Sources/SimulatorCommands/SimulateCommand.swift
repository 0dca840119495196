package import ArgumentParser
import Effects
import Simulator

/// The verb `yilian simulate`.
package struct SimulateCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Run a whole region on virtual time, with faults, from one seed.",
        discussion: """
            The nodes are the production nodes; links, disks and clocks are simulated. While hospitals publish, doctors
            ask and experts report, processes die, disks fail and links break as the seed says; at the end independent
            checkers look whether everything that was acknowledged is where it must be. The last line of each seed is
            `trace HASH events N faults N violations N`. Exit code 1 where anything was violated, or where a seed tried
            too little to count.

            Example: yilian simulate --seed 7
                     yilian simulate --seed 1 --seeds 100
            """)

    @Option(help: "The first seed.")
    var seed: UInt64 = 1

    @Option(help: "How many seeds, one after the other.")
    var seeds = 1

    @Option(help: "Virtual hours with faults; two and more count.")
    var hours = 2.0

    @Option(help: "County groups.")
    var counties = 3

    @Option(help: "Township health centres.")
    var townships = 12

    @Option(
        help: ArgumentHelp(
            "A mistake to make on purpose: \(Mutant.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "name"))
    var mutant: String?

    @Flag(help: "Stop after the first seed in which something was violated.")
    var untilViolation = false

    @Flag(help: "Show what the nodes log.")
    var verbose = false

    @Flag(help: "Write one line of JSON for each seed.")
    var json = false

    package init() {}

    package func validate() throws {
        guard seeds >= 1 else { throw ValidationError("--seeds is 1 or more") }
        guard UInt64(seeds) - 1 <= UInt64.max - seed else {
            throw ValidationError("--seeds: from --seed \(seed) on there are not so many; the last is \(UInt64.max)")
        }
        guard mutant == nil || chosen != nil else {
            throw ValidationError("--mutant is one of \(Mutant.allCases.map(\.rawValue).joined(separator: ", "))")
        }
    }

    private var chosen: Mutant? { mutant.flatMap(Mutant.init) }

    package func run() async throws {
        if ProcessImage.environment(Self.hashing) != "1" {
            try ProcessImage.restart(setting: Self.hashing, to: "1")
        }
        var failed: [UInt64] = []
        var total = SimulationTotal(hoursPerSeed: hours)
        let began = SystemTime().monotonicTime
        for number in 0..<UInt64(seeds) {
            let plan = SimulationPlan(
                seed: seed + number, hours: hours, counties: counties, townships: townships, mutant: chosen,
                isVerbose: verbose)
            let outcome = try Simulation.run(plan, plays: ServicePlayList.all)
            let report = SimulationReport(outcome, plan: plan)
            total.add(outcome)
            if !report.isPassed { failed.append(plan.seed) }
            if json { try report.showJSON() } else { report.show(isOnly: seeds == 1) }
            if untilViolation, !outcome.violations.isEmpty { break }
        }
        if seeds > 1, !json {
            total.show(milliseconds: SystemTime().monotonicTime.milliseconds(since: began))
            if !failed.isEmpty { SimulationReport.line("failed: " + failed.map(String.init).joined(separator: " ")) }
        }
        if !failed.isEmpty { throw ExitCode.failure }
    }

    private static let hashing = "SWIFT_DETERMINISTIC_HASHING"
}
