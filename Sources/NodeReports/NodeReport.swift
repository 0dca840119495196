package import Effects
import Foundation
package import Regions
import Trust
import Wire

/// What a node says of itself: that it is there, how it is, and which of its children it does not reach.
///
/// Nothing in it is about a person.
package struct NodeReport: Sendable, Equatable {
    /// A child without a link.
    package struct Missing: Sendable, Equatable {
        package var node: NodeID
        package var since: WallTime
        /// Why, in the words of the node that misses it.
        package var reason: String

        package init(node: NodeID, since: WallTime, reason: String) {
            self.node = node
            self.since = since
            self.reason = PlainText.line(reason).cut(toBytes: Limits.reportTextBytes)
        }
    }

    package var node: NodeID
    package var madeAt: WallTime
    package var startedAt: WallTime
    package var release: String
    package var configurationVersion: UInt64
    /// What waits for its neighbours.
    package var waitingEntries = 0
    /// How long the oldest of it has waited; zero where nothing does.
    package var waitingMilliseconds = 0
    /// Entries of which nothing is derived.
    package var setAside = 0
    package var forks = 0
    package var certificateEndsAt: WallTime?
    package var keyEndsAt: WallTime?
    package var freeDiskBytes: Int?
    package var missing: [Missing] = []

    package init(
        node: NodeID, madeAt: WallTime, startedAt: WallTime, release: String, configurationVersion: UInt64
    ) {
        self.node = node
        self.madeAt = madeAt
        self.startedAt = startedAt
        self.release = release.cut(toBytes: Limits.reportTextBytes)
        self.configurationVersion = configurationVersion
    }

    /// - Parameter key: the one with which it is signed.
    func statement(key: KeyID) throws -> [UInt8] {
        var message = PBReportStatement()
        message.node = node.rawValue
        message.madeAt = madeAt.milliseconds
        message.startedAt = startedAt.milliseconds
        message.release = release
        message.configurationVersion = configurationVersion
        message.waitingEntries = UInt64(clamping: waitingEntries)
        message.waitingMilliseconds = UInt64(clamping: waitingMilliseconds)
        message.setAside = UInt64(clamping: setAside)
        message.forks = UInt64(clamping: forks)
        if let time = certificateEndsAt { message.certificateEndsAt = time.milliseconds }
        if let time = keyEndsAt { message.keyEndsAt = time.milliseconds }
        if let bytes = freeDiskBytes { message.freeDiskBytes = UInt64(clamping: bytes) }
        message.missing = missing.prefix(Limits.missingChildrenPerReport).map { child in
            var part = PBReportMissingChild()
            part.node = child.node.rawValue
            part.since = child.since.milliseconds
            part.reason = child.reason
            return part
        }
        message.keyID = Data(key.bytes)
        return try message.serializedBytes()
    }

    init(_ message: PBReportStatement) throws {
        let texts = [message.release] + message.missing.map(\.reason)
        guard message.missing.count <= Limits.missingChildrenPerReport,
            texts.allSatisfy({ $0.utf8.count <= Limits.reportTextBytes })
        else { throw SignedNodeReport.malformed }
        node = try NodeID(message.node)
        madeAt = try PeerNumber.time(message.madeAt)
        startedAt = try PeerNumber.time(message.startedAt)
        release = PlainText.line(message.release)
        configurationVersion = PeerNumber.label(message.configurationVersion)
        waitingEntries = PeerNumber.atMost(Limits.reportCount, message.waitingEntries)
        waitingMilliseconds = PeerNumber.atMost(Limits.reportCount, message.waitingMilliseconds)
        setAside = PeerNumber.atMost(Limits.reportCount, message.setAside)
        forks = PeerNumber.atMost(Limits.reportCount, message.forks)
        certificateEndsAt = try PeerNumber.optionalTime(
            message.certificateEndsAt, isThere: message.hasCertificateEndsAt)
        keyEndsAt = try PeerNumber.optionalTime(message.keyEndsAt, isThere: message.hasKeyEndsAt)
        let free = PeerNumber.atMost(Limits.reportCount, message.freeDiskBytes)
        freeDiskBytes = message.hasFreeDiskBytes ? free : nil
        missing = try message.missing.map { part in
            Missing(node: try NodeID(part.node), since: try PeerNumber.time(part.since), reason: part.reason)
        }
    }
}

extension String {
    /// The beginning that has at most so many bytes, whole characters alone.
    fileprivate func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var cut = ""
        for character in self {
            guard cut.utf8.count + character.utf8.count <= limit else { break }
            cut.append(character)
        }
        return cut
    }
}
