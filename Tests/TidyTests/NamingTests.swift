import Testing

@Suite("Names")
struct NamingTests {
    private static let modules = Set(ModuleLevels.table.keys)

    @Test("no file or folder is a drawer")
    func drawers() {
        let folders = ["Sources", "Tests", "Scripts", "Compose", "docs", "Nodes", "Certs", "Benchmarks", ".ci"]
        let found = Repository.paths(below: folders, suffixes: [""]).compactMap(Naming.drawer)
        #expect(found.isEmpty, "\(found.report)")
    }

    @Test(
        "a drawer is found",
        arguments: [
            "Sources/A/Utils.swift", "Sources/A/LinkHelpers.swift", "Sources/Common/A.swift", "Tests/A/Misc.swift",
            "Sources/A/LinkManager.swift", "Sources/A/B+Utilities.swift", "Scripts/helpers",
        ])
    func plantedDrawer(path: String) {
        #expect(Naming.drawer(path) != nil)
    }

    @Test("a name that only contains such a word is none")
    func goodNames() {
        #expect(Naming.drawer("Sources/Regions/ManagementTree.swift") == nil)
        #expect(Naming.drawer("Sources/Trust/CommonName.swift") == nil)
    }

    @Test("no module is named like a type, ours or a library's")
    func modules() {
        let found = Repository.sourceFiles.flatMap { Naming.hiddenTypes(in: $0, modules: Self.modules) }
        #expect(found.isEmpty, "\(found.report)")
        #expect(Self.modules.isDisjoint(with: ModuleLevels.importedTypes))
    }

    @Test("a type or an associated type named like a module is found")
    func plantedTypes() {
        func count(_ text: String) -> Int {
            Naming.hiddenTypes(in: SwiftFile(path: "Sources/A/B.swift", text: text), modules: ["Wire", "Edge"]).count
        }
        #expect(count("package struct Wire<A> {}") == 1)
        #expect(count("protocol A { associatedtype Edge }\ntypealias Wire = Int") == 2)
        #expect(count("struct WireValue {}\nlet wire: Wire\nfunc Edge() {}") == 0)
    }
}
