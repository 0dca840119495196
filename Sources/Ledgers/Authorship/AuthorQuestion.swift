package import Effects
package import Regions
package import Storage

/// What an author rule is asked: an entry, where it is folded, and everything that may be looked up about it.
package struct AuthorQuestion {
    package let entry: Entry
    /// Where it is folded.
    package let node: NodeID
    package let region: any RegionView
    package let sql: any SQLTransaction
    private let clock: () throws -> WallTime
    private let lookUp: (EntryID) throws -> Entry?
    private let history: ConfigurationHistory

    init(
        _ entry: Entry, at node: NodeID, region: any RegionView, sql: any SQLTransaction,
        history: ConfigurationHistory, clock: @escaping () throws -> WallTime,
        lookUp: @escaping (EntryID) throws -> Entry?
    ) {
        self.entry = entry
        self.node = node
        self.region = region
        self.sql = sql
        self.clock = clock
        self.lookUp = lookUp
        self.history = history
    }

    /// Rule time: the author's time, not before what the same chain has sealed, and not after receipt.
    package var time: WallTime { get throws { try clock() } }

    /// Who managed whom at rule time.
    package var tree: ManagementTree { get throws { region.tree(at: try time) } }

    /// An entry that lies here.
    package func entry(_ id: EntryID) throws -> Entry? { try lookUp(id) }

    /// An entry that lies here and stands: its own author might have written it, as far as is known here.
    package func standing(_ id: EntryID) throws -> Entry? { try isSetAside(id) ? nil : lookUp(id) }

    /// Whether an entry that lies here is not folded, for whatever reason.
    package func isSetAside(_ id: EntryID) throws -> Bool {
        try sql.row("SELECT 1 FROM set_aside WHERE entry = $1", [id.description]) != nil
    }

    /// Whether an honest author may have gone by a region configuration that says so: the one in force here now, the one
    /// that was at rule time, or one that this had replaced within a week (``ConfigurationHistory``).
    package func mayHaveGoneBy(_ says: (RegionConfiguration) -> Bool) throws -> Bool {
        if says(region.current) { return true }
        return try history.configurations(at: try time, region: region, in: sql).contains(where: says)
    }

    /// Checks that the author may write for a unit at rule time: its systems deliver to the author, or the region has
    /// delegated it.
    ///
    /// - Parameter name: the unit's id, or its institution code.
    /// - Throws: `author.unknownUnit`, `author.notDelivered`.
    package func requireDelivery(of name: String) throws {
        let table = region.deliveries
        guard let unit = table.unit(named: name) else {
            throw Failure(
                "author.unknownUnit", "\(entry.author) writes for a unit that the region does not know",
                remedy: "publish a region configuration that has the unit, or correct its name")
        }
        guard try table.mayWrite(entry.author, for: unit, at: { try time }) else {
            throw Failure(
                "author.notDelivered", "unit '\(unit)' did not deliver to \(entry.author) at that time",
                remedy: "see 'deliveries' and 'delegations' in the region configuration with `yilian region show`")
        }
    }

    /// Checks that the author does not speak for a unit of others; a name that is no unit's is a department of its own.
    ///
    /// - Throws: `author.notDelivered`.
    package func refuseForeign(_ name: String) throws {
        if region.deliveries.unit(named: name) != nil { try requireDelivery(of: name) }
    }

    /// Whether a unit kept the register of persons at the author at rule time.
    package func keepsRegister(_ name: String) throws -> Bool {
        let table = region.deliveries
        return try table.unit(named: name).map { table.keepsRegister($0, at: entry.author, try time) } ?? false
    }

    /// - Throws: `author.notDispatcher` where the author was not the dispatcher at rule time.
    package func requireDispatcher() throws {
        guard try tree.root == entry.author else {
            throw Failure("author.notDispatcher", "\(entry.author) was not the region's dispatcher at that time")
        }
    }

    /// Whether an audience of the entry's author reaches the node where it is folded.
    package func isReached(by audience: Audience) throws -> Bool {
        audience.reaches(node, from: entry.author, in: try tree)
    }
}
