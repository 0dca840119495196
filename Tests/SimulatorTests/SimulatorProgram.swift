import Effects
import YilianTestKit

/// `yilian simulate` as a process.
enum SimulatorProgram {
    struct Outcome {
        var status: Int32
        var lines: [String]
        var errors: String

        var trace: String { lines.last { $0.hasPrefix("trace ") } ?? "" }
        var violations: [String] { lines.filter { $0.hasPrefix("! ") && !$0.contains("does not count") } }
    }

    /// The optimised program, where `Scripts/test` or somebody else has made it.
    static let optimised = ProcessImage.environment("YILIAN_RELEASE_PROGRAM")

    static func run(_ arguments: String...) async throws -> Outcome {
        let ended = try await BuiltProgram.run(["simulate"] + arguments, program: optimised)
        return Outcome(
            status: ended.status, lines: ended.output.split(separator: "\n").map(String.init), errors: ended.errors)
    }
}
