import Effects

/// A Merkle tree as RFC 6962 §2.1 defines it, over a suite's digest.
///
/// Leaves are digests with the prefix 0x00, inner nodes with 0x01, so that no node passes for a leaf. A node without a
/// neighbour at its level moves up unchanged, which gives the same tree as the RFC's split at the largest power of two.
/// The root of no leaves is the digest of no bytes.
package struct MerkleTree: Sendable {
    package let suite: Suite
    /// The digests from the leaves (first) to the root (last); empty for no leaves.
    private let levels: [[Digest]]

    /// Computes the whole tree, once for any number of paths.
    package init(suite: Suite, leaves: [Digest]) {
        self.suite = suite
        var levels: [[Digest]] = []
        if !leaves.isEmpty { levels.append(leaves) }
        while let last = levels.last, last.count > 1 {
            levels.append(Self.parents(of: last, suite: suite))
        }
        self.levels = levels
    }

    package var leafCount: Int { levels.first?.count ?? 0 }

    package var root: Digest {
        levels.last?.first ?? suite.digest([])
    }

    /// The neighbours on the way from a leaf to the root, lowest first (RFC 6962 §2.1.1).
    ///
    /// - Throws: `merkle.noSuchLeaf`.
    package func path(index: Int) throws -> [Digest] {
        guard index >= 0, index < leafCount else {
            throw Failure("merkle.noSuchLeaf", "there is no leaf \(index) in a tree of \(leafCount)")
        }
        var path: [Digest] = []
        var position = index
        for level in levels.dropLast() {
            let neighbour = position ^ 1
            if neighbour < level.count { path.append(level[neighbour]) }
            position >>= 1
        }
        return path
    }

    private static func parents(of level: [Digest], suite: Suite) -> [Digest] {
        var parents: [Digest] = []
        parents.reserveCapacity(level.count / 2 + 1)
        var index = 0
        while index + 1 < level.count {
            parents.append(nodeDigest(level[index], level[index + 1], suite: suite))
            index += 2
        }
        if index < level.count { parents.append(level[index]) }
        return parents
    }
}
