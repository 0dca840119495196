import Effects
import Foundation
import Simulator

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
    var sealedByThieves: Int
    var faults: [String: Int]
    var violations: [String]
    /// Why the seed does not count; empty where it does.
    var shortfalls: [String]
    var replay: String
    private var log: [String]

    private enum CodingKeys: String, CodingKey {
        case seed, trace, events, steps, virtualSeconds, results, requests, answered, claims, lostWithDisk
        case sealedByThieves, faults
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
        sealedByThieves = outcome.sealedByThieves
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
            Self.line(
                "seed \(seed): \(virtualSeconds) s of virtual time, \(steps) steps; \(results) results and \(requests) "
                    + "requests acknowledged, \(answered) questions answered, \(claims) claims, "
                    + "\(lostWithDisk) items lost with their only disk, \(sealedByThieves) entries sealed by thieves")
            Self.line(
                "faults: " + faults.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
        }
        if !isPassed {
            for text in violations.prefix(20) { Self.line("! seed \(seed): \(text)") }
            for text in shortfalls { Self.line("! seed \(seed) does not count: \(text)") }
            Self.line("replay with: \(replay)")
        }
        Self.line(
            "trace \(trace) events \(events) faults \(faults.values.reduce(0, +)) violations \(violations.count)")
    }

    func showJSON() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        Self.line(String(decoding: try encoder.encode(self), as: UTF8.self))
    }

    static func line(_ text: String) {
        StandardStream.write(text + "\n", toError: false)
    }
}
