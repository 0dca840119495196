import Testing

@Suite("Modules stand on levels, and arrows go down")
struct ModuleLevelTests {
    private func file(_ path: String, _ text: String) -> SwiftFile { SwiftFile(path: path, text: text) }

    private func manifest(_ text: String) -> Manifest { Manifest(file("Package.swift", text)) }

    private func ownManifest() throws -> Manifest {
        try Manifest(#require(Repository.swiftFiles.first { $0.path == "Package.swift" }))
    }

    @Test("no file imports a module that is not below its own, is not declared, or belongs to others")
    func imports() throws {
        let declared = try ownManifest().modules
        let generated = Repository.paths(below: ["Sources"], suffixes: [".swift"]).filter { $0.contains("/Generated/") }
            .compactMap { path in Repository.text(path).map { SwiftFile(path: path, text: $0) } }
        let files = Repository.sourceFiles + generated
        let found = files.flatMap { ModuleLevels.violations(in: $0, declared: declared) }.withoutAllowed()
        #expect(found.isEmpty, "\(found.report)")
        #expect(files.flatMap { Imports.all(in: $0) }.count { ModuleLevels.table[$0.module] != nil } > 50)
    }

    @Test("Package.swift declares no dependency that does not go down")
    func declarations() throws {
        let declared = try ownManifest().modules
        let found = ModuleLevels.violations(inManifest: declared)
        #expect(found.isEmpty, "\(found.report)")
        #expect(Set(declared.keys) == Set(ModuleLevels.table.keys))
    }

    @Test("every folder of Sources has a level, and every level's module has a folder")
    func folders() {
        let folders =
            Repository.folders(in: "Sources").filter { $0 != "Services" } + Repository.folders(in: "Sources/Services")
        #expect(Set(folders) == Set(ModuleLevels.table.keys))
        let homeless = Repository.sourceFiles.filter { $0.module == nil }.map(\.path)
        #expect(homeless == [])
    }

    @Test("both READMEs list every module but the system's libraries", arguments: ["README.md", "README.zh-CN.md"])
    func listed(page: String) throws {
        guard let text = Repository.text(page) else { return }
        let words = Set(text.split { !$0.isLetter && !$0.isNumber }.map(String.init))
        let modules = ModuleLevels.table.filter { $0.value >= 0 }.keys
        #expect(modules.filter { !words.contains($0) }.sorted() == [])
    }

    @Test("an import upwards, sideways between services, undeclared or through another's door is found")
    func plantedImports() {
        let declared: [String: Set<String>] = [
            "Links": ["Effects", "Calls"], "Recognition": ["Consultation"], "Couriers": ["Calls"], "Wire": ["Effects"],
            "TLSTransport": [],
        ]
        func count(_ path: String, _ text: String) -> Int {
            ModuleLevels.violations(in: file(path, text), declared: declared).count
        }
        #expect(count("Sources/Links/A.swift", "import Effects") == 0)
        #expect(count("Sources/Links/A.swift", "package import Calls") == 1)
        #expect(count("Sources/Links/A.swift", "@preconcurrency import struct Calls.B") == 1)
        #expect(count("Sources/Services/Recognition/A.swift", "import Consultation") == 1)
        #expect(count("Sources/Couriers/A.swift", "import Calls") == 0)
        #expect(count("Sources/Wire/A.swift", "import Links") == 2, "upwards, and not declared")
        #expect(count("Sources/Links/A.swift", "import NIOCore") == 1)
        #expect(count("Sources/TLSTransport/A.swift", "import NIOCore") == 0)
        #expect(count("Sources/Links/A.swift", "import Testing") == 1)
        #expect(count("Sources/Links/A.swift", "// import Calls\nlet a = \"import Calls\"") == 0)
    }

    @Test("a manifest's modules, arrays and packages are read as they are written")
    func plantedManifest() {
        let read = manifest(
            """
            func module(_ name: String, in folder: String = "Sources", _ dependencies: [A]) -> B { .target(name: name) }
            let lower: [Target.Dependency] = ["Effects", protobuf]
            let both: [Target.Dependency] = lower + ["Storage"]
            #if !os(Linux)
                #error("Linux alone")
            #endif
            let p = Package(
                dependencies: [
                    .package(url: "https://example.org/a", exact: "1.0.0"), .package(url: "https://example.org/b", from: "2.0.0"),
                ],
                targets: [
                    .systemLibrary(name: "CZlib", path: "Sources/CZlib", providers: [.apt(["zlib1g-dev"])]),
                    module("Wire", ["Effects", "Links", protobuf]),
                    module("X", path: "Sources/X", ["Effects"], resources: [.copy("y")]),
                    service("Y", both, excluding: ["y.proto"]), service("Z", both + lower + ["X", nio]),
                    module("Shared", in: "Tests", ["Effects"]),
                    program("V", in: "Sources/W", ["X"]),
                    .executableTarget(name: "yilian", dependencies: ["Wire", nio], path: "Sources/yilian"),
                ])
            """)
        #expect(
            read.modules == [
                "CZlib": [], "Wire": ["Effects", "Links"], "X": ["Effects"], "Y": ["Effects", "Storage"],
                "Z": ["Effects", "Storage", "X"], "V": ["X"], "yilian": ["Wire"],
            ])
        #expect(read.packages.map(\.requirement) == ["exact", "from"])
        #expect(
            ModuleLevels.violations(inManifest: read.modules).map(\.message) == [
                "V has no level in ModuleLevels.swift", "Wire depends on Links, not below it",
                "X has no level in ModuleLevels.swift", "Y has no level in ModuleLevels.swift",
                "Z has no level in ModuleLevels.swift",
            ])
    }
}
