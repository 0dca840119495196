import Effects
import Foundation

/// Programs that the tidy tests ask: git and swift-format.
enum ExternalTool {
    /// A program that could not do what was asked of it.
    struct Unusable: Error, CustomStringConvertible {
        var what: String
        var output: String
        var description: String { "\(what) failed: \(output)" }
    }

    /// Runs a program found in PATH and waits for it; standard output and standard error come together.
    ///
    /// A thread that tasks do not need waits.
    static func run(_ arguments: [String], in folder: URL) async throws -> (status: Int32, output: String) {
        try await ThreadWorker(name: "test.tool").run { try waitFor(arguments, in: folder) }
    }

    private static func waitFor(_ arguments: [String], in folder: URL) throws -> (status: Int32, output: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}
