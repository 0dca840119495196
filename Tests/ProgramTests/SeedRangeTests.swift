import Testing
import YilianTestKit

/// Numbers of a command line that leave their type when they are added up.
@Suite struct SeedRangeTests {
    private static let last = "18446744073709551615"

    @Test func moreSeedsThanThereAreIsWrongUsage() async throws {
        for seeds in ["2", "9223372036854775807"] {
            let outcome = try await BuiltProgram.run(["simulate", "--seed", Self.last, "--seeds", seeds])
            #expect(outcome.status == 2, "\(outcome.errors)")
            #expect(outcome.errors.contains("--seeds: from --seed \(Self.last) on there are not so many"))
        }
    }

    @Test func theLastSeedIsOneLikeOthers() async throws {
        let arguments = ["--hours", "0.001", "--counties", "1", "--townships", "1"]
        let outcome = try await BuiltProgram.run(["simulate", "--seed", Self.last, "--seeds", "1"] + arguments)
        #expect([0, 1].contains(outcome.status), "\(outcome.errors)")
        #expect(outcome.output.contains("trace "), "\(outcome.output) \(outcome.errors)")
    }

    @Test(arguments: ["nan", "inf", "-1", "0", "1e300"]) func hoursThatAreNoneAreRefused(_ hours: String) async throws {
        let outcome = try await BuiltProgram.run(["simulate", "--hours=\(hours)"])
        #expect([1, 2].contains(outcome.status) && outcome.errors.contains("hours"), "\(outcome.errors)")
    }
}
