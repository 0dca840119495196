import Regions
import Synchronization
import Wire

/// Which codec new segments are compressed with: what this node and its parent both read; zlib until that is known.
///
/// A segment is compressed once, by its author, and every ancestor must be able to read it: a node tells its children
/// only the codecs that its own parent reads too. It says so in the handshake and, because it may learn more later, in
/// each receipt.
final class CodecChoice: Sendable {
    private struct Parent {
        var node: NodeID
        var codecs: [Codec]
    }

    private let own: [Codec]
    private let parent = Mutex<Parent?>(nil)
    private let hasParent: @Sendable () -> Bool

    init(own: [Codec], hasParent: @escaping @Sendable () -> Bool) {
        self.own = own
        self.hasParent = hasParent
    }

    /// The link to the parent is up.
    func linked(to node: NodeID, reading codecs: [Codec]) {
        parent.withLock { $0 = Parent(node: node, codecs: codecs) }
    }

    /// A neighbour has said what it reads, and everybody above it; of the parent alone it matters.
    func said(_ codecs: [Codec], by node: NodeID) {
        parent.withLock { parent in
            if parent?.node == node { parent?.codecs = codecs }
        }
    }

    var forNewSegments: Codec {
        guard let codecs = parent.withLock({ $0?.codecs }) else { return .zlib }
        return own.first { codecs.contains($0) } ?? .zlib
    }

    /// What this node and everybody above it reads.
    var readAllTheWay: [Codec] {
        guard let codecs = parent.withLock({ $0?.codecs }) else {
            // Who does not know yet what its parent reads promises the common tongue alone.
            return hasParent() ? own.filter { $0 != .zstd } : own
        }
        return own.filter(codecs.contains)
    }
}
