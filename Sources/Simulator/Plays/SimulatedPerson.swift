package import NodeRuntime

/// Somebody who works beside a node for as long as the simulation lasts, or until the work is done.
package struct SimulatedPerson: Sendable {
    /// Whom to name where the region does not come to rest; none for who never ends by themselves.
    var name: String?
    var work: @Sendable () async throws -> Void

    package init(_ name: String? = nil, work: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.work = work
    }
}

/// What a person may ask a node.
package struct SimulatedQuestion: Sendable {
    var name: String
    var ask: @Sendable (YilianNode) async throws -> Void

    package init(_ name: String, ask: @escaping @Sendable (YilianNode) async throws -> Void) {
        self.name = name
        self.ask = ask
    }
}

extension [any ServicePlay] {
    /// The groups of all plays one after the other: the first groups before the second ones.
    func inTurns<Item>(_ groups: (any ServicePlay) -> [[Item]]) -> [Item] {
        let all = map(groups)
        let turns = all.map(\.count).max() ?? 0
        return (0..<turns).flatMap { turn in all.flatMap { turn < $0.count ? $0[turn] : [] } }
    }
}
