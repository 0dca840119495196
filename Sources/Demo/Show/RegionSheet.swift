import Console
import Effects
import Foundation

/// `region.json`: where everything is, for any script or foreign client.
struct RegionSheet: Codable {
    struct Node: Codable {
        var id: String
        var name: String
        var tier: String
        var parent: String?
        var pid: Int
        /// Of the first listener, `host:port`.
        var mllp: String?
        var mllpListeners: [NodeAddresses.MLLP]
        var https: String?
        /// Where FHIR is served.
        var fhir: String?
        /// The console, for browsers.
        var console: String?
        var health: String?
        var link: String?
        var socket: String?
        var caFile: String
        var tokenFile: String?
        var dataFolder: String
    }

    var folder: String
    var program: String
    var nodes: [Node]

    init(folder: String, program: String, nodes: [DemoNode]) {
        self.folder = folder
        self.program = program
        self.nodes = nodes.map { node in
            Node(
                id: node.id, name: node.name, tier: node.tier, parent: node.parent,
                pid: Int(node.process.processID), mllp: node.addresses.mllp.first?.address,
                mllpListeners: node.addresses.mllp,
                https: node.addresses.https.map { DemoNode.url($0, scheme: "https") }, fhir: node.fhirURL,
                console: node.consoleURL,
                health: DemoNode.url(node.addresses.health, scheme: "http"), link: node.addresses.link,
                socket: node.addresses.socket, caFile: node.authorityFile,
                tokenFile: node.addresses.https == nil ? nil : node.tokenFile, dataFolder: node.dataFolder)
        }
    }

    func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }
}
