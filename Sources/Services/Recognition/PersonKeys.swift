import Effects
package import Identity
package import ServiceKit

/// Under which keys the nodes that were asked know a person, besides those asked for.
package struct PersonKeys: Sendable, Equatable {
    /// Each leads to one more key, from one asked for or from one that another step leads to.
    package var steps: [Equivalents.Step]
    /// Keys that evidence leads to and a separation keeps apart.
    package var separated: [Equivalents.Separated]
    /// A node knows more keys than it follows.
    package var isTruncated: Bool

    package init(
        steps: [Equivalents.Step] = [], separated: [Equivalents.Separated] = [], isTruncated: Bool = false
    ) {
        self.steps = steps
        self.separated = separated
        self.isTruncated = isTruncated
    }

    init(_ equivalents: Equivalents) {
        self.init(
            steps: equivalents.reached.compactMap(\.path.last), separated: equivalents.separated,
            isTruncated: equivalents.isTruncated)
    }

    /// Adds what another node knows.
    ///
    /// A key that either keeps apart stays apart: the one may not have heard yet of what the other knows.
    mutating func merge(_ other: PersonKeys) {
        for step in other.steps where !steps.contains(where: { $0.to == step.to && $0.from == step.from }) {
            steps.append(step)
        }
        for apart in other.separated where !separated.contains(where: { $0.key == apart.key }) {
            separated.append(apart)
        }
        isTruncated = isTruncated || other.isTruncated
    }

    /// The person's keys: those asked for, and what steps lead to without a key that is kept apart.
    package func keys(from asked: [PatientKeyReference]) -> [PatientKeyReference] {
        let apart = Set(separated.map(\.key))
        var keys = asked
        var known = Set(asked)
        var position = 0
        while position < keys.count, keys.count < Limits.identityKeys {
            for step in steps
            where step.from == keys[position] && !apart.contains(step.to) && keys.count < Limits.identityKeys
                && known.insert(step.to).inserted
            { keys.append(step.to) }
            position += 1
        }
        return keys
    }

    /// Keeps the steps that still lead somewhere.
    mutating func keep(_ keys: [PatientKeyReference]) {
        steps.removeAll { !keys.contains($0.from) || !keys.contains($0.to) }
    }
}
