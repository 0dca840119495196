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
    _ name: String, path: String? = nil, _ dependencies: [Target.Dependency], excluding: [String] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path ?? "Sources/\(name)", exclude: excluding,
        swiftSettings: strict)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], excluding: [String] = [], resources: [Resource] = []
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: excluding, resources: resources,
        swiftSettings: strict)
}

let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")

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
                "YilianTestKit", "IdentityTestKit", "RecognitionTestKit", "ConsultationTestKit", "IndicatorsTestKit",
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
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", .upToNextMinor(from: "2.13.0")),
    ],
    targets: [
        // System libraries
        .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CZstd", path: "Sources/CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
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
        module("FHIR", ["Effects"]),
        module("Doors", ["Effects", logging]),
        // L2
        module("Links", ["Effects", "Regions", "Wire", "Doors", protobuf, logging]),
        module("Ledgers", ["Effects", "Regions", "Trust", "Wire", "Storage", protobuf], excluding: ["ledger.proto"]),
        // L3
        module("Calls", ["Effects", "Regions", "Wire", "Links", protobuf]),
        module(
            "Couriers",
            ["Effects", "Regions", "Trust", "Wire", "Storage", "Ledgers", "Links", "Calls", protobuf, logging],
            excluding: ["courier.proto"]),
        module("TLSTransport", ["Effects", "Regions", "Trust", "Doors", "Links", nioCore, nioPosix, nioSSL]),
        module("SQLiteStorage", ["Effects", "Storage", grdb, sqlite]),
        // L4
        module(
            "ServiceKit", path: "Sources/Services/ServiceKit",
            ["Effects", "Regions", "Trust", "Wire", "Storage", "Ledgers", "Calls", "Couriers", protobuf, logging],
            excluding: ["access.proto", "Access/access_section.proto"]),
        module(
            "Destinations", path: "Sources/Services/Destinations",
            ["Effects", "Regions", "Storage", "HL7", "Ledgers", "Calls", "ServiceKit", logging]),
        module(
            "Identity", path: "Sources/Services/Identity",
            ["Effects", "Regions", "Trust", "Storage", "Ledgers", "Calls", "ServiceKit", protobuf],
            excluding: ["identity.proto"]),
        module(
            "Recognition", path: "Sources/Services/Recognition",
            [
                "Effects", "Regions", "Trust", "Wire", "Storage", "Ledgers", "Calls", "Couriers", "ServiceKit",
                "Identity", protobuf,
            ],
            excluding: ["recognition.proto", "Proof/proof.proto", "Rules/recognition_section.proto"]),
        module("ConsoleKit", ["Effects", "Trust", "FHIR", "ServiceKit"]),
        module("Accounts", ["Effects", "Regions", "Trust", "Storage", "ServiceKit", "ConsoleKit"]),
        module(
            "EdgeKit", path: "Sources/Services/EdgeKit",
            ["Effects", "Regions", "HL7", "FHIR", "Ledgers", "ServiceKit"]),
        module(
            "RecognitionEdge", path: "Sources/Services/RecognitionEdge",
            ["Effects", "Regions", "Trust", "HL7", "FHIR", "Ledgers", "Recognition", "ServiceKit", "EdgeKit"]),
        module(
            "IdentityEdge", path: "Sources/Services/IdentityEdge",
            ["Effects", "FHIR", "Ledgers", "ServiceKit", "EdgeKit", "Identity"]),
        module(
            "WorkflowKit", path: "Sources/Services/WorkflowKit",
            ["Effects", "Regions", "Trust", "Wire", "Storage", "Ledgers", "Calls", "ServiceKit", protobuf, logging],
            excluding: ["workflow.proto"]),
        module(
            "Consultation", path: "Sources/Services/Consultation",
            [
                "Effects", "Regions", "Trust", "Wire", "Storage", "Ledgers", "Calls", "ServiceKit", "WorkflowKit",
                protobuf,
            ],
            excluding: ["consultation.proto", "Region/consultation_section.proto"]),
        module(
            "ConsultationEdge", path: "Sources/Services/ConsultationEdge",
            ["Effects", "Regions", "HL7", "FHIR", "Ledgers", "ServiceKit", "EdgeKit", "Consultation"]),
        module(
            "InventoryKit", path: "Sources/Services/InventoryKit",
            ["Effects", "Regions", "Trust", "Wire", "Storage", "Ledgers", "ServiceKit", protobuf, logging],
            excluding: ["inventory.proto"]),
        module(
            "Inventory", path: "Sources/Services/Inventory",
            [
                "Effects", "Regions", "Trust", "Wire", "Storage", "Ledgers", "Calls", "ServiceKit", "InventoryKit",
                protobuf,
            ], excluding: ["Region/inventory_section.proto"]),
        module(
            "Referral", path: "Sources/Services/Referral",
            ["Effects", "Regions", "Ledgers", "Calls", "ServiceKit", "WorkflowKit", protobuf],
            excluding: ["referral.proto", "Region/referral_section.proto"]),
        module(
            "Indicators", path: "Sources/Services/Indicators",
            ["Effects", "Regions", "Trust", "Wire", "Storage", "Ledgers", "Calls", "Couriers", "ServiceKit", protobuf],
            excluding: ["indicators.proto", "Region/indicators_section.proto"]),
        // L5
        module(
            "NodeRuntime",
            [
                "Effects", "Regions", "Trust", "Wire", "Storage", "Links", "Ledgers", "Calls", "Couriers",
                "ServiceKit", "EdgeKit", "Destinations", "Identity", "IdentityEdge", "Recognition", "RecognitionEdge",
                "WorkflowKit", "Consultation", "ConsultationEdge", "Referral", "Indicators", "Inventory", logging,
            ], excluding: ["Contract.txt"]),
        // L6
        module(
            "DestinationClients",
            [
                "Effects", "Regions", "Trust", "HL7", "FHIR", "ServiceKit", "Destinations", nioCore, nioPosix, nioSSL,
                nioHTTP1, httpClient,
            ]),
        module(
            "Edge",
            [
                "Effects", "Regions", "Trust", "HL7", "FHIR", "Doors", "TLSTransport", "ServiceKit", "EdgeKit",
                "NodeRuntime", nioCore, nioPosix, nioSSL, hummingbird, hummingbirdTLS, lifecycle, logging,
            ]),
        module(
            "Console",
            [
                "Accounts", "ConsoleKit", "Edge", "Effects", "Regions", "Trust", "Wire", "Doors", "Storage", "Links",
                "Ledgers", "Calls",
                "Couriers",
                "ServiceKit", "NodeRuntime", nioCore, nioPosix, nioSSL, hummingbird, hummingbirdTLS, httpClient,
                lifecycle, protobuf, logging,
            ], excluding: ["console.proto"]),
        module(
            "ConsolePages",
            [
                "Effects", "Regions", "Trust", "ServiceKit", "ConsoleKit", "Accounts", "Destinations", "Console",
                logging,
            ]),
        module(
            "YilianTestKit",
            [
                "Effects", "Regions", "Trust", "Wire", "Storage", "SQLiteStorage", "Doors", "Links", "TLSTransport",
                "Ledgers", "ServiceKit", "EdgeKit", "NodeRuntime", "Edge", logging,
            ]),
        module(
            "IdentityTestKit", path: "Sources/Services/IdentityTestKit",
            ["Effects", "Ledgers", "ServiceKit", "Identity", "NodeRuntime", "YilianTestKit"]),
        module(
            "RecognitionTestKit", path: "Sources/Services/RecognitionTestKit",
            [
                "Effects", "Regions", "Ledgers", "ServiceKit", "Recognition", "NodeRuntime", "YilianTestKit",
            ]),
        module(
            "ConsultationTestKit", path: "Sources/Services/ConsultationTestKit",
            ["Consultation", "NodeRuntime", "ServiceKit", "YilianTestKit"]),
        module(
            "IndicatorsTestKit", path: "Sources/Services/IndicatorsTestKit",
            ["Regions", "Indicators", "NodeRuntime", "YilianTestKit"]),
        module(
            "Demo",
            ["Effects", "Regions", "HL7", "NodeRuntime", "Console", nioCore, nioPosix, nioSSL, httpClient]),
        .executableTarget(
            name: "LoadDriver",
            dependencies: [
                "Effects", "Regions", "Trust", "Wire", "Links", "TLSTransport", "Calls", arguments, logging,
            ],
            path: "Sources/LoadDriver", swiftSettings: strict),
        module(
            "Simulator",
            [
                "Effects", "Regions", "Trust", "Wire", "Storage", "SQLiteStorage", "Links", "Ledgers", "Couriers",
                "ServiceKit", "NodeRuntime", "CSwiftRuntime", sqlite, crypto, logging,
            ]),
        module(
            "RecognitionSimulation", path: "Sources/Services/RecognitionSimulation",
            [
                "Effects", "Regions", "Trust", "Wire", "Storage", "Ledgers", "ServiceKit", "Recognition", "NodeRuntime",
                "Simulator",
            ]),
        module(
            "ConsultationSimulation", path: "Sources/Services/ConsultationSimulation",
            [
                "Effects", "Regions", "Wire", "Storage", "Ledgers", "ServiceKit", "Consultation", "NodeRuntime",
                "Simulator",
            ]),
        module(
            "IndicatorsSimulation", path: "Sources/Services/IndicatorsSimulation",
            [
                "Effects", "Regions", "Wire", "Storage", "Ledgers", "ServiceKit", "Indicators", "NodeRuntime",
                "Simulator",
            ]),
        module(
            "InventorySimulation", path: "Sources/Services/InventorySimulation",
            [
                "Effects", "Regions", "Wire", "Storage", "Ledgers", "InventoryKit", "Inventory", "NodeRuntime",
                "Simulator",
            ]),
        module(
            "SimulatorCommands",
            [
                "Effects", "Simulator", "RecognitionSimulation", "ConsultationSimulation", "IndicatorsSimulation",
                "InventorySimulation",
                arguments,
            ]),
        // L7
        module("VerbKit", ["Effects", "Trust", "ServiceKit", "NodeRuntime", "Console", "Demo", arguments]),
        module(
            "IdentityVerbs", path: "Sources/Services/IdentityVerbs",
            ["Effects", "ServiceKit", "Identity", "Console", "VerbKit", arguments]),
        module(
            "RecognitionVerbs", path: "Sources/Services/RecognitionVerbs",
            [
                "Effects", "Regions", "Trust", "FHIR", "ServiceKit", "Recognition", "RecognitionEdge", "NodeRuntime",
                "Console", "Demo", "VerbKit", arguments,
            ]),
        module(
            "RecognitionPages", path: "Sources/Services/RecognitionPages",
            ["Effects", "Regions", "ServiceKit", "ConsoleKit", "RecognitionEdge"]),
        module(
            "ConsultationPages", path: "Sources/Services/ConsultationPages",
            ["Effects", "Regions", "ServiceKit", "ConsoleKit", "Consultation"]),
        module(
            "IndicatorsPages", path: "Sources/Services/IndicatorsPages",
            ["Effects", "Regions", "ServiceKit", "ConsoleKit", "Indicators"]),
        module(
            "ConsultationVerbs", path: "Sources/Services/ConsultationVerbs",
            ["Effects", "ServiceKit", "Consultation", "Console", "Demo", "VerbKit", arguments]),
        module(
            "IndicatorsVerbs", path: "Sources/Services/IndicatorsVerbs",
            ["Effects", "Regions", "ServiceKit", "Indicators", "Console", "Demo", "VerbKit", arguments]),
        module(
            "ReferralVerbs", path: "Sources/Services/ReferralVerbs",
            ["Effects", "Referral", "Console", "VerbKit", arguments]),
        module(
            "InventoryVerbs", path: "Sources/Services/InventoryVerbs",
            ["Effects", "ServiceKit", "Inventory", "Console", "VerbKit", arguments]),
        // L8
        .executableTarget(
            name: "SimulateDriver", dependencies: ["Effects", "SimulatorCommands", arguments],
            path: "Sources/SimulateDriver", swiftSettings: strict),
        .executableTarget(
            name: "yilian",
            dependencies: [
                "Effects", "Regions", "Trust", "Wire", "Storage", "SQLiteStorage", "Doors", "Links", "TLSTransport",
                "Ledgers", "Calls", "Couriers", "ServiceKit", "ConsoleKit", "Accounts", "EdgeKit", "NodeRuntime",
                "Edge", "Console", "ConsolePages", "RecognitionPages", "ConsultationPages", "IndicatorsPages",
                "VerbKit", "IdentityVerbs", "RecognitionVerbs", "ConsultationVerbs", "ReferralVerbs",
                "IndicatorsVerbs",
                "InventoryVerbs", "Demo", "Simulator",
                "SimulatorCommands", "HL7", "FHIR", "Destinations", "DestinationClients", arguments, unixSignals,
                logging,
            ],
            path: "Sources/yilian", swiftSettings: strict),
        .executableTarget(
            name: "RecognitionDriver",
            dependencies: [
                "Effects", "Regions", "Wire", "Trust", "Storage", "Ledgers", "Links", "TLSTransport", "SQLiteStorage",
                "ServiceKit", "CZstd", "HL7", "RecognitionEdge", "Demo",
                "Couriers", "Recognition", "NodeRuntime", "YilianTestKit", arguments, logging,
            ],
            path: "Sources/Services/RecognitionDriver", swiftSettings: strict),
        // Tests
        module("MessageCorpus", path: "Tests/MessageCorpus", ["Effects", "HL7"], excluding: ["Cases"]),
        module("PageMarkup", path: "Tests/PageMarkup", []),
        tests("EffectsTests", ["Effects", logging]),
        tests(
            "RegionsTests",
            ["Effects", "Regions", "ServiceKit", "Consultation", "Indicators", "MessageCorpus", protobuf]),
        tests("TrustTests", ["Effects", "Trust", crypto, x509, asn1]),
        tests("WireTests", ["Effects", "Wire", protobuf], excluding: ["Golden"]),
        tests("HL7Tests", ["Effects", "HL7"]),
        tests("FHIRTests", ["Effects", "FHIR"]),
        tests("DoorsTests", ["Effects", "Doors", logging]),
        tests("LinksTests", ["Effects", "Regions", "Wire", "Links", logging]),
        tests("CallsTests", ["Effects", "Regions", "Wire", "Links", "Calls", logging]),
        tests(
            "TLSTransportTests",
            [
                "Effects", "Regions", "Trust", "Wire", "Links", "Calls", "TLSTransport", nioCore, nioPosix, nioSSL,
                logging,
            ]),
        tests("StorageContractTests", ["Effects", "Storage", "SQLiteStorage"]),
        tests(
            "LedgersTests",
            ["Effects", "Regions", "Trust", "Wire", "Storage", "SQLiteStorage", "Ledgers", protobuf],
            excluding: ["Golden"]),
        tests("CouriersTests", ["Effects", "Regions", "Wire", "Ledgers", "Couriers"]),
        tests(
            "DestinationsTests",
            [
                "Effects", "Regions", "Trust", "Wire", "HL7", "Storage", "SQLiteStorage", "Ledgers", "Links", "Calls",
                "ServiceKit", "Destinations", "DestinationClients", nioCore, nioPosix, nioSSL, nioHTTP1, httpClient,
                logging,
            ]),
        tests(
            "RecognitionEdgeTests",
            [
                "Effects", "Regions", "Trust", "Wire", "HL7", "FHIR", "ServiceKit", "EdgeKit", "Recognition",
                "RecognitionEdge", "MessageCorpus", protobuf,
            ]),
        tests(
            "RecognitionTests",
            [
                "Effects", "Regions", "Trust", "Wire", "Storage", "SQLiteStorage", "Ledgers", "ServiceKit", "Identity",
                "Recognition", "MessageCorpus", protobuf,
            ]),
        tests(
            "IdentityTests",
            ["Effects", "Regions", "Trust", "Storage", "SQLiteStorage", "Ledgers", "ServiceKit", "Identity"]),
        tests(
            "ConsultationTests",
            [
                "Effects", "Regions", "Trust", "Wire", "Storage", "SQLiteStorage", "Ledgers", "Links", "Calls",
                "Couriers", "HL7", "FHIR", "ServiceKit", "EdgeKit", "WorkflowKit", "Consultation", "ConsultationEdge",
                logging,
            ]),
        tests(
            "ReferralTests",
            [
                "Effects", "Regions", "Ledgers", "ServiceKit", "WorkflowKit", "Referral", "NodeRuntime",
                "YilianTestKit",
            ]),
        tests(
            "WorkflowKitTests",
            [
                "Effects", "Regions", "Trust", "Storage", "SQLiteStorage", "Ledgers", "ServiceKit", "WorkflowKit",
                "NodeRuntime",
            ]),
        tests(
            "IndicatorsTests",
            [
                "Effects", "Regions", "Trust", "Wire", "Storage", "SQLiteStorage", "Ledgers", "Links", "Calls",
                "ServiceKit", "Indicators", logging,
            ]),
        tests(
            "InventoryTests",
            [
                "Effects", "Regions", "Trust", "Wire", "Storage", "SQLiteStorage", "Ledgers", "Links", "Calls",
                "Couriers", "ServiceKit", "InventoryKit", "Inventory", logging,
            ]),
        tests(
            "NodeRuntimeTests",
            [
                "Effects", "Regions", "Trust", "Wire", "Storage", "Links", "Ledgers", "Calls", "Couriers",
                "ServiceKit", "EdgeKit", "HL7", "FHIR", "Identity", "Recognition", "RecognitionEdge", "Consultation",
                "Indicators",
                "Referral", "WorkflowKit", "Inventory", "InventoryKit", "NodeRuntime", "Edge", "YilianTestKit",
                "IdentityTestKit", "RecognitionTestKit",
                "ConsultationTestKit",
                "IndicatorsTestKit", "Demo", "Simulator", "VerbKit", "MessageCorpus", arguments, yams, logging,
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
            [
                "Effects", "Regions", "Trust", "Wire", "Doors", "Storage", "SQLiteStorage", "Links", "Ledgers",
                "ServiceKit", "EdgeKit", "HL7", "FHIR", "Identity", "IdentityEdge", "Recognition", "RecognitionEdge",
                "NodeRuntime", "Edge", "MessageCorpus",
                nioCore, nioPosix, nioSSL, httpClient, hummingbird, logging,
            ]),
        tests("ConsoleKitTests", ["Effects", "ServiceKit", "ConsoleKit", "PageMarkup"]),
        tests(
            "AccountsTests",
            ["Effects", "Trust", "Storage", "SQLiteStorage", "ServiceKit", "ConsoleKit", "Accounts"]),
        tests(
            "ConsoleTests",
            [
                "Accounts", "Effects", "Regions", "Trust", "Storage", "Ledgers", "Couriers", "ServiceKit",
                "Recognition",
                "NodeRuntime", "Edge", "Console", "YilianTestKit", hummingbird, logging,
            ]),
        tests(
            "ConsolePagesTests",
            [
                "Effects", "Regions", "Trust", "Storage", "SQLiteStorage", "ServiceKit", "ConsoleKit", "Accounts",
                "Destinations", "Console", "ConsolePages", "PageMarkup", logging,
            ]),
        tests(
            "ProgramTests",
            [
                "Effects", "Regions", "Trust", "Ledgers", "ServiceKit", "Identity", "Consultation", "Referral",
                "Inventory",
                "RecognitionEdge", "Console", "VerbKit", "RecognitionVerbs", "YilianTestKit",
                "RecognitionTestKit", "yilian", "MessageCorpus",
                nioCore, httpClient, arguments,
                logging,
            ]),
        tests(
            "AcceptanceTests",
            [
                "Effects", "Recognition", "ServiceKit", "NodeRuntime", "Demo", "YilianTestKit",
                "RecognitionTestKit", nioCore, nioPosix, nioSSL,
                httpClient,
            ]),
        tests(
            "ClusterTests",
            [
                "Effects", "Regions", "Trust", "Wire", "Links", "TLSTransport", "Ledgers", "Couriers", "ServiceKit",
                "Consultation", "Recognition", "RecognitionEdge", "Console", "Demo", "YilianTestKit", "yilian", nioCore,
                nioPosix, logging,
            ]),
        tests("RecognitionDriverTests", ["Effects", "Recognition", "RecognitionDriver"]),
        tests(
            "CatalogueTests",
            [
                "Effects", "Regions", "Trust", "Wire", "Storage", "HL7", "FHIR", "Links", "Ledgers", "Calls",
                "Couriers",
                "ServiceKit", "ConsoleKit", "Accounts", "EdgeKit", "WorkflowKit", "RecognitionEdge", "NodeRuntime",
                "Edge", "Console", "Demo",
                "Simulator", "YilianTestKit",
                "LoadDriver", "RecognitionDriver", "yilian",
            ]),
        tests("PagesTests", ["Effects", "YilianTestKit"]),
        tests("TidyTests", ["Effects"]),
    ])
