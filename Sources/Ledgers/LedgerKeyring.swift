package import Effects
package import Regions
import Synchronization
package import Trust

/// The keys with which a node seals its ledger, and which of them holds at a moment.
///
/// Several lie in a node's folder around a change-over. The region configuration says from when to when each may seal;
/// asked at each commit, so a change works without a restart, by a published configuration or by the clock alone.
package final class LedgerKeyring: Sendable {
    /// Whether the node can seal.
    package enum Standing: Equatable, Sendable {
        /// By this key, up to its end where it has one.
        case holds(KeyID, until: WallTime?)
        /// Every key that the node has has ended, the last one at this moment.
        case ended(KeyID, at: WallTime)
        /// A key that the node has begins later.
        case begins(KeyID, at: WallTime)
        /// The region configuration binds none of its keys to the node.
        case unbound
    }

    package let node: NodeID
    private let region: any RegionView
    private let keys: Mutex<[SigningKey]>

    /// - Parameter keys: at least one; what the region says decides among them.
    package init(node: NodeID, keys: [SigningKey], region: any RegionView) {
        self.node = node
        self.region = region
        self.keys = Mutex(keys)
    }

    /// Takes the keys of the node's folder in.
    ///
    /// One that seals now stays where the folder has it no longer: its end is the region's to say.
    package func replace(_ new: [SigningKey], at now: WallTime) {
        let current = holding(at: now)
        keys.withLock { keys in
            keys = new
            if let current, !new.contains(where: { $0.id == current.key.id }) { keys.append(current.key) }
        }
    }

    /// The key that seals at a moment: of those that hold the one that began last.
    ///
    /// - Throws: `ledger.keyEnded` where none holds, with the reason: nothing is sealed then and nothing acknowledged.
    package func key(at moment: WallTime) throws -> SigningKey {
        if let holding = holding(at: moment) { return holding.key }
        throw failure(standing(at: moment))
    }

    /// The key that holds, or else the one whose turn was last, for what is no seal of a ledger.
    package func nearest(to moment: WallTime) -> SigningKey? {
        if let holding = holding(at: moment) { return holding.key }
        let keys = keys.withLock { $0 }
        return bound(keys).max { $0.record.from < $1.record.from }?.key ?? keys.first
    }

    package func standing(at moment: WallTime) -> Standing {
        if let holding = holding(at: moment) { return .holds(holding.key.id, until: holding.record.to) }
        let bound = bound(keys.withLock { $0 })
        if let next = bound.filter({ $0.record.from > moment }).min(by: { $0.record.from < $1.record.from }) {
            return .begins(next.key.id, at: next.record.from)
        }
        guard let last = bound.max(by: { $0.record.to ?? .epoch < $1.record.to ?? .epoch }), let end = last.record.to
        else { return .unbound }
        return .ended(last.key.id, at: end)
    }

    private typealias Bound = (key: SigningKey, record: LedgerKeyRecord)

    private func holding(at moment: WallTime) -> Bound? {
        bound(keys.withLock { $0 }).filter { $0.record.isValid(at: moment) }.max { $0.record.from < $1.record.from }
    }

    private func bound(_ keys: [SigningKey]) -> [Bound] {
        keys.compactMap { key in region.ledgerKeyRecord(of: node, id: key.id).map { (key: key, record: $0) } }
    }

    private func failure(_ standing: Standing) -> Failure {
        let why =
            switch standing {
            case .ended(let id, let end): "its ledger key \(id) has ended at \(end.chinaText)"
            case .begins(let id, let begin): "its ledger key \(id) begins at \(begin.chinaText)"
            case .unbound, .holds: "the region configuration binds no ledger key of it to \(node)"
            }
        return Failure(
            "ledger.keyEnded", "this node seals nothing and acknowledges nothing: \(why)", place: node.rawValue,
            remedy:
                "bring the new ledger.key of `yilian cert renew DIR \(node) --new-ledger-key`, publish the region and "
                + "send SIGHUP")
    }
}
