import Effects
package import Regions
package import Wire

/// One chain of sealed batches: an author's lane in one incarnation.
package struct ChainIdentity: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var author: NodeID
    /// Opened by the author at the first append after each start; later ones are greater on a sound clock and unique
    /// in any case (wall-clock milliseconds and 20 random bits).
    package var incarnation: UInt64
    package var lane: Lane

    package init(author: NodeID, incarnation: UInt64, lane: Lane) {
        self.author = author
        self.incarnation = incarnation
        self.lane = lane
    }

    package static func < (left: ChainIdentity, right: ChainIdentity) -> Bool {
        (left.author.rawValue, left.incarnation, left.lane.rawValue)
            < (right.author.rawValue, right.incarnation, right.lane.rawValue)
    }

    package var description: String {
        "\(author)/\(String(incarnation, radix: 16))/\(lane)"
    }
}

/// What names a batch for ever.
package struct BatchIdentity: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var chain: ChainIdentity
    package var sequence: UInt64

    package init(chain: ChainIdentity, sequence: UInt64) {
        self.chain = chain
        self.sequence = sequence
    }

    package static func < (left: BatchIdentity, right: BatchIdentity) -> Bool {
        left.chain == right.chain ? left.sequence < right.sequence : left.chain < right.chain
    }

    package var description: String { "\(chain)/\(sequence)" }
}

/// What names an entry for ever; printed as `author/incarnation/lane/sequence/index`.
package struct EntryID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var batch: BatchIdentity
    package var index: UInt32

    package init(batch: BatchIdentity, index: UInt32) {
        self.batch = batch
        self.index = index
    }

    package static func < (left: EntryID, right: EntryID) -> Bool {
        left.batch == right.batch ? left.index < right.index : left.batch < right.batch
    }

    package var author: NodeID { batch.chain.author }

    package var description: String { "\(batch)/\(index)" }

    /// Reads the printed form.
    ///
    /// - Throws: `ledger.entryID` where the text has another form.
    package init(_ text: String) throws {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5, let author = try? NodeID(String(parts[0])),
            let incarnation = UInt64(parts[1], radix: 16),
            let lane = Lane.allCases.first(where: { "\($0)" == parts[2] }), let sequence = UInt64(parts[3]),
            let index = UInt32(parts[4])
        else {
            throw Failure(
                "ledger.entryID", "this is not the id of an entry",
                remedy: "an entry id looks like jucheng/19a2b3c4d5e6f/bulk/12/0")
        }
        let chain = ChainIdentity(author: author, incarnation: incarnation, lane: lane)
        self.init(batch: BatchIdentity(chain: chain, sequence: sequence), index: index)
        guard description == text else {
            throw Failure(
                "ledger.entryID", "this is not the printed form of an entry's id",
                remedy: "write numbers without signs, leading zeros and capital letters")
        }
    }
}
