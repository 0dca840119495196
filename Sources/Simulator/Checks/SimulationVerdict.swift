import Effects

/// What a simulation found, and how much it tried.
final class SimulationVerdict: @unchecked Sendable {
    struct Violation {
        var checker: String
        var text: String
    }

    private let scheduler: Scheduler
    private(set) var violations: [Violation] = []
    private(set) var faults: [String: Int] = [:]
    var results = 0
    var requests = 0
    var answered = 0
    var claims = 0
    var reports = 0
    var lostWithDisk = 0

    init(_ scheduler: Scheduler) {
        self.scheduler = scheduler
    }

    func violation(_ checker: String, _ text: String) {
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
