import Effects
import Links
import NodeReports
import NodeRuntime
import Regions

/// How the nodes of a region are, as `region nodes` shows it: the one that was asked, and those below it.
package struct RegionOutlookInfo: Codable, Sendable, Equatable {
    package enum State: String, Codable, Sendable, CaseIterable {
        case up
        /// No link, says its parent, which is there.
        case broken
        /// An operator of its parent keeps the link down.
        case paused
        /// Linked, but its last word is old.
        case stale
        /// Its parent is away, or nothing was ever heard of it.
        case unknown
    }

    package struct Node: Codable, Sendable, Equatable {
        package var node: String
        package var name: String
        package var tier: String
        /// None for the node that was asked.
        package var parent: String?
        package var state: State
        /// Since when it is so: broken by its parent's word, else since the last word of it; none where there never was one.
        package var since: String?
        /// Why it is broken, in the words of its parent.
        package var reason: String
        package var lastWordAt: String?
        package var startedAt: String?
        package var release: String?
        package var configurationVersion: UInt64?
        package var waitingEntries: Int?
        package var waitingSeconds: Int64?
        package var setAside: Int?
        package var forks: Int?
        package var certificateEndsAt: String?
        package var ledgerKeyEndsAt: String?
        package var freeDiskBytes: Int?
        /// Children that it does not reach.
        package var missing: Int?
    }

    /// The version of the region's configuration at the node that was asked.
    package var configurationVersion: UInt64
    package var asOf: String
    /// A parent stands before its children.
    package var nodes: [Node]
}

extension RegionOutlookInfo {
    static func of(_ setup: ConsoleSetup) async throws -> RegionOutlookInfo {
        let node = setup.node
        let now = setup.now
        let monotonic = setup.world.time.monotonicTime
        let outlook = RegionOutlook(
            own: try await node.reports.own(), tree: node.setup.region.tree(at: now), now: now,
            link: { child in
                let status = node.hub.status(of: child)
                return RegionOutlook.Link(
                    isUp: status.state == .up, since: status.pause?.since ?? status.since, reason: status.explanation,
                    isPaused: status.pause != nil)
            },
            word: { child in
                node.reports.board.word(of: child).map { ($0.report, monotonic.milliseconds(since: $0.heardAt)) }
            })
        return RegionOutlookInfo(
            configurationVersion: node.setup.region.version, asOf: now.description,
            nodes: outlook.lines.map { Node($0, name: setup.region.node($0.node)?.name ?? $0.node.rawValue) })
    }
}

extension RegionOutlookInfo.Node {
    fileprivate init(_ line: RegionOutlook.Line, name: String) {
        let report = line.report
        node = line.node.rawValue
        self.name = name
        tier = line.tier.rawValue
        parent = line.parent?.rawValue
        reason = ""
        lastWordAt = line.lastWordAt?.description
        since = lastWordAt
        switch line.state {
        case .up: state = .up
        case .stale: state = .stale
        case .unknown: state = .unknown
        case .broken(let moment, let why):
            state = .broken
            since = moment.description
            reason = why
        case .paused(let moment, let why):
            state = .paused
            since = moment.description
            reason = why
        }
        startedAt = report?.startedAt.description
        release = report?.release
        configurationVersion = report?.configurationVersion
        waitingEntries = report?.waitingEntries
        waitingSeconds = report.map { Int64($0.waitingMilliseconds / 1_000) }
        setAside = report?.setAside
        forks = report?.forks
        certificateEndsAt = report?.certificateEndsAt?.description
        ledgerKeyEndsAt = report?.keyEndsAt?.description
        freeDiskBytes = report?.freeDiskBytes
        missing = report?.missing.count
    }
}
