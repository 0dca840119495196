import Effects
import Foundation

/// The `openssl` command line, for tests that check our work against another's.
enum OpenSSLTool {
    static let path: String? = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first { SystemDisk().exists($0) }
    static var isPresent: Bool { path != nil }

    /// Runs the command in a folder; a thread that tasks do not need waits for it.
    ///
    /// - Returns: whether it ended with 0, and what it wrote.
    static func run(_ arguments: [String], in folder: String) async throws -> (succeeded: Bool, output: String) {
        try await ThreadWorker(name: "test.openssl").run { try waitFor(arguments, in: folder) }
    }

    private static func waitFor(_ arguments: [String], in folder: String) throws -> (succeeded: Bool, output: String) {
        guard let path else { throw Failure("test.noOpenSSL", "there is no openssl command") }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus == 0, output)
    }
}
