import Simulator
import Testing

/// `yilian simulate` as a process: the whole program on virtual time.
@Suite(.serialized) struct SimulateProgramTests {
    private func small(_ seed: String) throws -> SimulatorProgram.Outcome {
        try SimulatorProgram.run("--seed", seed, "--hours", "0.1", "--counties", "1", "--townships", "2")
    }

    @Test func oneSeedHasOneTraceInEveryProcess() throws {
        let first = try small("11")
        let second = try small("11")
        #expect(first.trace.hasPrefix("trace "), "\(first.lines) \(first.errors)")
        #expect(first.trace == second.trace)
        #expect(try small("12").trace != first.trace)
    }

    @Test func aSeedThatTriesTooLittleFailsAndSaysHowToReplayIt() throws {
        let outcome = try small("13")
        #expect(outcome.status == 1)
        #expect(outcome.violations.isEmpty, "\(outcome.lines)")
        #expect(outcome.lines.contains { $0.contains("does not count") })
        #expect(
            outcome.lines.contains("replay with: yilian simulate --seed 13 --hours 0.1 --counties 1 --townships 2"))
    }

    @Test func aPlanThatCannotBeIsWrongUsageOrRefused() throws {
        #expect(try SimulatorProgram.run("--mutant", "nobody").status == 2)
        #expect(try SimulatorProgram.run("--hours", "0").status == 1)
    }
}
