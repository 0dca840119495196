package import Effects
import Foundation
import ServiceKit

/// Where a running node listens; the content of `addresses.json` in its data folder.
package struct NodeAddresses: Codable, Sendable, Equatable {
    /// One HL7 v2 listener.
    package struct MLLP: Codable, Sendable, Equatable {
        /// The unit whose results arrive there.
        package var unit: String
        package var address: String

        package init(unit: String, address: String) {
            self.unit = unit
            self.address = address
        }
    }

    package var node: String
    package var tier: String
    package var processID: Int32
    /// Where children dial in.
    package var link: String?
    package var mllp: [MLLP]
    /// FHIR, and the operator's interface below `/v1`.
    package var https: String?
    /// The console, for browsers.
    package var console: String?
    package var health: String
    /// The operator's interface over the Unix socket.
    package var socket: String

    package init(
        node: String, tier: String, processID: Int32, link: String? = nil, mllp: [MLLP] = [], https: String? = nil,
        console: String? = nil, health: String, socket: String
    ) {
        self.node = node
        self.tier = tier
        self.processID = processID
        self.link = link
        self.mllp = mllp
        self.https = https
        self.console = console
        self.health = health
        self.socket = socket
    }

    /// What a running node wrote.
    ///
    /// - Throws: `disk.notFound` where no node has started here; `console.badAnswer`.
    package static func read(_ path: String, disk: any Disk) throws -> NodeAddresses {
        try OperatorJSON.value(NodeAddresses.self, from: try disk.read(path), place: path)
    }

    package static let fileName = "addresses.json"
}
