// swift-tools-version: 6.2
import PackageDescription

// A package of somebody else's that tests against a region of real nodes. It sees what Yilian makes public and nothing
// else: `Scripts/outside-tests` builds and runs it.
let package = Package(
    name: "OutsideTests",
    dependencies: [.package(name: "yilian", path: "../..")],
    targets: [
        .testTarget(
            name: "OutsideTests", dependencies: [.product(name: "YilianTestKit", package: "yilian")],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)])
    ])
