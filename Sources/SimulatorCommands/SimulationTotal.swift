import Simulator

/// What the seeds of one command tried together.
struct SimulationTotal {
    let hoursPerSeed: Double
    private var seeds = 0
    private var results = 0
    private var requests = 0
    private var claims = 0
    private var faults: [String: Int] = [:]

    init(hoursPerSeed: Double) {
        self.hoursPerSeed = hoursPerSeed
    }

    mutating func add(_ outcome: Simulation.Outcome) {
        seeds += 1
        results += outcome.results
        requests += outcome.requests
        claims += outcome.claims
        faults.merge(outcome.faults, uniquingKeysWith: +)
    }

    /// Lines that begin with `total`; `Scripts/simulate` adds up those of several processes.
    func show(milliseconds: Int64) {
        let counts = [("seeds", seeds), ("results", results), ("requests", requests), ("claims", claims)]
        for (name, count) in counts { SimulationReport.line("total \(name) \(count)") }
        for (kind, count) in faults.sorted(by: { $0.key < $1.key }) {
            SimulationReport.line("total fault:\(kind) \(count)")
        }
        let rate = Double(seeds) * hoursPerSeed * 60_000 / Double(max(1, milliseconds))
        SimulationReport.line("\(seeds) seeds in \(milliseconds / 1_000) s, \(Int(rate)) region-hours a minute")
    }
}
