package import Calls
package import Effects
package import Ledgers
package import Logging
package import Regions
package import Trust

/// What a node gives to each of its services.
package struct NodeContext: Sendable {
    package var node: NodeID
    package var tier: Tier
    package var region: RegionRegistry
    package var ledger: Ledger
    package var system: YilianActorSystem
    package var patientKeys: PatientKeyring
    package var keyring: LedgerKeyring
    package var audit: AuditTrail
    /// Counts who looks up how many persons.
    package let meter: AccessMeter
    /// What the node's file says to its services.
    package var settings: NodeFileSections
    /// For what somebody may ask about a person.
    package var purposes: PurposeList
    /// What the node's services count for.
    package var definitions: [IndicatorDefinition]
    /// How long a message is remembered.
    package var messageRetentionDays: UInt32
    /// Since when the link to a neighbour is down; `nil` where it is up, or where nobody knows.
    package var linkDownSince: @Sendable (NodeID) -> WallTime?
    /// Whether the node may decide, after a start on a disk that may be an older copy.
    package let witness: DiskWitness
    private let firstKey: SigningKey
    package var world: World
    package var logger: Logger

    package init(
        node: NodeID, tier: Tier, region: RegionRegistry, ledger: Ledger, system: YilianActorSystem,
        patientKeys: PatientKeyring, signingKey: SigningKey, keyring: LedgerKeyring? = nil,
        settings: NodeFileSections = NodeFileSections(), purposes: PurposeList = PurposeList(),
        definitions: [IndicatorDefinition] = [], messageRetentionDays: UInt32 = 90,
        linkDownSince: @escaping @Sendable (NodeID) -> WallTime? = { _ in nil }, world: World, logger: Logger
    ) {
        self.node = node
        self.tier = tier
        self.region = region
        self.ledger = ledger
        self.system = system
        self.patientKeys = patientKeys
        firstKey = signingKey
        self.keyring = keyring ?? LedgerKeyring(node: node, keys: [signingKey], region: region)
        audit = AuditTrail(ledger: ledger)
        meter = AccessMeter(time: world.time)
        self.settings = settings
        self.purposes = purposes
        self.definitions = definitions
        self.messageRetentionDays = messageRetentionDays
        self.linkDownSince = linkDownSince
        witness = DiskWitness(
            node: node, region: region, ledger: ledger, system: system, world: world, linkDownSince: linkDownSince)
        self.world = world
        self.logger = logger
    }

    package var now: WallTime { world.time.wallTime }
    /// The ledger key that holds now, for statements; one that has ended is refused by whoever reads them.
    package var signingKey: SigningKey { keyring.nearest(to: now) ?? firstKey }
    package var tree: ManagementTree { region.tree(at: now) }
    package var parent: NodeID? { tree.parent(of: node) }
}
