import Simulator
import Testing

/// `yilian simulate` as a process: the whole program on virtual time.
@Suite(.serialized) struct SimulateProgramTests {
    private func small(_ seed: String) async throws -> SimulatorProgram.Outcome {
        try await SimulatorProgram.run("--seed", seed, "--hours", "0.1", "--counties", "1", "--townships", "2")
    }

    @Test func oneSeedHasOneTraceInEveryProcess() async throws {
        let first = try await small("11")
        let second = try await small("11")
        #expect(first.trace.hasPrefix("trace "), "\(first.lines) \(first.errors)")
        #expect(first.trace == second.trace)
        #expect(try await small("12").trace != first.trace)
    }

    @Test func aSeedThatTriesTooLittleFailsAndSaysHowToReplayIt() async throws {
        let outcome = try await small("13")
        #expect(outcome.status == 1)
        #expect(outcome.violations.isEmpty, "\(outcome.lines)")
        #expect(outcome.lines.contains { $0.contains("does not count") })
        #expect(
            outcome.lines.contains("replay with: yilian simulate --seed 13 --hours 0.1 --counties 1 --townships 2"))
    }

    @Test func aPlanThatCannotBeIsWrongUsageOrRefused() async throws {
        #expect(try await SimulatorProgram.run("--mutant", "nobody").status == 2)
        #expect(try await SimulatorProgram.run("--hours", "0").status == 1)
    }
}
