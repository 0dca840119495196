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

extension MerkleTree {
    /// The digest of a leaf's stored bytes: 0x00 and the bytes.
    package static func leafDigest(_ bytes: [UInt8], suite: Suite) -> Digest {
        suite.digest(parts: [[0], bytes])
    }

    /// The digest of an inner node: 0x01, the left and the right digest.
    static func nodeDigest(_ left: Digest, _ right: Digest, suite: Suite) -> Digest {
        suite.digest(parts: [[1], left.bytes, right.bytes])
    }

    package static func root(leaves: [Digest], suite: Suite) -> Digest {
        MerkleTree(suite: suite, leaves: leaves).root
    }

    /// The path of one leaf; make a tree where several are wanted.
    ///
    /// - Throws: `merkle.noSuchLeaf`.
    package static func path(leaves: [Digest], index: Int, suite: Suite) throws -> [Digest] {
        try MerkleTree(suite: suite, leaves: leaves).path(index: index)
    }

    /// The root that a leaf and its path lead to (RFC 9162 §2.1.3.2); the caller compares it with the sealed one.
    ///
    /// - Returns: `nil` where there is no such leaf, or the path is longer or shorter than the leaf's place asks for.
    package static func root(
        fromLeaf leaf: Digest, index: Int, count: Int, path: [Digest], suite: Suite
    ) -> Digest? {
        guard index >= 0, index < count else { return nil }
        var digest = leaf
        var position = index
        var last = count - 1
        for neighbour in path {
            guard last > 0 else { return nil }
            if position & 1 == 1 || position == last {
                digest = nodeDigest(neighbour, digest, suite: suite)
                while position & 1 == 0, position > 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                digest = nodeDigest(digest, neighbour, suite: suite)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 ? digest : nil
    }
}
