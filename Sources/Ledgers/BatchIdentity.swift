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

    package var description: String {
        let chain = batch.chain
        return "\(chain.author)/\(String(chain.incarnation, radix: 16))/\(chain.lane)/\(batch.sequence)/\(index)"
    }

    /// Reads the printed form.
    ///
    /// - Throws: `ledger.entryID` where the text has another form.
    package init(_ text: String) throws {
        guard let id = Self.parse(text) else {
            throw Failure(
                "ledger.entryID", "this is not the id of an entry",
                remedy: "an entry id looks like jucheng/19a2b3c4d5e6f/bulk/12/0; numbers have no signs, leading zeros "
                    + "or capital letters")
        }
        self = id
    }

    /// Ids stand in most rows of a ledger's tables: they are read in one pass, without a copy of their parts.
    private static func parse(_ text: String) -> EntryID? {
        var text = text
        return text.withUTF8 { bytes -> EntryID? in
            var rest: Bytes? = bytes[...]
            func next() -> Bytes? {
                guard let part = rest else { return nil }
                guard let end = part.firstIndex(of: UInt8(ascii: "/")) else {
                    rest = nil
                    return part
                }
                rest = part[(end + 1)...]
                return part[..<end]
            }
            guard let author = next().flatMap({ try? NodeID(String(decoding: $0, as: UTF8.self)) }),
                let incarnation = next().flatMap({ number($0, radix: 16) }),
                let name = next(), let lane = Lane.allCases.first(where: { $0.description.utf8.elementsEqual(name) }),
                let sequence = next().flatMap({ number($0, radix: 10) }),
                let index = next().flatMap({ number($0, radix: 10) }).flatMap({ UInt32(exactly: $0) }), rest == nil
            else { return nil }
            let chain = ChainIdentity(author: author, incarnation: incarnation, lane: lane)
            return EntryID(batch: BatchIdentity(chain: chain, sequence: sequence), index: index)
        }
    }

    private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    /// Reads a number as it is printed: with no sign, no leading zero and no capital letter.
    private static func number(_ digits: Bytes, radix: UInt64) -> UInt64? {
        guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1 else { return nil }
        var number: UInt64 = 0
        for byte in digits {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            default: return nil
            }
            let (product, isOver) = number.multipliedReportingOverflow(by: radix)
            let (sum, isOverToo) = product.addingReportingOverflow(UInt64(digit))
            guard digit < radix, !isOver, !isOverToo else { return nil }
            number = sum
        }
        return number
    }
}
