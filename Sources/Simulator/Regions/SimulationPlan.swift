import Effects

/// What a simulation runs: its seed, its region's size and its length.
package struct SimulationPlan: Sendable {
    package var seed: UInt64
    /// Virtual hours with faults; the region then has time to come to rest.
    package var hours: Double
    package var counties: Int
    package var townships: Int
    /// A fault of our own in the product, by name, to see that the checkers find it.
    package var mutant: Mutant?
    /// Writes what the nodes log to the standard error.
    package var isVerbose: Bool

    package init(
        seed: UInt64, hours: Double = 2, counties: Int = 3, townships: Int = 12, mutant: Mutant? = nil,
        isVerbose: Bool = false
    ) {
        self.seed = seed
        self.hours = hours
        self.counties = counties
        self.townships = townships
        self.mutant = mutant
        self.isVerbose = isVerbose
    }

    /// - Throws: `simulate.badPlan`.
    package func check() throws {
        guard hours > 0, hours <= 168, (1...20).contains(counties), (counties...100).contains(townships) else {
            throw Failure(
                "simulate.badPlan",
                "a simulation has up to 168 hours, 1 to 20 counties and as many townships or more, up to 100",
                remedy: "give --hours, --counties and --townships within these bounds")
        }
    }

    package var milliseconds: Int64 { Int64(hours * 3_600_000) }
    /// Results that are published; at least 300 in two hours of the usual region.
    package var results: Int { max(60, Int(Double(22 * (townships + counties)) * hours / 2)) }
    /// Requests for a diagnosis.
    package var requests: Int { max(4, Int(Double(2 * townships) * hours / 2)) }
    var faults: Int { max(10, Int(72 * hours / 2)) }
}
