import Effects
import Testing
import Trust

@Suite("Merkle trees")
struct MerkleTests {
    private static func leaves(_ count: Int, _ suite: Trust.Suite) -> [Digest] {
        (0..<count).map { MerkleTree.leafDigest([UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8 & 255)], suite: suite) }
    }

    @Test("the roots are those of Certificate Transparency's reference (RFC 6962)")
    func vectors() {
        let suite = Trust.Suite(.ed25519)
        let inputs = [
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
        ]
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ]
        let leaves = inputs.map { MerkleTree.leafDigest(Hex.bytes($0) ?? [], suite: suite) }
        for count in 0...leaves.count {
            #expect(
                MerkleTree.root(leaves: Array(leaves[..<count]), suite: suite).hex == roots[count], "\(count) leaves")
        }
    }

    /// RFC 6962 §2.1, word for word.
    private static func reference(_ leaves: ArraySlice<Digest>, _ suite: Trust.Suite) -> Digest {
        guard leaves.count > 1, let first = leaves.first else { return leaves.first ?? suite.digest([]) }
        _ = first
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let left = reference(leaves.prefix(split), suite)
        let right = reference(leaves.dropFirst(split), suite)
        return suite.digest(parts: [[1], left.bytes, right.bytes])
    }

    @Test("the level by level root is the RFC's recursive one", arguments: SuiteID.allCases)
    func definition(_ id: SuiteID) {
        let suite = Trust.Suite(id)
        for count in 0...70 {
            let leaves = Self.leaves(count, suite)
            #expect(MerkleTree.root(leaves: leaves, suite: suite) == Self.reference(leaves[...], suite))
        }
    }

    @Test("every leaf's path leads to the root, and to no other place's", arguments: SuiteID.allCases)
    func paths(_ id: SuiteID) throws {
        let suite = Trust.Suite(id)
        for count in 1...40 {
            let leaves = Self.leaves(count, suite)
            let tree = MerkleTree(suite: suite, leaves: leaves)
            for index in 0..<count {
                let path = try tree.path(index: index)
                #expect(path == (try MerkleTree.path(leaves: leaves, index: index, suite: suite)))
                for place in 0..<count {
                    let root = MerkleTree.root(
                        fromLeaf: leaves[index], index: place, count: count, path: path, suite: suite)
                    #expect((root == tree.root) == (place == index), "\(index) at \(place) of \(count)")
                }
            }
        }
    }

    @Test("any changed bit of leaf or path, and any other length of path, fails", arguments: SuiteID.allCases)
    func changed(_ id: SuiteID) throws {
        let suite = Trust.Suite(id)
        for (count, index) in [(1, 0), (2, 1), (7, 6), (13, 5), (16, 15)] {
            let leaves = Self.leaves(count, suite)
            let tree = MerkleTree(suite: suite, leaves: leaves)
            let path = try tree.path(index: index)
            func root(_ leaf: Digest, _ path: [Digest]) -> Digest? {
                MerkleTree.root(fromLeaf: leaf, index: index, count: count, path: path, suite: suite)
            }
            #expect(root(leaves[index], path) == tree.root)
            for bit in 0..<256 {
                let leaf = try Self.flipped(leaves[index], bit)
                #expect(root(leaf, path) != tree.root)
                for step in path.indices {
                    var other = path
                    other[step] = try Self.flipped(path[step], bit)
                    #expect(root(leaves[index], other) != tree.root)
                }
            }
            #expect(root(leaves[index], path + [leaves[0]]) == nil)
            if !path.isEmpty { #expect(root(leaves[index], Array(path.dropLast())) == nil) }
        }
    }

    @Test("places outside the tree are refused")
    func outside() {
        let suite = Trust.Suite(.ed25519)
        let leaves = Self.leaves(3, suite)
        for index in [-1, 3, Int.max, Int.min] {
            #expect(throws: Failure("merkle.noSuchLeaf", "")) {
                try MerkleTree.path(leaves: leaves, index: index, suite: suite)
            }
            #expect(MerkleTree.root(fromLeaf: leaves[0], index: index, count: 3, path: [], suite: suite) == nil)
        }
        #expect(MerkleTree.root(fromLeaf: leaves[0], index: 0, count: 0, path: [], suite: suite) == nil)
        #expect(MerkleTree.root(fromLeaf: leaves[0], index: 0, count: Int.max, path: leaves, suite: suite) == nil)
    }

    @Test("an inner node does not pass for a leaf", arguments: SuiteID.allCases)
    func secondPreimage(_ id: SuiteID) {
        let suite = Trust.Suite(id)
        let leaves = Self.leaves(2, suite)
        let joined = MerkleTree.leafDigest(leaves[0].bytes + leaves[1].bytes, suite: suite)
        #expect(MerkleTree.root(leaves: leaves, suite: suite) != joined)
    }

    @Test("ten thousand leaves prove each of a hundred places", arguments: SuiteID.allCases)
    func large(_ id: SuiteID) throws {
        let suite = Trust.Suite(id)
        let leaves = Self.leaves(10_000, suite)
        let tree = MerkleTree(suite: suite, leaves: leaves)
        for index in stride(from: 0, to: 10_000, by: 101) {
            let path = try tree.path(index: index)
            #expect(
                MerkleTree.root(fromLeaf: leaves[index], index: index, count: 10_000, path: path, suite: suite)
                    == tree.root)
        }
    }

    private static func flipped(_ digest: Digest, _ bit: Int) throws -> Digest {
        var bytes = digest.bytes
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        return try #require(Digest(bytes: bytes))
    }
}
