import Simulator
import Testing

/// Mistakes that are made on purpose, each of which a checker must find.
struct MistakeTests {
    /// What must notice a mistake: the names of the checkers.
    private static let expected: [Mutant: Set<String>] = [
        // What a disk has lost of a chain that was delivered already keeps the region from coming to rest, too.
        .acknowledgeBeforeCommit: [
            "acknowledged", "chain", "forgotten", "claim", "identity", "configuration", "convergence",
        ],
        .watermarkWithoutBatch: ["chain", "acknowledged"],
        .audienceSkipped: ["audience"],
        .foldedTwice: ["exactlyOnce", "projection"],
        .claimWithoutCheck: ["claim"],
        .normalSynchronisation: ["acknowledged", "chain", "forgotten", "claim", "identity"],
        .lowerConfiguration: ["configuration"],
        .reusedIdentity: ["identity", "chain", "acknowledged", "convergence"],
        .authorNotAsked: ["authorship", "standing"],
        .sumWraps: ["figures"],
        .pageStays: ["convergence", "forgotten"],
        // Results are gone that were acknowledged, and beds are given again that a restored owner has forgotten; of many
        // violations the first ones alone are printed.
        .notGivenBack: ["acknowledged", "givenTwice"],
        .clockStopped: ["forgotten"],
    ]

    /// Without the optimised program (`Scripts/test` makes it and sets YILIAN_RELEASE_PROGRAM) this would take hours.
    @Test(.enabled(if: SimulatorProgram.optimised != nil), arguments: inOrder)
    func everyMistakeIsFound(_ mutant: Mutant) async throws {
        let expected = try #require(Self.expected[mutant])
        var found: Set<String> = []
        var seed = 1
        // A seed in which only others notice it, such as the region that does not come to rest, is not enough.
        while seed <= Self.mostSeeds, found.isDisjoint(with: expected) {
            let outcome = try await SimulatorProgram.run(
                "--seed", "\(seed)", "--seeds", "\(Self.mostSeeds + 1 - seed)", "--until-violation", "--mutant",
                mutant.rawValue, "--counties", "\(Self.counties)", "--townships", "\(Self.townships)")
            guard let first = outcome.violations.first else { break }
            #expect(outcome.status == 1)
            found.formUnion(outcome.violations.compactMap(Self.checker))
            seed = try #require(Self.seed(of: first)) + 1
        }
        #expect(!found.isDisjoint(with: expected), "\(mutant) was found by \(found), of \(expected)")
    }

    private static let mostSeeds = 200
    /// A small region: as many faults as in a large one come to fewer nodes, so what goes wrong at a node goes wrong sooner,
    /// and a seed takes a quarter of the time.
    private static let counties = 1
    private static let townships = 3

    /// All of them; those that take most seeds come first, so that the others run beside them.
    private static let inOrder: [Mutant] = {
        let long: [Mutant] = [.normalSynchronisation, .acknowledgeBeforeCommit]
        return long + Mutant.allCases.filter { !long.contains($0) }
    }()

    /// Of a line such as `! seed 17: chain: …`.
    private static func checker(_ line: String) -> String? {
        line.split(separator: ": ").dropFirst().first.map(String.init)
    }

    private static func seed(of line: String) -> Int? {
        line.split(separator: ":").first?.split(separator: " ").last.flatMap { Int($0) }
    }
}
