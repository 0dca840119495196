/// Which module stands on which level.
///
/// A module imports modules of lower levels only.
enum ModuleLevels {
    /// A folder in Sources and its level; ten to a level of the README's, so that a level can have steps.
    static let table: [String: Int] = [
        // System libraries
        "CZlib": -10, "CZstd": -10, "CCrypto": -10, "CSwiftRuntime": -10,
        // L0
        "Effects": 0,
        // L1
        "Regions": 10, "Trust": 10, "Wire": 10, "Storage": 10, "HL7": 10, "DICOM": 10, "FHIR": 10, "Doors": 10,
        // L2
        "Links": 20, "Ledgers": 20,
        // L3; couriers make calls
        "Calls": 30, "TLSTransport": 30, "SQLiteStorage": 30, "Couriers": 35,
        // L4; services stand side by side on their kit, recognition on who is who, their edges above them
        "ServiceKit": 40, "WorkflowKit": 41, "InventoryKit": 41, "ConsoleKit": 41, "NodeReports": 41, "EdgeKit": 42,
        "Accounts": 42,
        "Destinations": 42, "Identity": 43, "Recognition": 45, "Consultation": 45, "Diagnosis": 45, "Indicators": 45,
        "Inventory": 44,
        "Referral": 45, "AdverseEvents": 45, "Imaging": 45,
        "IdentityEdge": 48, "RecognitionEdge": 48, "ConsultationEdge": 48, "ReferralEdge": 48,
        "ImagingEdge": 48,
        // Pages of services stand beside their edges
        "RecognitionPages": 49, "ConsultationPages": 49, "DiagnosisPages": 49, "ReferralPages": 49,
        "InventoryPages": 49,
        "IndicatorsPages": 49, "IdentityPages": 49, "AdverseEventsPages": 49,
        // What pages of all workflows share
        "WorkflowPages": 46,
        // L5
        "NodeRuntime": 50,
        // L6; the operators' interface stands on the edge's listeners, and the test kit and the demo use both
        "DestinationClients": 60, "DirectorySignIn": 60, "Edge": 60, "Console": 62, "ConsolePages": 63,
        "YilianTestKit": 65, "Demo": 65,
        "LoadDriver": 65,
        "IdentityTestKit": 66, "RecognitionTestKit": 66, "ConsultationTestKit": 66, "InventoryTestKit": 66,
        "IndicatorsTestKit": 66,
        "Simulator": 65, "RecognitionSimulation": 66, "ConsultationSimulation": 66, "IndicatorsSimulation": 66,
        "InventorySimulation": 66, "ReferralSimulation": 66,
        "SimulatorCommands": 67,
        // L7; the verbs of services stand beside them on a kit of their own
        "VerbKit": 70, "IdentityVerbs": 75, "RecognitionVerbs": 75, "ConsultationVerbs": 75, "DiagnosisVerbs": 75,
        "IndicatorsVerbs": 75,
        "InventoryVerbs": 75, "ReferralVerbs": 75, "AdverseEventsVerbs": 75,
        // L8
        "yilian": 80, "RecognitionDriver": 80, "SimulateDriver": 80,
    ]

    /// Imports that only some modules may make: drivers, and what has no place in a product at all.
    static let doors: [String: Set<String>] = [
        "NIOCore": ["TLSTransport", "DestinationClients", "DirectorySignIn", "Edge", "Console", "Demo"],
        "NIOPosix": ["TLSTransport", "DestinationClients", "Edge", "Console", "Demo"],
        "NIOSSL": ["TLSTransport", "DestinationClients", "DirectorySignIn", "Edge", "Console", "Demo"],
        "GRDB": ["SQLiteStorage"],
        "CCrypto": ["Trust"],
        "CSwiftRuntime": ["Simulator"],
        "GRDBSQLite": ["SQLiteStorage", "Simulator"],
        "CZlib": ["Wire", "DICOM"], "CZstd": ["Wire", "RecognitionDriver"], "Hummingbird": ["Edge", "Console"],
        "HummingbirdTLS": ["Edge", "Console"],
        "AsyncHTTPClient": ["DestinationClients", "DirectorySignIn", "Console", "Demo"],
        "JWTKit": ["DirectorySignIn"],
        "ArgumentParser": [
            "VerbKit", "IdentityVerbs", "RecognitionVerbs", "ConsultationVerbs", "IndicatorsVerbs", "InventoryVerbs",
            "ReferralVerbs", "AdverseEventsVerbs", "DiagnosisVerbs", "yilian",
            "LoadDriver", "RecognitionDriver", "SimulatorCommands", "SimulateDriver",
        ],
        "Testing": [],
        "XCTest": [],
    ]

    /// Names of types in the libraries that we use; a module of such a name would hide the type.
    static let importedTypes: Set<String> = [
        "ActorSystem", "Application", "Bundle", "Channel", "Database", "Environment", "Link", "Logger", "Message",
        "Node",
        "Router", "Service", "ServiceGroup", "Task", "Thread", "Timer",
    ]

    /// What is wrong with the imports of a file.
    static func violations(in file: SwiftFile, declared: [String: Set<String>]) -> [Violation] {
        guard let module = file.module, let level = table[module] else { return [] }
        return Imports.all(in: file).flatMap { found -> [Violation] in
            var problems: [String] = []
            if let other = table[found.module], found.module != module {
                if other >= level { problems.append("\(module) imports \(found.module), which is not below it") }
                if !(declared[module] ?? []).contains(found.module) {
                    problems.append("\(module) imports \(found.module); Package.swift does not say so")
                }
            }
            if let allowed = doors[found.module], !allowed.contains(module) {
                problems.append(
                    "\(found.module) belongs to \(allowed.sorted().joined(separator: ", ")), not to \(module)")
            }
            return problems.map { Violation(file.path, line: found.line, rule: "level", $0) }
        }
    }

    /// What is wrong with the dependencies that a manifest declares.
    static func violations(inManifest declared: [String: Set<String>]) -> [Violation] {
        declared.sorted { $0.key < $1.key }.flatMap { module, dependencies -> [Violation] in
            guard let level = table[module] else {
                return [Violation("Package.swift", rule: "level", "\(module) has no level in ModuleLevels.swift")]
            }
            return dependencies.sorted().compactMap { dependency in
                guard let other = table[dependency], other < level else {
                    return Violation("Package.swift", rule: "level", "\(module) depends on \(dependency), not below it")
                }
                return nil
            }
        }
    }
}
