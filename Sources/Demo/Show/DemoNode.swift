package import Console
package import Effects

/// One node of the demo region: a process, its folder and its addresses.
package struct DemoNode: Sendable {
    package var id: String
    package var tier: String
    package var name: String
    package var parent: String?
    package var process: ChildProcess
    package var dataFolder: String
    package var addresses: NodeAddresses

    package var authorityFile: String { dataFolder + "/ca.crt" }
    package var tokenFile: String { dataFolder + "/tokens/his" }
    /// Where FHIR is served; `nil` for a node without hospital systems.
    package var fhirURL: String? { addresses.https.map { Self.url($0, scheme: "https") + "/fhir" } }

    /// Where people use it with a browser; `nil` where its file has no console.
    package var consoleURL: String? { addresses.console.map { Self.url($0, scheme: "https") } }

    static func url(_ address: String, scheme: String) -> String {
        address.contains("://") ? address : "\(scheme)://\(address)"
    }
}
