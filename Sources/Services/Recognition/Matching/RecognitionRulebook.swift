import Effects
import Ledgers
import Regions
import Synchronization

/// The index of the rules that are in force, made once for each version of the region configuration.
package final class RecognitionRulebook: Sendable {
    private let region: RegionRegistry
    private let made = Mutex<(version: UInt64, index: RecognitionIndex)?>(nil)

    init(_ region: RegionRegistry) {
        self.region = region
    }

    /// The rules now.
    package var current: RecognitionIndex {
        let configuration = region.current
        if let known = made.withLock({ $0 }), known.version == configuration.version { return known.index }
        let index = RecognitionIndex(configuration.recognition)
        made.withLock { $0 = (configuration.version, index) }
        return index
    }
}
