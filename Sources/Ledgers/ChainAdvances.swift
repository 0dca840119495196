import Synchronization

/// Which chains have grown since when: what a courier looks at when the ledger has changed, instead of reading every chain.
///
/// Holds one number per chain that grew since the node started.
package final class ChainAdvances: Sendable {
    private struct State {
        var version: UInt64 = 0
        var chains: [ChainIdentity: (nextSequence: UInt64, version: UInt64)] = [:]
    }

    private let state = Mutex(State())

    func note(_ positions: [ChainPosition]) {
        guard !positions.isEmpty else { return }
        state.withLock { state in
            state.version += 1
            for position in positions { state.chains[position.chain] = (position.nextSequence, state.version) }
        }
    }

    /// Grows with every advance.
    package var version: UInt64 { state.withLock { $0.version } }

    /// The chains that have grown since `version`, and the version up to which this counts.
    package func since(_ version: UInt64) -> (positions: [ChainPosition], version: UInt64) {
        state.withLock { state in
            guard state.version > version else { return ([], version) }
            let grown = state.chains.filter { $0.value.version > version }
                .map { ChainPosition(chain: $0.key, nextSequence: $0.value.nextSequence) }
            return (grown.sorted { $0.chain < $1.chain }, state.version)
        }
    }
}
