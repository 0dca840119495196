package import Effects
package import Regions

/// How a node is, as another one above it can say.
///
/// What a node cannot know it does not call broken: below one that is away everything is unknown since its last word.
package struct RegionOutlook: Sendable {
    package enum State: Sendable, Equatable {
        case up
        /// Its parent, which is there, has no link to it.
        case broken(since: WallTime, reason: String)
        /// An operator of the node that looks keeps the link to it down.
        case paused(since: WallTime, reason: String)
        /// It is linked, and its last word is old.
        case stale
        /// Its parent is away, or it has not said anything.
        case unknown
    }

    package struct Line: Sendable {
        package var node: NodeID
        package var tier: Tier
        /// None for the node that looks.
        package var parent: NodeID?
        package var state: State
        /// When it was last heard of, by the clock of the node that looks.
        package var lastWordAt: WallTime?
        package var report: NodeReport?
    }

    /// A child's link, as the node that looks has it.
    package struct Link: Sendable {
        package var isUp: Bool
        package var since: WallTime
        package var reason: String
        package var isPaused: Bool

        package init(isUp: Bool, since: WallTime, reason: String, isPaused: Bool = false) {
            self.isUp = isUp
            self.since = since
            self.reason = reason
            self.isPaused = isPaused
        }
    }

    /// The node that looks first, then each child with everything below it.
    package let lines: [Line]

    /// - Parameters:
    ///   - own: the node that looks.
    ///   - link: of a child of it.
    ///   - word: the last one of a node below, and when it was heard.
    package init(
        own: NodeReport, tree: ManagementTree, now: WallTime, link: (NodeID) -> Link,
        word: (NodeID) -> (report: NodeReport, ageMilliseconds: Int64)?
    ) {
        guard let tier = tree.tier(of: own.node) else {
            lines = []
            return
        }
        var lines = [Line(node: own.node, tier: tier, parent: nil, state: .up, lastWordAt: now, report: own)]
        // Parents stand before their children: each line's parent has been judged.
        func add(_ node: NodeID, below parent: Line) {
            guard let tier = tree.tier(of: node) else { return }
            let heard = word(node)
            let isFresh = heard.map { $0.ageMilliseconds <= Limits.reportStaleMilliseconds } ?? false
            let state: State
            if parent.node == own.node {
                let link = link(node)
                state =
                    link.isUp
                    ? heard == nil ? .unknown : isFresh ? .up : .stale
                    : link.isPaused
                        ? .paused(since: link.since, reason: link.reason)
                        : .broken(since: link.since, reason: link.reason)
            } else if parent.state != .up {
                state = .unknown
            } else if let missing = parent.report?.missing.first(where: { $0.node == node }) {
                state = .broken(since: missing.since, reason: missing.reason)
            } else {
                state = heard == nil ? .unknown : isFresh ? .up : .stale
            }
            let line = Line(
                node: node, tier: tier, parent: parent.node, state: state,
                lastWordAt: heard.map { now.advanced(byMilliseconds: -$0.ageMilliseconds) }, report: heard?.report)
            lines.append(line)
            for child in tree.children(of: node) { add(child, below: line) }
        }
        for child in tree.children(of: own.node) { add(child, below: lines[0]) }
        self.lines = lines
    }
}
