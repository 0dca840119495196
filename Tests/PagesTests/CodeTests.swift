import Effects
import Foundation
import Testing
import YilianTestKit

/// The codes of failures and the limits that pages name.
@Suite("The codes that pages name")
struct CodeTests {
    private static let sources: [String] = {
        let root = BuiltProgram.checkout + "/Sources"
        let found = FileManager.default.enumerator(atPath: root)?.allObjects ?? []
        return found.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.compactMap {
            try? SystemDisk().readText(root + "/" + $0)
        }
    }()

    /// What stands before the dot of a code that the sources hold.
    private static let kinds: Set<String> = [
        "access", "edge", "fhir", "hl7", "hook", "identity", "json", "mllp", "patient", "recognition",
        "region",
    ]
    /// What is written the same way and is a key of `region.yaml`, or its file.
    private static let others: Set<String> = [
        "access.practitioners", "access.purposes", "access.rates", "recognition.yaml",
    ]

    /// Whether a span is a code: two words of letters with a dot between them.
    private static func isCode(_ span: String) -> Bool {
        let parts = span.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && kinds.contains(String(parts[0])) && !others.contains(span)
            && parts[1].first?.isLowercase == true && parts[1].allSatisfy { $0.isLetter || $0.isNumber }
    }

    @Test("a code that a page names is one of the program's", arguments: TwinPages.paths)
    func codes(_ path: String) throws {
        for span in Set(try Page(path).sections.flatMap(\.spans)).sorted() where Self.isCode(span) {
            #expect(Self.sources.contains { $0.contains("\"\(span)\"") }, "\(path): \(span)")
        }
    }

    @Test("a limit that a page names is one of the program's", arguments: TwinPages.paths)
    func limits(_ path: String) throws {
        for span in Set(try Page(path).sections.flatMap(\.spans)).sorted() where span.hasPrefix("Limits.") {
            let name = span.dropFirst("Limits.".count)
            #expect(Self.sources.contains { $0.contains("static let \(name)") }, "\(path): \(span)")
        }
    }

    @Test("a code that is nobody's is found")
    func planted() {
        #expect(Self.isCode("recognition.ambiguous") && Self.isCode("hl7.noHeader"))
        #expect(!Self.isCode("recognition.yaml") && !Self.isCode("docs.md") && !Self.isCode("access.practitioners.ids"))
        #expect(!Self.sources.contains { $0.contains("\"recognition." + "nobodys\"") })
    }
}
