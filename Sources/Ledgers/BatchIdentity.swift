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
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 5, let author = String(parts[0]).flatMap({ try? NodeID($0) }),
            let incarnation = Self.number(parts[1], radix: 16),
            let lane = Lane.allCases.first(where: { $0.description.utf8.elementsEqual(parts[2]) }),
            let sequence = Self.number(parts[3], radix: 10),
            let index = Self.number(parts[4], radix: 10).flatMap({ UInt32(exactly: $0) })
        else {
            throw Failure(
                "ledger.entryID", "this is not the id of an entry",
                remedy: "an entry id looks like jucheng/19a2b3c4d5e6f/bulk/12/0; numbers have no signs, leading zeros "
                    + "or capital letters")
        }
        let chain = ChainIdentity(author: author, incarnation: incarnation, lane: lane)
        self.init(batch: BatchIdentity(chain: chain, sequence: sequence), index: index)
    }

    /// Reads a number as it is printed: with no sign, no leading zero and no capital letter.
    private static func number(_ digits: Substring.UTF8View, radix: Int) -> UInt64? {
        let isPlain = digits.allSatisfy { digit in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(digit)
        }
        guard isPlain, digits.first != UInt8(ascii: "0") || digits.count == 1 else { return nil }
        return UInt64(Substring(digits), radix: radix)
    }
}
