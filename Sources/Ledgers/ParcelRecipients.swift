package import Regions
import Synchronization

/// For whom parcels wait; read once after a commit, for all couriers that it has woken.
final class ParcelRecipients: Sendable {
    private let known = Mutex<(count: UInt64, recipients: [NodeID])?>(nil)

    func recipients(since count: UInt64) -> [NodeID]? {
        known.withLock { known in
            guard let known, known.count >= count else { return nil }
            return known.recipients
        }
    }

    /// - Parameter count: how often the ledger had changed before they were read.
    func keep(_ recipients: [NodeID], since count: UInt64) {
        known.withLock { known in
            if known.map({ $0.count < count }) ?? true { known = (count, recipients) }
        }
    }
}

extension Ledger {
    /// For whom parcels wait, every commit counted after which the ledger had changed `count` times.
    package func parcelRecipients(since count: UInt64) async throws -> [NodeID] {
        if let known = parcelRecipients.recipients(since: count) { return known }
        let recipients = try await read { try Parcels.recipients(in: $0) }
        parcelRecipients.keep(recipients, since: count)
        return recipients
    }
}
