// swift-tools-version: 6.2
import PackageDescription

// The peers that Yilian is measured against, and Yilian's own load drivers by way of the root package.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "YilianBenchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "Yilian", path: ".."),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/grpc/grpc-swift-2", exact: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", exact: "2.9.2"),
    ],
    targets: [
        .target(name: "EchoLoad", path: "Sources/EchoLoad", swiftSettings: strict),
        .executableTarget(
            name: "floor-echo",
            dependencies: [
                "EchoLoad", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ],
            path: "Sources/FloorEcho", swiftSettings: strict),
        .executableTarget(
            name: "grpc-echo",
            dependencies: [
                "EchoLoad", .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "GRPCCore", package: "grpc-swift-2"),
                .product(name: "GRPCNIOTransportHTTP2", package: "grpc-swift-nio-transport"),
            ],
            path: "Sources/GRPCEcho", swiftSettings: strict),
    ])
