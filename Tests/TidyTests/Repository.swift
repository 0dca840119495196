import Foundation

/// The checkout that these tests look at.
enum Repository {
    /// The folder that holds Package.swift.
    static let root: URL = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file of Sources and Tests that a person wrote, and Package.swift.
    static let swiftFiles: [SwiftFile] = paths(below: ["Sources", "Tests"], suffixes: [".swift"])
        .filter { !$0.contains("/Generated/") }
        .appending("Package.swift")
        .compactMap { path in text(path).map { SwiftFile(path: path, text: $0) } }

    static let sourceFiles: [SwiftFile] = swiftFiles.filter { $0.path.hasPrefix("Sources/") }

    /// Relative paths of the files below some folders, sorted; what a build made is left out.
    static func paths(below folders: [String], suffixes: [String]) -> [String] {
        folders.flatMap { folder -> [String] in
            let found = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
            let names = (found?.allObjects ?? []).compactMap { $0 as? String }
                .filter { $0 != ".build" && !$0.hasPrefix(".build/") }
            return names.filter { name in suffixes.contains { name.hasSuffix($0) } }.map { folder + "/" + $0 }.sorted()
        }
    }

    /// The folders directly in a folder, sorted.
    static func folders(in folder: String) -> [String] {
        let here = root.appending(path: folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: here.path)) ?? []
        return names.sorted().filter { name in
            (try? here.appending(path: name).resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
        }
    }

    /// The text of a file; none where it is missing or is not UTF-8.
    static func text(_ path: String) -> String? {
        try? String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func isExecutable(_ path: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: root.appending(path: path).path)
    }

    /// The files that git has or would add; none where this is no git checkout.
    static func versionedPaths() async throws -> [String]? {
        guard FileManager.default.fileExists(atPath: root.appending(path: ".git").path) else { return nil }
        let arguments = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"]
        let answer = try await ExternalTool.run(arguments, in: root)
        guard answer.status == 0 else { throw ExternalTool.Unusable(what: "git ls-files", output: answer.output) }
        return answer.output.split(separator: "\n").map(String.init)
    }
}

extension [String] {
    fileprivate func appending(_ element: String) -> [String] { self + [element] }
}
