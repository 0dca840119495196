import Effects
import Foundation

/// Where the program lies that these tests start.
enum BuiltProgram {
    /// `yilian` beside the test bundle.
    ///
    /// - Throws: `test.noProgram` where it was not built.
    static func path() throws -> String {
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

    static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
}
