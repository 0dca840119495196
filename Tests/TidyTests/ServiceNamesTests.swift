import Testing

@Suite("A service is named by its folder alone")
struct ServiceNamesTests {
    /// How many files of a module may name a service that is not theirs; where nothing stands, none may.
    ///
    /// The figures only fall: whoever takes a name out lowers its figure, nobody raises one.
    private static let allowed: [String: [String: Int]] = [
        "Consultation": [
            "Console": 1, "Demo": 3, "NodeRuntime": 1, "ServiceKit": 3, "SimulatorCommands": 1, "YilianTestKit": 1,
            "yilian": 1,
        ],
        "Recognition": [
            "Console": 1, "Demo": 4, "Indicators": 1, "NodeRuntime": 1, "ServiceKit": 1,
            "SimulatorCommands": 1, "yilian": 1,
        ],
        "Indicators": [
            "Console": 1, "Demo": 3, "NodeRuntime": 1, "ServiceKit": 1, "SimulatorCommands": 1, "yilian": 1,
        ],
        "Inventory": ["Console": 1, "NodeRuntime": 1, "SimulatorCommands": 1, "yilian": 1],
        "Identity": [
            "Console": 1, "NodeRuntime": 1, "Recognition": 5, "RecognitionTestKit": 1, "yilian": 1,
        ],
    ]

    @Test("no module names a service in more files than it did", arguments: ServiceNames.services.map(\.module))
    func namesOutside(module: String) throws {
        let service = try #require(ServiceNames.services.first { $0.module == module })
        let allowed = Self.allowed[module, default: [:]]
        for (place, files) in ServiceNames(service: service).filesOutside() {
            #expect(
                files.count <= allowed[place, default: 0],
                "\(place) names \(module) in:\n\(files.joined(separator: "\n"))")
        }
    }

    @Test("a name is found in an identifier, a string and a protocol file, and not in a comment or its own folder")
    func plantedNames() throws {
        func isNamed(_ text: String, _ index: Int = 0) -> Bool {
            ServiceNames(service: ServiceNames.services[index]).isNamed(in: SwiftFile(path: "A.swift", text: text))
        }
        #expect(isNamed("import Consultation") && isNamed("let openConsultations = 1"))
        #expect(isNamed("f(\"a consultation\")"))
        #expect(!isNamed("/// A consultation.\nlet a = 1 // Consultation"))
        #expect(isNamed("IdentityService.self", 4) && isNamed("import Identity", 4))
        #expect(!isNamed("IdentityURI(x); nodeIdentity; Identityless()", 4))
        let names = ServiceNames(service: ServiceNames.services[1])
        #expect(names.isNamed(inProto: "message A {\n  RecognitionRules recognition = 15;"))
        #expect(!names.isNamed(inProto: "// recognition\nmessage A {}  // recognition"))
        #expect(names.owns("Sources/Services/RecognitionEdge/A.swift") && !names.owns("Sources/Edge/A.swift"))
    }
}
