package import Regions

/// Who the other end of a connection is, as its certificate says it.
package struct PeerIdentity: Hashable, Sendable {
    package var region: RegionID
    package var node: NodeID
    package var certificateSerial: String

    package init(region: RegionID, node: NodeID, certificateSerial: String) {
        self.region = region
        self.node = node
        self.certificateSerial = certificateSerial
    }
}
