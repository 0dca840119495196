import Effects
import Foundation
import Simulator
import Testing

/// `yilian simulate` as a process: the whole program on virtual time.
@Suite(.serialized) struct SimulateProgramTests {
    private struct Outcome {
        var status: Int32
        var lines: [String]
        var errors: String

        var trace: String { lines.last { $0.hasPrefix("trace ") } ?? "" }
        var violations: [String] { lines.filter { $0.hasPrefix("! ") && !$0.contains("does not count") } }
    }

    private static let optimised = ProcessImage.environment("YILIAN_RELEASE_PROGRAM")

    /// The optimised program where there is one, else the one that lies beside the tests.
    private static let program: String = {
        if let optimised { return optimised }
        let disk = SystemDisk()
        var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? ".").deletingLastPathComponent()
        for _ in 0..<4 {
            let candidate = folder.appendingPathComponent("yilian").path
            if disk.exists(candidate), !disk.isDirectory(candidate) { return candidate }
            folder.deleteLastPathComponent()
        }
        return ".build/debug/yilian"
    }()

    private func simulate(_ arguments: String...) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = ["simulate"] + arguments
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let problems = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, lines: text.split(separator: "\n").map(String.init), errors: problems)
    }

    private func small(_ seed: String) throws -> Outcome {
        try simulate("--seed", seed, "--hours", "0.1", "--counties", "1", "--townships", "2")
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
        #expect(try simulate("--mutant", "nobody").status == 2)
        #expect(try simulate("--hours", "0").status == 1)
    }

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
        .normalSynchronisation: ["acknowledged", "chain", "forgotten", "claim", "identity", "convergence"],
        .lowerConfiguration: ["configuration"],
        .reusedIdentity: ["identity", "chain", "acknowledged", "convergence"],
    ]

    /// Without the optimised program (`Scripts/test` makes it and sets YILIAN_RELEASE_PROGRAM) this would take hours.
    @Test(.enabled(if: optimised != nil), arguments: Mutant.allCases)
    func everyMistakeIsFound(_ mutant: Mutant) throws {
        let outcome = try simulate(
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
