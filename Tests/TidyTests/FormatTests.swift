import Foundation
import Testing

@Suite("swift-format")
struct FormatTests {
    @Test("finds nothing to say about any file that a person wrote")
    func tree() async throws {
        let answer = try await Self.lint(Repository.swiftFiles.map(\.path))
        #expect(answer.status == 0, "\n\(answer.output)")
    }

    @Test("is really asked, with the checkout's configuration")
    func planted() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "yilian-tidy-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "Planted.swift")
        try "let a = b!\n".write(to: file, atomically: true, encoding: .utf8)
        let answer = try await Self.lint([file.path])
        #expect(answer.status != 0)
        #expect(answer.output.contains("NeverForceUnwrap"))
    }

    private static func lint(_ paths: [String]) async throws -> (status: Int32, output: String) {
        try await ExternalTool.run(
            ["swift", "format", "lint", "--strict", "--parallel", "--configuration", ".swift-format"] + paths,
            in: Repository.root)
    }
}
