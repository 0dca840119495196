import Regions
import Wire

extension ChainPosition {
    /// Any position; for recording a call's target.
    package static var sample: ChainPosition {
        get throws {
            ChainPosition(
                chain: ChainIdentity(author: try NodeID("sample"), incarnation: 0, lane: .bulk), nextSequence: 0)
        }
    }
}
