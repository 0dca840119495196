import Effects
import Foundation
import Testing

@Suite("A measurement with two processes")
struct MeasureTests {
    @Test("publishes, finds every report and says what it cost", arguments: [false, true])
    func run(backlog: Bool) async throws {
        let program = try Self.program()
        let folder = FileManager.default.temporaryDirectory.path
        let words = ["--json", "--reports", "300", "--warmup", "60", "--timeout", "280", "--folder", folder]
        let result = try await ChildProcess.run(
            program, words + (backlog ? ["--backlog"] : []), scratch: folder, world: .system)
        #expect(result.code == 0, "\(result.errorOutput)")
        let said = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(said["reports"] as? Int == 300)
        #expect(said["findsVerified"] as? Int == 360)
        for name in ["reportsPerSecond", "wireBytesPerReport", "countyCPUSecondsPerMillion", "townshipPeakMiB"] {
            #expect((said[name] as? Double ?? 0) > 0, "\(name)")
        }
        for name in ["clinicalWhileDraining", "clinicalIdle"] {
            let times = said[name] as? [String: Any]
            #expect((times?["p99Microseconds"] as? Int ?? 0 > 0) == backlog, "\(name)")
        }
    }

    /// `yilian-results` beside the test bundle, or where a debug build puts it.
    private static func program() throws -> String {
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var folders = [checkout.appending(path: ".build/debug")]
        var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? ".").deletingLastPathComponent()
        for _ in 0..<4 {
            folders.insert(folder, at: folders.count - 1)
            folder.deleteLastPathComponent()
        }
        let paths = folders.map { $0.appending(path: "yilian-results").path }
        return try #require(paths.first { SystemDisk().exists($0) }, "run `swift build --build-tests` first")
    }
}
