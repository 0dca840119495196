import Consultation
import Ledgers
import Recognition
import Regions

/// What the outside world was told: every acknowledgement that a hospital's system or an expert got.
///
/// The checkers hold it against what lies in the region at the end.
final class Journal: @unchecked Sendable {
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

    struct Claim {
        var request: ConsultationID
        var attempt: Int
        var home: NodeID
        var expert: String
        /// How often the home's disk had been put back by then.
        var homeRestores: Int
    }

    private(set) var published: [Published] = []
    private(set) var versions: [Version] = []
    private(set) var requests: [ConsultationID] = []
    private(set) var claims: [Claim] = []
    /// Orders whose content may stand twice: the disk was put back between two tries of one submission.
    private(set) var mayStandTwice: Set<String> = []
    /// Entries that their only disk lost before any neighbour had them.
    private(set) var lost: Set<EntryID> = []
    private(set) var lostRequests: Set<ConsultationID> = []

    func add(_ item: Published) { published.append(item) }
    func add(_ version: Version) { versions.append(version) }
    func add(_ request: ConsultationID) { requests.append(request) }
    func add(_ claim: Claim) { claims.append(claim) }
    func allowTwice(_ order: String) { mayStandTwice.insert(order) }
    func lose(_ entry: EntryID) { lost.insert(entry) }
    func lose(_ request: ConsultationID) { lostRequests.insert(request) }
}
