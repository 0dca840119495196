import Testing

@Suite("The words of the glossary")
struct GlossaryTests {
    private func glossary() throws -> Glossary { Glossary(try #require(Repository.text("docs/glossary.md"))) }

    @Test("every word that the glossary explains occurs in the sources, and every type that it names is one")
    func terms() throws {
        let glossary = try glossary()
        let text = Repository.sourceFiles.map { $0.text.lowercased() }
        let types = Set(Repository.sourceFiles.flatMap { Glossary.types(in: $0).map(\.name) })
        for term in glossary.terms {
            for word in term.words.map({ $0.lowercased() }) {
                #expect(text.contains { $0.contains(word) || $0.contains(word.filter { $0 != "-" }) }, "\(word)")
            }
            #expect(!term.types.isEmpty && types.isSuperset(of: term.types), "\(term)")
        }
        #expect(glossary.terms.count > 40)
    }

    @Test("a word with one meaning stands in no name of another, and a word that is not used in none")
    func meanings() throws {
        let glossary = try glossary()
        let found = Repository.sourceFiles.flatMap(glossary.violations).withoutAllowed()
        #expect(found.isEmpty, "\(found.report)")
        #expect(glossary.meanings.count > 5 && glossary.unused.count > 3)
        let types = Set(Repository.sourceFiles.flatMap { Glossary.types(in: $0).map(\.name) })
        let named = glossary.meanings.flatMap(\.types).filter { !$0.contains("…") }
        #expect(types.isSuperset(of: named), "\(named.filter { !types.contains($0) })")
    }

    @Test("each word is explained once")
    func once() throws {
        let words = try glossary().terms.flatMap(\.words)
        #expect(Set(words).count == words.count)
    }

    private static let planted = Glossary(
        "| word | is | types |\n|---|---|---|\n| Bell | rings | `CommitBell`, `…Bells` |\n"
            + "| word | instead |\n|---|---|\n| Shelf | store |\n")

    @Test(
        "names with such words are found",
        arguments: [
            ("LinkBell", 1), ("CommitBell", 0), ("DoorBells", 0), ("ReportShelf", 1), ("Bellows", 0), ("HTTPShelf", 1),
        ])
    func names(_ name: String, _ count: Int) {
        let file = SwiftFile(path: "Sources/A/B.swift", text: "final class \(name) {}\n")
        #expect(Self.planted.violations(in: file).count == count)
    }

    @Test("a name is cut into its words")
    func words() {
        #expect(Glossary.words(of: "CourierBoard") == ["Courier", "Board"])
        #expect(Glossary.words(of: "FHIRDesk") == ["FHIR", "Desk"])
        #expect(Glossary.words(of: "HL7Unit") == ["HL7", "Unit"])
        #expect(Glossary.words(of: "OrgUnitID") == ["Org", "Unit", "ID"])
    }
}
