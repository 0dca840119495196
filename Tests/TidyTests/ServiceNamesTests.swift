import Testing

@Suite("A service is named by its folder, and by five lines that register it")
struct ServiceNamesTests {
    /// Itself, what it answers to hospitals, its verbs with its scene, its pages and its play.
    private static let registrationLines = 5

    @Test(
        "at most five lines outside its folders name it, and it is imported where such a line stands",
        arguments: ServiceNames.services)
    func namesOutside(service: ServiceNames.Service) {
        let mentions = ServiceNames(service: service).mentionsOutside()
        let lines = mentions.filter { !$0.isImport }
        let report = "\(service.module) is named in\n\(lines.map(\.description).joined(separator: "\n"))"
        #expect(lines.count <= Self.registrationLines, "\(report)")
        let registering = Set(lines.map(\.path))
        let strangers = mentions.filter { $0.isImport && !registering.contains($0.path) }
        #expect(strangers == [], "\(service.module) is imported where nothing of it is registered")
    }

    @Test("a service that builds on another one says why, stands above it, and does")
    func dependencies() {
        for dependency in ServiceNames.dependencies {
            let (upper, lower) = (ModuleLevels.table[dependency.service], ModuleLevels.table[dependency.on])
            #expect((lower ?? 0) < (upper ?? 0) && !dependency.because.isEmpty, "\(dependency)")
            let imports = Repository.sourceFiles.filter { $0.module == dependency.service }.flatMap(Imports.all)
            #expect(imports.contains { $0.module == dependency.on }, "\(dependency) is not needed any more")
        }
    }

    @Test("a name is found in an identifier, a string and a protocol file, and not in a comment or its own folder")
    func plantedNames() {
        func lines(_ text: String, _ index: Int = 0) -> [Int] {
            ServiceNames(service: ServiceNames.services[index]).mentions(in: SwiftFile(path: "A.swift", text: text))
                .map(\.line)
        }
        #expect(lines("import Consultation\nlet openConsultations = 1") == [1, 2])
        #expect(lines("\nf(\"a consultation\", consultation)") == [2])
        #expect(lines("/// A consultation.\nlet a = 1 // Consultation") == [])
        #expect(lines("IdentityService.self\nimport Identity", 5) == [1, 2])
        #expect(lines("IdentityURI(x); nodeIdentity; Identityless()", 5) == [])
        #expect(lines("import InventoryKit\nf(.inventoryKit, InventoryKitchen())", 4) == [2])
        let names = ServiceNames(service: ServiceNames.services[1])
        let imported = names.mentions(in: SwiftFile(path: "A.swift", text: "package import Recognition\nRecognition.a"))
        #expect(imported.map(\.isImport) == [true, false])
        #expect(
            names.mentions(inProto: "message A {\n  RecognitionRules recognition = 15;", at: "a").map(\.line) == [2])
        #expect(names.mentions(inProto: "// recognition\nmessage A {}  // recognition", at: "a") == [])
        #expect(names.owns("Sources/Services/RecognitionEdge/A.swift") && !names.owns("Sources/Edge/A.swift"))
    }
}
