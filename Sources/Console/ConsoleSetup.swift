package import Effects
package import NodeRuntime
import Regions

/// What the operator's side of a node works with.
package struct ConsoleSetup: Sendable {
    /// Takes a file in through the node's edges.
    ///
    /// - Parameters: the bytes, the format (`hl7v2` or `fhir`; none: by the look of it), the institution (none: the
    ///   node's only one), and whether to look only.
    package typealias Importing =
        @Sendable (
            _ bytes: [UInt8], _ format: String?, _ institution: String?, _ checkOnly: Bool
        ) async throws -> ImportInfo

    package var node: YilianNode
    package var processID: Int32
    /// When the node's TLS certificate runs out.
    package var certificateExpiry: @Sendable () -> WallTime?
    package var addresses: @Sendable () -> NodeAddresses
    package var importing: Importing

    package init(
        node: YilianNode, processID: Int32, certificateExpiry: @escaping @Sendable () -> WallTime?,
        addresses: @escaping @Sendable () -> NodeAddresses, importing: @escaping Importing
    ) {
        self.node = node
        self.processID = processID
        self.certificateExpiry = certificateExpiry
        self.addresses = addresses
        self.importing = importing
    }
}

extension ConsoleSetup {
    var world: World { node.setup.world }
    var now: WallTime { world.time.wallTime }
    var region: RegionConfiguration { node.setup.region.current }

    /// Why a neighbour's link is not up; `nil` where it is.
    var linkReason: @Sendable (NodeID) -> String? {
        let hub = node.hub
        return { neighbour in
            let status = hub.status(of: neighbour)
            return status.state == .up ? nil : status.explanation
        }
    }
}
