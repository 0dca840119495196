package import Effects
import Regions

/// Notices that two processes show the identity of one node: each takes the other's link, again and again.
///
/// One link in the place of another is nothing: a restarted node dials before its old connection is known to be lost.
package struct LinkTwins: Sendable {
    /// Who took whose place.
    package struct Suspicion: Hashable, Sendable {
        package var since: WallTime
        /// From where the two came last.
        package var addresses: [String]

        /// In words, for an operator.
        package var text: String {
            "two processes show this node's identity, from \(addresses.joined(separator: " and ")), since \(since.chinaText): "
                + "stop the one that is a copy; a stolen certificate is revoked with `yilian cert revoke`"
        }
    }

    private struct Record {
        var times: [WallTime] = []
        var addresses: [String] = []
        var since: WallTime?
    }

    private var records: [NodeID: Record] = [:]

    /// How often within how long a living link must be taken over.
    static let takeovers = 3
    static let spanMilliseconds: Int64 = 300_000

    /// A new link took the place of one that lived.
    ///
    /// - Returns: the suspicion, the first time that there is one.
    mutating func tookOver(_ node: NodeID, from old: String, to new: String, at now: WallTime) -> Suspicion? {
        var record = records[node] ?? Record()
        record.times = record.times.filter { now.milliseconds(since: $0) < Self.spanMilliseconds } + [now]
        record.addresses = Array(Set([old, new])).sorted()
        defer { records[node] = record }
        guard record.times.count >= Self.takeovers else {
            record.since = nil
            return nil
        }
        guard record.since == nil else { return nil }
        record.since = now
        return Suspicion(since: now, addresses: record.addresses)
    }

    /// What is suspected now; it is forgotten when nothing was taken over for a while.
    func suspicion(of node: NodeID, at now: WallTime) -> Suspicion? {
        guard let record = records[node], let since = record.since, let last = record.times.last,
            now.milliseconds(since: last) < Self.spanMilliseconds
        else { return nil }
        return Suspicion(since: since, addresses: record.addresses)
    }
}
