import ArgumentParser
import Effects
import Simulator

/// The verb `yilian simulate`.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
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

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard seeds >= 1 else { throw ValidationError("--seeds is 1 or more") }
        guard mutant == nil || chosen != nil else {
            throw ValidationError("--mutant is one of \(Mutant.allCases.map(\.rawValue).joined(separator: ", "))")
        }
    }

    private var chosen: Mutant? { mutant.flatMap(Mutant.init) }

    func run() async throws {
        if ProcessImage.environment(Self.hashing) != "1" {
            try ProcessImage.restart(setting: Self.hashing, to: "1")
        }
        var failed: [UInt64] = []
        let began = SystemTime().monotonicTime
        for number in 0..<UInt64(seeds) {
            let plan = SimulationPlan(
                seed: seed + number, hours: hours, counties: counties, townships: townships, mutant: chosen,
                isVerbose: verbose)
            let outcome = try Simulation.run(plan)
            let report = SimulationReport(outcome, plan: plan)
            if !report.isPassed { failed.append(plan.seed) }
            if output.json { try Terminal.json(report) } else { report.show(isOnly: seeds == 1) }
            if untilViolation, !outcome.violations.isEmpty { break }
        }
        if seeds > 1, !output.json {
            let seconds = max(1, SystemTime().monotonicTime.milliseconds(since: began)) / 1_000
            let hoursPerMinute = Double(seeds) * hours * 60 / Double(max(1, seconds))
            Terminal.line(
                "\(seeds) seeds in \(seconds) s, \(Int(hoursPerMinute)) region-hours a minute, \(failed.count) failed"
                    + (failed.isEmpty ? "" : ": " + failed.map(String.init).joined(separator: " ")))
        }
        if !failed.isEmpty { throw ExitCode.failure }
    }

    private static let hashing = "SWIFT_DETERMINISTIC_HASHING"
}

/// What a run of one seed says.
struct SimulationReport: Encodable {
    var seed: UInt64
    var trace: String
    var events: Int
    var steps: UInt64
    var virtualSeconds: Int64
    var results: Int
    var requests: Int
    var answered: Int
    var claims: Int
    var lostWithDisk: Int
    var faults: [String: Int]
    var violations: [String]
    /// Why the seed does not count; empty where it does.
    var shortfalls: [String]
    var replay: String
    private var log: [String]

    private enum CodingKeys: String, CodingKey {
        case seed, trace, events, steps, virtualSeconds, results, requests, answered, claims, lostWithDisk, faults
        case violations, shortfalls, replay
    }

    init(_ outcome: Simulation.Outcome, plan: SimulationPlan) {
        seed = outcome.seed
        trace = outcome.trace
        events = outcome.events
        steps = outcome.steps
        virtualSeconds = outcome.virtualMilliseconds / 1_000
        results = outcome.results
        requests = outcome.requests
        answered = outcome.answered
        claims = outcome.claims
        lostWithDisk = outcome.lostWithDisk
        faults = outcome.faults
        violations = outcome.violations
        shortfalls = outcome.shortfalls(of: plan)
        log = outcome.log
        replay =
            "yilian simulate --seed \(plan.seed) --hours \(plan.hours) --counties \(plan.counties)"
            + " --townships \(plan.townships)" + (plan.mutant.map { " --mutant \($0.rawValue)" } ?? "")
    }

    var isPassed: Bool { violations.isEmpty && shortfalls.isEmpty }

    func show(isOnly: Bool) {
        if isOnly {
            Terminal.line(
                "seed \(seed): \(virtualSeconds) s of virtual time, \(steps) steps; \(results) results and \(requests) "
                    + "requests acknowledged, \(answered) questions answered, \(claims) claims, "
                    + "\(lostWithDisk) items lost with their only disk")
            Terminal.line(
                "faults: " + faults.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
        }
        if !isPassed {
            for text in violations.prefix(20) { Terminal.line("! seed \(seed): \(text)") }
            for text in shortfalls { Terminal.line("! seed \(seed) does not count: \(text)") }
            Terminal.line("replay with: \(replay)")
        }
        Terminal.line(
            "trace \(trace) events \(events) faults \(faults.values.reduce(0, +)) violations \(violations.count)")
    }
}
