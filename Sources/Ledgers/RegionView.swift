package import Effects
package import Regions

/// The region as a ledger sees it at the moment: ledger keys, and who manages whom.
package protocol RegionView: KeyDirectory {
    func tree(at time: WallTime) -> ManagementTree
}
