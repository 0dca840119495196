import Synchronization
import Wire

/// Which codec new segments are compressed with: what this node and its parent both read; zlib until that is known.
///
/// A segment is compressed once, by its author, and every ancestor must be able to read it: a node tells its children
/// only the codecs that its own parent reads too.
final class CodecChoice: Sendable {
    private let own: [Codec]
    private let parent = Mutex<[Codec]?>(nil)

    private let hasParent: @Sendable () -> Bool

    init(own: [Codec], hasParent: @escaping @Sendable () -> Bool) {
        self.own = own
        self.hasParent = hasParent
    }

    func parentReads(_ codecs: [Codec]) {
        parent.withLock { $0 = codecs }
    }

    var forNewSegments: Codec {
        guard let parent = parent.withLock({ $0 }) else { return .zlib }
        return own.first { parent.contains($0) } ?? .zlib
    }

    /// What this node and everybody above it reads.
    var readAllTheWay: [Codec] {
        guard let parent = parent.withLock({ $0 }) else {
            // Who does not know yet what its parent reads promises the common tongue alone.
            return hasParent() ? own.filter { $0 != .zstd } : own
        }
        return own.filter(parent.contains)
    }
}
