import Effects
import Foundation

/// The `yilian` that the build made, run as a process of its own.
struct BuiltProgram {
    /// How a run ended.
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    /// The program lies beside the test bundle.
    static let path: String = {
        let disk = SystemDisk()
        var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? ".").deletingLastPathComponent()
        for _ in 0..<4 {
            let candidate = folder.appendingPathComponent("yilian").path
            if disk.exists(candidate), !disk.isDirectory(candidate) { return candidate }
            folder.deleteLastPathComponent()
        }
        return root + "/.build/debug/yilian"
    }()

    /// The repository's folder.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static func run(_ arguments: [String], in folder: String? = nil, input: String? = nil) throws -> Outcome {
        let process = try start(arguments, in: folder, input: input)
        // The program says little: what does not fit into a pipe is no test of these.
        let output = process.output.fileHandleForReading.readDataToEndOfFile()
        let errors = process.errors.fileHandleForReading.readDataToEndOfFile()
        process.process.waitUntilExit()
        return Outcome(
            status: process.process.terminationStatus, output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self))
    }

    static func start(
        _ arguments: [String], in folder: String? = nil, input: String? = nil
    ) throws -> (process: Process, output: Pipe, errors: Pipe) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        let pipes = (output: Pipe(), errors: Pipe(), input: Pipe())
        process.standardOutput = pipes.output
        process.standardError = pipes.errors
        process.standardInput = pipes.input
        try process.run()
        if let input { pipes.input.fileHandleForWriting.write(Data(input.utf8)) }
        try pipes.input.fileHandleForWriting.close()
        return (process, pipes.output, pipes.errors)
    }
}
