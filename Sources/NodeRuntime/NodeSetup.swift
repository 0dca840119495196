package import Effects
package import Ledgers
package import Links
package import Logging
package import Regions
package import ServiceKit
package import Storage
package import Trust
package import Wire

/// What a node is put together from: its identity, its keys, and the drivers that the composition root chose.
package struct NodeSetup: Sendable {
    package var node: NodeID
    package var region: RegionRegistry
    /// The keys that seal its ledger; services that sign statements use the one that holds.
    package var keyring: LedgerKeyring
    let firstKey: SigningKey
    let otherKeys: [SigningKey]
    package var boxKey: BoxKey
    package var store: any Store
    package var transport: any LinkTransport
    /// Where children dial in; `nil` for a node without children.
    package var listen: LinkAddress?
    /// Addresses of the parent that stand before those of the region configuration.
    package var parentAddresses: [LinkAddress]
    package var world: World
    package var logger: Logger
    /// What this node can read, best first.
    package var codecs: [Codec]
    package var release: String
    /// Keeps the region configuration in force for the next start.
    package var saveRegion: @Sendable (SignedRegionConfiguration) throws -> Void
    /// Keeps the region configuration that waits for its time; `nil` where none does any more.
    package var saveWaitingRegion: @Sendable (SignedRegionConfiguration?) throws -> Void
    /// What the node's file says to its services.
    package var settings: NodeFileSections
    /// How long a message is remembered.
    package var messageRetentionDays: UInt32
    /// Who may have what; another rule than the management tree's is for simulations of mistakes alone.
    package var audienceRule = AudienceRule.managementTree
    /// What is folded, and who may write it; other rules than the services' are for simulations of mistakes alone.
    package var projections: ProjectionSet
    /// Whether the node tells its parent how it is; the simulator's nodes do not, since nothing there looks at it.
    package var tellsItsParent = true
    /// When the certificate of the node's links runs out; nil where nobody can say.
    package var certificateExpiry: @Sendable () -> WallTime? = { nil }
    /// What is left on the disk of the node's data; nil where nobody can say.
    package var freeDiskBytes: @Sendable () -> Int64? = { nil }
    /// The services of the node.
    package let services: [any NodeService.Type]

    /// - Parameter otherKeys: further ledger keys of the node, older or newer ones.
    package init(
        node: NodeID, region: RegionRegistry, signingKey: SigningKey, otherKeys: [SigningKey] = [], boxKey: BoxKey,
        store: any Store,
        transport: any LinkTransport, listen: LinkAddress? = nil, parentAddresses: [LinkAddress] = [], world: World,
        logger: Logger, codecs: [Codec] = [.zstd, .zlib, .none], release: String = "1",
        saveRegion: @escaping @Sendable (SignedRegionConfiguration) throws -> Void = { _ in },
        saveWaitingRegion: @escaping @Sendable (SignedRegionConfiguration?) throws -> Void = { _ in },
        settings: NodeFileSections = NodeFileSections(), messageRetentionDays: UInt32 = 90,
        services: [any NodeService.Type] = ServiceList.all
    ) {
        self.node = node
        self.region = region
        firstKey = signingKey
        self.otherKeys = otherKeys
        keyring = LedgerKeyring(node: node, keys: [signingKey] + otherKeys, region: region)
        self.boxKey = boxKey
        self.store = store
        self.transport = transport
        self.listen = listen
        self.parentAddresses = parentAddresses
        self.world = world
        self.logger = logger
        self.codecs = codecs
        self.release = release
        self.saveRegion = saveRegion
        self.saveWaitingRegion = saveWaitingRegion
        self.settings = settings
        self.services = services
        projections = ServiceList.projections(of: services)
        self.messageRetentionDays = messageRetentionDays
    }
}
