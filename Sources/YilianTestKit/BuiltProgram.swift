import Effects
package import Foundation

/// The `yilian` that the build made beside the tests, run as a process of its own.
package enum BuiltProgram {
    /// How a run ended.
    package struct Outcome: Sendable {
        package var status: Int32
        package var output: String
        package var errors: String

        package init(status: Int32, output: String, errors: String) {
            self.status = status
            self.output = output
            self.errors = errors
        }
    }

    /// `yilian` beside the test bundle.
    ///
    /// - Throws: `test.noProgram` where it was not built.
    package static func path() throws -> String {
        let disk = SystemDisk()
        var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? ".").deletingLastPathComponent()
        for _ in 0..<4 {
            let candidate = folder.appendingPathComponent("yilian").path
            if disk.exists(candidate), !disk.isDirectory(candidate) { return candidate }
            folder.deleteLastPathComponent()
        }
        let usual = checkout + "/.build/debug/yilian"
        guard disk.exists(usual) else {
            throw Failure(
                "test.noProgram", "the program is neither beside the test bundle nor where a debug build puts it",
                place: usual, remedy: "run `swift build --build-tests` first")
        }
        return usual
    }

    /// The repository's folder.
    package static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// Runs a program to its end; one that says more than a pipe holds on standard error must have ended its output.
    ///
    /// A thread of its own waits for it: tests that wait together would keep every thread that tasks have.
    ///
    /// - Parameter program: the one that the build made, where none is named.
    package static func run(
        _ arguments: [String], in folder: String? = nil, input: String? = nil, program: String? = nil
    ) async throws -> Outcome {
        try await ThreadWorker(name: "test.program").run {
            let started = try start(arguments, in: folder, input: input, program: program)
            let output = started.output.fileHandleForReading.readDataToEndOfFile()
            return ended(started.process, output: output, errors: started.errors)
        }
    }

    /// Asks a program that was started to end, and waits for it on a thread of its own.
    package static func terminate(_ process: Process, errors: Pipe) async throws -> Outcome {
        try await ThreadWorker(name: "test.program").run {
            process.terminate()
            return ended(process, output: Data(), errors: errors)
        }
    }

    private static func ended(_ process: Process, output: Data, errors: Pipe) -> Outcome {
        let errors = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self))
    }

    package static func start(
        _ arguments: [String], in folder: String? = nil, input: String? = nil, program: String? = nil
    ) throws -> (process: Process, output: Pipe, errors: Pipe) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try program ?? path())
        process.arguments = arguments
        // What the tests read is English, whoever runs them, and every answer is what its endpoint declares.
        let settings = ["LC_ALL": "C.UTF-8", "YILIAN_CHECK_ANSWERS": "1"]
        process.environment = ProcessInfo.processInfo.environment.merging(settings) { $1 }
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
