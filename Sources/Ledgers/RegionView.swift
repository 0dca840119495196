package import Effects
package import Regions
package import Trust

/// The region as a ledger sees it at the moment: ledger keys, who manages whom, who may write for whom.
package protocol RegionView: KeyDirectory {
    func tree(at time: WallTime) -> ManagementTree
    /// From when to when a key may seal for a node; `nil` where it is not bound to it.
    func ledgerKeyRecord(of node: NodeID, id: KeyID) -> LedgerKeyRecord?
    /// Grows with each configuration that comes into force.
    var version: UInt64 { get }
    /// The configuration in force.
    var current: RegionConfiguration { get }
    var deliveries: DeliveryTable { get }
    /// Reads a configuration that the region's root key signed.
    ///
    /// - Throws: `region.badSignature`, and what reading it throws.
    func configuration(signedAs bytes: [UInt8]) throws -> RegionConfiguration
}
