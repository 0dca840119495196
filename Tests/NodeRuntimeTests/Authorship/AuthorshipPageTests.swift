import Effects
import Foundation
import NodeRuntime
import Testing

@testable import Ledgers

/// docs/authorship.md has a line for each kind that a node folds, with the test that tries otherwise.
struct AuthorshipPageTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private struct Line {
        var kind: UInt32
        var test: String
    }

    private func lines() throws -> [Line] {
        let path = Self.root.appendingPathComponent("docs/authorship.md").path
        return try SystemDisk().readText(path).split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 4, let kind = cells[0].split(separator: " ").first.flatMap({ UInt32($0) }) else {
                return nil
            }
            return Line(kind: kind, test: cells[3].trimmingCharacters(in: ["`"]))
        }
    }

    @Test("the page names the kinds that are registered, each once")
    func kinds() throws {
        #expect(try lines().map(\.kind) == ServiceList.projections.kinds.map(\.rawValue))
    }

    @Test("no kind is declared twice, and none is folded that nobody declares")
    func declaredOnce() {
        let projections = ServiceList.projections.projections
        let declared = projections.flatMap(\.declared).map(\.kind)
        #expect(Set(declared).count == declared.count)
        #expect(Set(projections.flatMap(\.alsoFolds)).subtracting(declared).isEmpty)
    }

    @Test("the tests that the page names exist")
    func tests() throws {
        let folder = Self.root.appendingPathComponent("Tests")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var found: Set<String> = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let text = try SystemDisk().readText(file.path)
            let suite = file.deletingPathExtension().lastPathComponent
            for part in text.components(separatedBy: "func ").dropFirst() {
                let name = part.prefix { $0 != "(" }.trimmingCharacters(in: ["`"])
                found.insert("\(suite)/\(name)")
            }
        }
        for line in try lines() { #expect(found.contains(line.test), "kind \(line.kind): \(line.test)") }
    }
}
