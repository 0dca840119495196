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
