// swift-tools-version: 6.2
import PackageDescription

// Levels (README, "Architecture"): a target depends on targets of lower levels only. Tests/TidyTests holds this
// list against the imports that the sources really make.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

func module(
    _ name: String, in folder: String = "Sources", _ dependencies: [Target.Dependency], excluding: [String] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "\(folder)/\(name)", exclude: excluding, swiftSettings: strict)
}

func service(_ name: String, _ dependencies: [Target.Dependency], excluding: [String] = []) -> Target {
    module(name, in: "Sources/Services", dependencies, excluding: excluding)
}

func program(_ name: String, in folder: String = "Sources", _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "\(folder)/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], excluding: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: excluding, swiftSettings: strict)
}

let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdHTTP2: Target.Dependency = .product(name: "HummingbirdHTTP2", package: "hummingbird")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let webTokens: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")

// What targets of one kind have in common. A target names what it needs beyond that.
let sockets: [Target.Dependency] = [nioCore, nioPosix, nioSSL]
let ledgers: [Target.Dependency] = ["Effects", "Regions", "Trust", "Wire", "Storage", "Ledgers"]
let stored: [Target.Dependency] = ledgers + ["SQLiteStorage", "ServiceKit"]
let serviceParts: [Target.Dependency] = ledgers + ["Calls", "Couriers", "ServiceKit", protobuf, logging]
let edge: [Target.Dependency] = ["Effects", "Regions", "Trust", "HL7", "FHIR", "Ledgers", "ServiceKit", "EdgeKit"]
let pages: [Target.Dependency] = ["Effects", "Regions", "ServiceKit", "ConsoleKit"]
let play: [Target.Dependency] = ledgers + ["ServiceKit", "NodeRuntime", "Simulator"]
let region: [Target.Dependency] = ["Effects", "Regions", "Ledgers", "ServiceKit", "NodeRuntime", "YilianTestKit"]
// The services of a node, and the kits on which workflows and inventories stand.
let parts: [Target.Dependency] = [
    "Identity", "Recognition", "RecognitionEdge", "WorkflowKit", "InventoryKit", "Consultation", "Diagnosis",
    "Referral", "AdverseEvents", "Indicators", "Inventory", "Imaging",
]
let verbs: [Target.Dependency] = [
    "Effects", "Regions", "Trust", "ServiceKit", "Console", "Demo", "VerbKit", arguments,
]

// Linux is the only platform: disks, processes and sockets are used as it has them, and nothing else is tested. A list of
// platforms could only name others.
#if !os(Linux)
    #error("Yilian runs on Linux alone")
#endif

let package = Package(
    name: "Yilian",
    products: [
        .executable(name: "yilian", targets: ["yilian"]),
        .executable(name: "yilian-results", targets: ["RecognitionDriver"]),
        .executable(name: "yilian-load", targets: ["LoadDriver"]),
        .executable(name: "yilian-simulate", targets: ["SimulateDriver"]),
        .library(
            name: "YilianTestKit",
            targets: [
                "YilianTestKit", "IdentityTestKit", "RecognitionTestKit", "ConsultationTestKit", "InventoryTestKit",
                "IndicatorsTestKit",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", .upToNextMinor(from: "2.101.2")),
        .package(url: "https://github.com/apple/swift-nio-ssl", .upToNextMinor(from: "2.37.6")),
        .package(url: "https://github.com/apple/swift-crypto", .upToNextMinor(from: "4.5.2")),
        .package(url: "https://github.com/apple/swift-certificates", .upToNextMinor(from: "1.21.1")),
        .package(url: "https://github.com/apple/swift-asn1", .upToNextMinor(from: "1.7.4")),
        .package(url: "https://github.com/apple/swift-protobuf", .upToNextMinor(from: "1.39.0")),
        .package(url: "https://github.com/apple/swift-log", .upToNextMinor(from: "1.16.2")),
        .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
        .package(url: "https://github.com/groue/GRDB.swift", .upToNextMinor(from: "7.10.0")),
        .package(url: "https://github.com/jpsim/Yams", .upToNextMinor(from: "6.2.2")),
        .package(url: "https://github.com/hummingbird-project/hummingbird", .upToNextMinor(from: "2.28.1")),
        .package(url: "https://github.com/swift-server/async-http-client", .upToNextMinor(from: "1.37.0")),
        .package(url: "https://github.com/vapor/jwt-kit", .upToNextMinor(from: "5.7.1")),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", .upToNextMinor(from: "2.13.0")),
    ],
    targets: [
        // System libraries
        .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", path: "Sources/CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(
            name: "CCrypto", path: "Sources/CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSwiftRuntime", path: "Sources/CSwiftRuntime"),
        // L0
        module("Effects", [logging]),
        // L1
        module("Regions", ["Effects", yams, protobuf], excluding: ["region.proto"]),
        module("Trust", ["Effects", "CCrypto", crypto, x509, asn1]),
        module("Wire", ["Effects", "CZlib", "CZstd", protobuf], excluding: ["protocol.proto"]),
        module("Storage", ["Effects"]),
        module("HL7", ["Effects"]),
        module("DICOM", ["Effects", "CZlib"]),
        module("FHIR", ["Effects"]),
        module("Doors", ["Effects", logging]),
        // L2
        module("Links", ["Effects", "Regions", "Wire", "Doors", protobuf, logging]),
        module("Ledgers", ["Effects", "Regions", "Trust", "Wire", "Storage", protobuf], excluding: ["ledger.proto"]),
        // L3
        module("Calls", ["Effects", "Regions", "Wire", "Links", protobuf]),
        module("Couriers", ledgers + ["Links", "Calls", protobuf, logging], excluding: ["courier.proto"]),
        module("TLSTransport", sockets + ["Effects", "Regions", "Trust", "Doors", "Links"]),
        module("SQLiteStorage", ["Effects", "Storage", grdb, sqlite]),
        // L4
        service(
            "ServiceKit", ledgers + ["Calls", "Couriers", protobuf, logging],
            excluding: ["access.proto", "Access/access_section.proto"]),
        service("Destinations", ["Effects", "Regions", "Storage", "HL7", "Ledgers", "Calls", "ServiceKit", logging]),
        service("Identity", serviceParts, excluding: ["identity.proto"]),
        service(
            "Recognition", serviceParts + ["Identity"],
            excluding: ["recognition.proto", "Proof/proof.proto", "Rules/recognition_section.proto"]),
        module("NodeReports", serviceParts, excluding: ["report.proto"]),
        module("ConsoleKit", ["Effects", "Regions", "Trust", "FHIR", "ServiceKit"]),
        module("Accounts", ["Effects", "Regions", "Trust", "Storage", "ServiceKit", "ConsoleKit"]),
        service("EdgeKit", ["Effects", "Regions", "HL7", "DICOM", "FHIR", "Ledgers", "ServiceKit", "WorkflowKit"]),
        service("RecognitionEdge", edge + ["Recognition"]),
        service("IdentityEdge", edge + ["Identity"]),
        service("ImagingEdge", edge + ["DICOM", "Imaging"]),
        service("WorkflowKit", serviceParts, excluding: ["workflow.proto"]),
        service(
            "Consultation", serviceParts + ["WorkflowKit"],
            excluding: ["consultation.proto", "Region/consultation_section.proto"]),
        service("ConsultationEdge", edge + ["WorkflowKit", "Consultation"]),
        service("ReferralEdge", edge + ["WorkflowKit", "InventoryKit", "Inventory", "Referral"]),
        service("InventoryKit", serviceParts, excluding: ["inventory.proto"]),
        service("Inventory", serviceParts + ["InventoryKit"], excluding: ["Region/inventory_section.proto"]),
        service(
            "Referral", serviceParts + ["WorkflowKit", "InventoryKit", "Inventory"],
            excluding: ["referral.proto", "Region/referral_section.proto"]),
        service("Diagnosis", serviceParts + ["WorkflowKit"], excluding: ["diagnosis.proto"]),
        service("AdverseEvents", serviceParts + ["WorkflowKit"], excluding: ["adverse.proto"]),
        service("Imaging", serviceParts + ["DICOM"], excluding: ["imaging.proto"]),
        service("Indicators", serviceParts, excluding: ["indicators.proto", "Region/indicators_section.proto"]),
        // L5
        module(
            "NodeRuntime",
            ledgers + parts + [
                "Links", "Calls", "Couriers", "ServiceKit", "ConsoleKit", "NodeReports", "EdgeKit", "Destinations",
                "IdentityEdge", "ConsultationEdge", "ReferralEdge", "ImagingEdge", logging,
            ], excluding: ["Contract.txt"]),
        // L6
        module(
            "DestinationClients",
            sockets + [
                "Effects", "Regions", "Trust", "HL7", "FHIR", "ServiceKit", "Destinations", nioHTTP1, httpClient,
            ]),
        module(
            "DirectorySignIn",
            [
                "Effects", "Regions", "Trust", "FHIR", "ConsoleKit", "Accounts", nioCore, nioSSL, nioHTTP1, httpClient,
                webTokens,
            ]),
        module(
            "Edge",
            sockets + [
                "Effects", "Regions", "Trust", "HL7", "DICOM", "FHIR", "Doors", "TLSTransport", "ServiceKit", "EdgeKit",
                "NodeRuntime", hummingbird, hummingbirdTLS, hummingbirdHTTP2, nioTLS, lifecycle, logging,
            ]),
        module(
            "Console",
            serviceParts + sockets + [
                "Accounts", "ConsoleKit", "NodeReports", "Edge", "Doors", "Links", "NodeRuntime", hummingbird,
                hummingbirdTLS, httpClient, lifecycle,
            ], excluding: ["console.proto"]),
        module(
            "ConsolePages",
            [
                "Effects", "Regions", "Trust", "Links", "ServiceKit", "ConsoleKit", "Accounts", "Destinations",
                "Console", logging,
            ]),
        module(
            "YilianTestKit", stored + ["Doors", "Links", "TLSTransport", "EdgeKit", "NodeRuntime", "Edge", logging]),
        service("IdentityTestKit", region + ["Identity"]),
        service("RecognitionTestKit", region + ["Recognition"]),
        service("ConsultationTestKit", region + ["Consultation"]),
        service("InventoryTestKit", region + ["Inventory", "InventoryKit"]),
        service("IndicatorsTestKit", region + ["Indicators"]),
        module(
            "Demo",
            sockets + ["Effects", "Regions", "HL7", "ConsoleKit", "Accounts", "NodeRuntime", "Console", httpClient]),
        program(
            "LoadDriver", ["Effects", "Regions", "Trust", "Wire", "Links", "TLSTransport", "Calls", arguments, logging]),
        module("Simulator", stored + ["Links", "Couriers", "NodeRuntime", "CSwiftRuntime", sqlite, crypto, logging]),
        service("RecognitionSimulation", play + ["Recognition"]),
        service("ConsultationSimulation", play + ["WorkflowKit", "Consultation"]),
        service("IndicatorsSimulation", play + ["Indicators"]),
        service("InventorySimulation", play + ["InventoryKit", "Inventory"]),
        service("ReferralSimulation", play + ["WorkflowKit", "Referral"]),
        module(
            "SimulatorCommands",
            [
                "Effects", "Simulator", "RecognitionSimulation", "ConsultationSimulation", "IndicatorsSimulation",
                "InventorySimulation", "ReferralSimulation", arguments,
            ]),
        // L7
        module(
            "VerbKit", ["Effects", "Trust", "ServiceKit", "WorkflowKit", "NodeRuntime", "Console", "Demo", arguments]),
        service("IdentityVerbs", verbs + ["Identity"]),
        service("RecognitionVerbs", verbs + ["FHIR", "Recognition", "RecognitionEdge", "NodeRuntime"]),
        service("RecognitionPages", pages + ["RecognitionEdge"]),
        service("ConsultationPages", pages + ["Consultation"]),
        service("DiagnosisPages", pages + ["Diagnosis", "WorkflowKit", "WorkflowPages"]),
        service("WorkflowPages", pages + ["WorkflowKit"]),
        service("ReferralPages", pages + ["Referral", "WorkflowKit", "WorkflowPages"]),
        service("IdentityPages", pages + ["Identity"]),
        service("AdverseEventsPages", pages + ["AdverseEvents", "WorkflowKit", "WorkflowPages"]),
        service("InventoryPages", pages + ["Inventory"]),
        service("IndicatorsPages", pages + ["Indicators"]),
        service("ConsultationVerbs", verbs + ["Consultation"]),
        service("DiagnosisVerbs", verbs + ["WorkflowKit", "Diagnosis"]),
        service("IndicatorsVerbs", verbs + ["Indicators"]),
        service("ReferralVerbs", verbs + ["WorkflowKit", "Referral"]),
        service("AdverseEventsVerbs", verbs + ["WorkflowKit", "AdverseEvents"]),
        service("InventoryVerbs", verbs + ["Inventory"]),
        // L8
        program("SimulateDriver", ["Effects", "SimulatorCommands", arguments]),
        program(
            "yilian",
            stored + [
                "Doors", "Links", "TLSTransport", "Calls", "Couriers", "ConsoleKit", "Accounts", "EdgeKit",
                "NodeRuntime", "Edge", "Console", "ConsolePages", "DirectorySignIn", "RecognitionPages",
                "ConsultationPages", "ReferralPages", "InventoryPages", "IndicatorsPages", "IdentityPages",
                "AdverseEventsPages", "DiagnosisPages", "VerbKit", "IdentityVerbs", "RecognitionVerbs",
                "ConsultationVerbs", "DiagnosisVerbs", "ReferralVerbs", "AdverseEventsVerbs", "IndicatorsVerbs",
                "InventoryVerbs", "Demo", "Simulator", "SimulatorCommands", "HL7", "FHIR", "Destinations",
                "DestinationClients", arguments, unixSignals, logging,
            ]),
        program(
            "RecognitionDriver", in: "Sources/Services",
            stored + [
                "Links", "TLSTransport", "CZstd", "HL7", "RecognitionEdge", "Demo", "Couriers", "Recognition",
                "NodeRuntime", "YilianTestKit", "Destinations", arguments, logging,
            ]),
        // Tests
        module("MessageCorpus", in: "Tests", ["Effects", "HL7"], excluding: ["Cases"]),
        module("PageMarkup", in: "Tests", []),
        module("RegionByHand", in: "Tests", serviceParts + ["WorkflowKit", "Links", "SQLiteStorage"]),
        tests("EffectsTests", ["Effects", logging]),
        tests("RegionsTests", parts + ["Effects", "Regions", "ServiceKit", "MessageCorpus", protobuf]),
        tests("TrustTests", ["Effects", "Trust", crypto, x509, asn1]),
        tests("WireTests", ["Effects", "Wire", protobuf], excluding: ["Golden"]),
        tests("HL7Tests", ["Effects", "HL7"]),
        tests("DICOMTests", ["Effects", "DICOM", "CZlib"]),
        tests("FHIRTests", ["Effects", "FHIR"]),
        tests("DoorsTests", ["Effects", "Doors", logging]),
        tests("LinksTests", ["Effects", "Regions", "Wire", "Links", logging]),
        tests("CallsTests", ["Effects", "Regions", "Wire", "Links", "Calls", logging]),
        tests(
            "TLSTransportTests",
            sockets + ["Effects", "Regions", "Trust", "Wire", "Links", "Calls", "TLSTransport", logging]),
        tests("StorageContractTests", ["Effects", "Storage", "SQLiteStorage"]),
        tests("LedgersTests", ledgers + ["SQLiteStorage", protobuf], excluding: ["Golden"]),
        tests("CouriersTests", ["Effects", "Regions", "Wire", "Ledgers", "Couriers"]),
        tests(
            "DestinationsTests",
            stored + sockets + [
                "HL7", "Links", "Calls", "Destinations", "DestinationClients", nioHTTP1, httpClient, logging,
            ]),
        tests(
            "RecognitionEdgeTests",
            [
                "Effects", "Regions", "Trust", "Wire", "HL7", "FHIR", "ServiceKit", "EdgeKit", "Recognition",
                "RecognitionEdge", "MessageCorpus", protobuf,
            ]),
        tests("RecognitionTests", stored + ["Identity", "Recognition", "MessageCorpus", protobuf]),
        tests("IdentityTests", stored + ["Identity"]),
        tests(
            "ConsultationTests",
            stored + [
                "Links", "Calls", "Couriers", "HL7", "FHIR", "EdgeKit", "WorkflowKit", "Consultation",
                "ConsultationEdge", "RegionByHand", logging,
            ]),
        tests(
            "ReferralTests",
            region + [
                "HL7", "FHIR", "EdgeKit", "WorkflowKit", "InventoryKit", "Inventory", "Referral", "ReferralEdge",
            ]),
        tests("DiagnosisTests", region + ["WorkflowKit", "Diagnosis"]),
        tests("ImagingTests", stored + ["DICOM", "FHIR", "EdgeKit", "Imaging", "ImagingEdge", "RegionByHand"]),
        tests("AdverseEventsTests", region + ["Storage", "Trust", "WorkflowKit", "AdverseEvents"]),
        tests("WorkflowKitTests", stored + ["Calls", "WorkflowKit", "Diagnosis", "NodeRuntime", "YilianTestKit"]),
        tests("IndicatorsTests", stored + ["Links", "Calls", "Indicators", logging]),
        tests(
            "InventoryTests",
            stored + [
                "Calls", "Couriers", "InventoryKit", "Inventory", "InventoryTestKit", "YilianTestKit", "RegionByHand",
                logging,
            ]),
        tests(
            "NodeRuntimeTests",
            ledgers + parts + [
                "Links", "Calls", "Couriers", "NodeReports", "ServiceKit", "EdgeKit", "HL7", "DICOM", "FHIR",
                "NodeRuntime", "Edge", "YilianTestKit", "IdentityTestKit", "RecognitionTestKit", "ConsultationTestKit",
                "IndicatorsTestKit", "Demo", "Simulator", "Accounts", "ConsoleKit", "Console", "ConsolePages",
                "VerbKit", "MessageCorpus", arguments, yams, logging,
            ]),
        tests(
            "TestKitTests",
            [
                "Effects", "YilianTestKit", "RecognitionTestKit", "ConsultationTestKit", "IndicatorsTestKit", nioCore,
                nioPosix,
            ]),
        tests("DemoTests", ["Effects", "Regions", "Recognition", "NodeRuntime", "Demo"]),
        tests(
            "SimulatorTests",
            ["Effects", "Regions", "Trust", "Storage", "SQLiteStorage", "Ledgers", "Simulator", "YilianTestKit"]),
        tests(
            "EdgeTests",
            stored + sockets + [
                "Doors", "Links", "EdgeKit", "HL7", "DICOM", "FHIR", "Identity", "IdentityEdge", "Recognition",
                "RecognitionEdge", "Imaging", "ImagingEdge", "NodeRuntime", "Edge", "MessageCorpus", nioEmbedded,
                httpClient, hummingbird, logging,
            ]),
        tests("ConsoleKitTests", ["Effects", "ServiceKit", "ConsoleKit", "PageMarkup"]),
        tests(
            "AccountsTests", ["Effects", "Trust", "Storage", "SQLiteStorage", "ServiceKit", "ConsoleKit", "Accounts"]),
        tests(
            "DirectorySignInTests",
            sockets + [
                "Effects", "Regions", "Trust", "FHIR", "ConsoleKit", "Accounts", "DirectorySignIn", nioHTTP1, crypto,
                cryptoExtras,
            ]),
        tests(
            "ConsoleTests",
            [
                "Accounts", "Effects", "Regions", "Trust", "Storage", "SQLiteStorage", "Ledgers", "Couriers", "Links",
                "ServiceKit", "Recognition", "NodeRuntime", "ConsoleKit", "Edge", "Console", "YilianTestKit", nioCore,
                nioSSL, httpClient, hummingbird, logging,
            ]),
        tests(
            "ConsolePagesTests",
            parts + [
                "Effects", "Regions", "Trust", "Storage", "SQLiteStorage", "Links", "ServiceKit", "ConsoleKit",
                "Accounts", "Destinations", "Console", "ConsolePages", "RecognitionPages", "IdentityPages",
                "ReferralPages", "AdverseEventsPages", "DiagnosisPages", "PageMarkup", logging,
            ]),
        tests(
            "ProgramTests",
            parts + [
                "Effects", "Regions", "Trust", "Ledgers", "ServiceKit", "ConsoleKit", "Accounts", "Console", "VerbKit",
                "RecognitionVerbs", "YilianTestKit", "RecognitionTestKit", "yilian", "MessageCorpus", "NodeRuntime",
                nioCore, httpClient, arguments, logging,
            ]),
        tests(
            "AcceptanceTests",
            sockets + [
                "Effects", "Recognition", "ServiceKit", "NodeRuntime", "Demo", "YilianTestKit", "RecognitionTestKit",
                httpClient,
            ]),
        tests(
            "ClusterTests",
            parts + [
                "Effects", "Regions", "Trust", "Wire", "Links", "TLSTransport", "Ledgers", "Couriers", "ServiceKit",
                "Console", "Demo", "YilianTestKit", "yilian", nioCore, nioPosix, logging,
            ]),
        tests("RecognitionDriverTests", ["Effects", "Recognition", "RecognitionDriver"]),
        tests(
            "CatalogueTests",
            ledgers + parts + [
                "HL7", "DICOM", "FHIR", "Links", "Calls", "Couriers", "ServiceKit", "NodeReports", "ConsoleKit",
                "Accounts", "EdgeKit", "ImagingEdge", "NodeRuntime", "Edge", "Console", "DirectorySignIn", "Demo",
                "Simulator", "YilianTestKit", "LoadDriver", "RecognitionDriver", "yilian",
            ]),
        tests("PagesTests", ["Effects", "YilianTestKit"]),
        tests("TidyTests", ["Effects"]),
    ])
