import Referral
import Regions

/// What people were told about referrals: which were taken, and what somebody was shown of which.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
final class ReferralJournal: @unchecked Sendable {
    private(set) var referrals: [ReferralID] = []
    /// Referrals that their only disk lost before any neighbour had them.
    private(set) var lost: Set<ReferralID> = []
    /// Openings of referrals whose end the very node had shown before.
    private(set) var servedAfterEnd: [(referral: ReferralID, node: NodeID)] = []

    func add(_ referral: ReferralID) { referrals.append(referral) }
    func lose(_ referral: ReferralID) { lost.insert(referral) }
    func serve(_ referral: ReferralID, at node: NodeID) { servedAfterEnd.append((referral, node)) }
}
