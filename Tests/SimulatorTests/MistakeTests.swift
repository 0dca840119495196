import Simulator
import Testing

/// Mistakes that are made on purpose, each of which a checker must find.
struct MistakeTests {
    /// What must notice a mistake: the names of the checkers.
    private static let expected: [Mutant: Set<String>] = [
        // What a disk has lost of a chain that was delivered already keeps the region from coming to rest, too.
        .acknowledgeBeforeCommit: [
            "acknowledged", "chain", "forgotten", "claim", "identity", "configuration", "convergence", "held",
        ],
        .watermarkWithoutBatch: ["chain", "acknowledged"],
        .audienceSkipped: ["audience"],
        .foldedTwice: ["exactlyOnce", "projection"],
        .claimWithoutCheck: ["claim"],
        .normalSynchronisation: [
            "acknowledged", "chain", "forgotten", "claim", "identity", "configuration", "convergence", "held",
        ],
        .lowerConfiguration: ["configuration"],
        .reusedIdentity: ["identity", "chain", "acknowledged", "convergence"],
    ]

    /// Without the optimised program (`Scripts/test` makes it and sets YILIAN_RELEASE_PROGRAM) this would take hours.
    @Test(.enabled(if: SimulatorProgram.optimised != nil), arguments: Mutant.allCases)
    func everyMistakeIsFound(_ mutant: Mutant) async throws {
        let outcome = try await SimulatorProgram.run(
            "--seed", "1", "--seeds", "200", "--until-violation", "--mutant", mutant.rawValue)
        #expect(outcome.status == 1)
        let checkers = Set(
            outcome.violations.compactMap { line in
                line.split(separator: ": ").dropFirst().first.map(String.init)
            })
        let expected = try #require(Self.expected[mutant])
        #expect(!checkers.isDisjoint(with: expected), "\(mutant) was found by \(checkers), of \(expected)")
    }
}
