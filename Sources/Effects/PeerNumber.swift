/// Numbers that somebody else wrote, bounded where they are read.
///
/// A seal says who wrote a number, not that it can be. Whatever is added, multiplied, compared in SQL or counted with
/// later passes here first, so that no few of them together leave their type; the tidy test knows every integer of every
/// `.proto` file and finds one that is read past this.
package enum PeerNumber {
    /// A moment within two hundred years of 1970.
    ///
    /// - Throws: `wire.outOfRange`.
    package static func time(_ milliseconds: Int64, _ what: String = "a time") throws -> WallTime {
        guard milliseconds.magnitude <= UInt64(Limits.peerTimeMilliseconds) else { throw outOfRange(what) }
        return WallTime(milliseconds: milliseconds)
    }

    /// The same where a message may say none; the first moment of 1970 is one as any other.
    package static func optionalTime(
        _ milliseconds: Int64, isThere: Bool, _ what: String = "a time"
    ) throws -> WallTime? {
        isThere ? try time(milliseconds, what) : nil
    }

    /// A number from 0 to a limit.
    ///
    /// - Throws: `wire.outOfRange`.
    package static func count(_ number: some BinaryInteger, atMost limit: Int, _ what: String) throws -> Int {
        guard number >= 0, number <= limit else { throw outOfRange(what) }
        return Int(number)
    }

    /// The place of a batch in its chain, or how many there are.
    ///
    /// - Throws: `wire.outOfRange`.
    package static func sequence(_ number: UInt64) throws -> UInt64 {
        guard number <= Limits.chainSequence else { throw outOfRange("the place of a batch in its chain") }
        return number
    }

    /// A part of a figure, of either sign.
    ///
    /// - Throws: `wire.outOfRange`.
    package static func part(_ number: Int64, atMost limit: Int64, _ what: String) throws -> Int64 {
        guard number.magnitude <= UInt64(limit) else { throw outOfRange(what) }
        return number
    }

    /// What is taken down to a limit instead of being refused: how much somebody asks for, or how long for.
    package static func atMost(_ limit: Int, _ number: some BinaryInteger) -> Int {
        number < 0 ? 0 : number > limit ? limit : Int(number)
    }

    /// A number that names something: it is compared and written down, and nobody computes with it.
    package static func label<Number>(_ number: Number) -> Number { number }

    private static func outOfRange(_ what: String) -> Failure {
        Failure("wire.outOfRange", "\(what) is outside of what it can be", remedy: "look at the node that wrote it")
    }
}

extension FixedWidthInteger {
    /// The sum, or the end of the type that it would pass.
    ///
    /// For figures that rest on what others wrote: a wrong figure is corrected, a trap ends the node.
    package func addingSaturated(_ other: Self) -> Self {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    package mutating func addSaturated(_ other: Self) {
        self = addingSaturated(other)
    }
}
