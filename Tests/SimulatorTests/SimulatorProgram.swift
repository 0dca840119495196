import Effects
import Foundation

/// `yilian simulate` as a process.
enum SimulatorProgram {
    struct Outcome {
        var status: Int32
        var lines: [String]
        var errors: String

        var trace: String { lines.last { $0.hasPrefix("trace ") } ?? "" }
        var violations: [String] { lines.filter { $0.hasPrefix("! ") && !$0.contains("does not count") } }
    }

    static let optimised = ProcessImage.environment("YILIAN_RELEASE_PROGRAM")

    /// The optimised program where there is one, else the one that lies beside the tests.
    private static let path: String = {
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

    static func run(_ arguments: String...) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.path)
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
}
