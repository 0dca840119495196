import Ledgers
import Recognition
import Regions

/// What hospitals' systems were told: every acknowledgement of a result.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
final class HospitalJournal: @unchecked Sendable {
    /// A report version that a node acknowledged.
    struct Published {
        var node: NodeID
        var entry: EntryID
        var reportKey: String
        var version: Int
        var order: String
        /// How often the node's disk had been put back by then.
        var restores: Int
    }

    /// What a hospital knows of a version that it sent.
    struct Version {
        var order: String
        var reportKey: String
        var entry: EntryID
        var status: ReportStatus
        var issued: Int64
    }

    private(set) var published: [Published] = []
    private(set) var versions: [Version] = []
    /// Orders whose content may stand twice: the disk was put back between two tries of one submission.
    private(set) var mayStandTwice: Set<String> = []
    /// Entries that their only disk lost before any neighbour had them.
    private(set) var lost: Set<EntryID> = []

    func add(_ item: Published) { published.append(item) }
    func add(_ version: Version) { versions.append(version) }
    func allowTwice(_ order: String) { mayStandTwice.insert(order) }
    func lose(_ entry: EntryID) { lost.insert(entry) }
}
