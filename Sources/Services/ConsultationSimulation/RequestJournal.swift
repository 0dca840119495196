import Consultation
import Regions

/// What clinics and experts were told: every request that was taken, every claim.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
final class RequestJournal: @unchecked Sendable {
    struct Claim {
        var request: ConsultationID
        var attempt: Int
        var home: NodeID
        var expert: String
        /// How often the home's disk had been put back by then.
        var homeRestores: Int
    }

    private(set) var requests: [ConsultationID] = []
    private(set) var claims: [Claim] = []
    /// Requests that their only disk lost before any neighbour had them.
    private(set) var lost: Set<ConsultationID> = []
    /// Requests that thieves invented.
    private(set) var invented: Set<ConsultationID> = []

    func add(_ request: ConsultationID) { requests.append(request) }
    func add(_ claim: Claim) { claims.append(claim) }
    func lose(_ request: ConsultationID) { lost.insert(request) }
    func invent(_ request: ConsultationID) { invented.insert(request) }
}
