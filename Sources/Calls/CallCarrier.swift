import Effects
package import Links
package import Regions
import Synchronization
package import Wire

/// Takes calls to other nodes.
package protocol CallCarrier: Sendable {
    /// Calls a desk of a neighbour and gives its answer's bytes.
    ///
    /// It goes on where its caller is: each change of executors takes a lock where the task prefers one.
    ///
    /// - Throws: `call.notANeighbour`, `call.notReachable`, the desk's own failure, or another `call.…`.
    nonisolated(nonsending) func call(
        to peer: NodeID, method: UInt16, target: String, arguments: [UInt8], lane: Lane,
        deadlineMilliseconds: Int64, correlation: String
    ) async throws -> [UInt8]
}

extension LinkHub: CallCarrier {}

/// Correlation ids of calls that nobody else has named: one random identifier per process part, and a count.
///
/// A fresh random identifier costs as much as the rest of a small call. These are short enough, for a thousand million
/// calls, to need no memory of their own.
final class Correlations: Sendable {
    /// Eight ASCII characters and a hyphen.
    private let prefix: [UInt8]
    private let count = Atomic<UInt64>(0)

    init(_ world: World) {
        // The last eight characters are 40 random bits.
        prefix = Array(world.identifier().utf8.suffix(8)) + [UInt8(ascii: "-")]
    }

    func next() -> String {
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        return Self.text(prefix, number)
    }

    /// The prefix and the number in digits of base 32, the highest first.
    static func text(_ prefix: [UInt8], _ number: UInt64) -> String {
        let digits = max(1, (UInt64.bitWidth - number.leadingZeroBitCount + 4) / 5)
        return String(unsafeUninitializedCapacity: prefix.count + digits) { bytes in
            _ = bytes.update(fromContentsOf: prefix)
            var rest = number
            for place in stride(from: prefix.count + digits - 1, through: prefix.count, by: -1) {
                let digit = UInt8(rest & 31)
                bytes[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
                rest >>= 5
            }
            return prefix.count + digits
        }
    }
}
