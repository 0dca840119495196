import Effects

/// What a simulation found, and how much it tried.
package final class SimulationVerdict: @unchecked Sendable {
    struct Violation {
        var checker: String
        var text: String
    }

    private let scheduler: Scheduler
    private(set) var violations: [Violation] = []
    private(set) var faults: [String: Int] = [:]
    package var results = 0
    package var requests = 0
    package var answered = 0
    package var claims = 0
    package var reports = 0
    package var lostWithDisk = 0

    init(_ scheduler: Scheduler) {
        self.scheduler = scheduler
    }

    package func violation(_ checker: String, _ text: String) {
        scheduler.note("violation \(checker)")
        if violations.count < 1_000 { violations.append(Violation(checker: checker, text: text)) }
    }

    func fault(_ kind: String) {
        scheduler.note("fault \(kind)")
        faults[kind, default: 0] += 1
    }

    var faultCount: Int { faults.values.reduce(0, +) }
}

/// What a simulation prints.
enum SimulationOutput {
    static func error(_ text: String) {
        StandardStream.write(text + "\n", toError: true)
    }
}
