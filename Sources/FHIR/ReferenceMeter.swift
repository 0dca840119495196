import Synchronization

/// Counts what the references of one message make a reader read.
///
/// A small text may name one large resource thousands of times. What is read is counted in the elements of the resources
/// that references lead to; an honest message reads each of its resources a few times, and a message has so many times as
/// much as it holds.
package final class ReferenceMeter: Sendable {
    private static let timesAtMost = 32
    /// What any message may read, however short it is.
    private static let elementsAtLeast = 250_000

    /// How many elements may be read.
    package let limit: Int
    private let count = Atomic<Int>(0)

    /// - Parameter elements: how many the message holds.
    init(elements: Int) {
        limit = elements * Self.timesAtMost + Self.elementsAtLeast
    }

    /// How many elements were read.
    package var used: Int { count.load(ordering: .relaxed) }
    /// Whether more was asked for than the message has.
    package var isExhausted: Bool { used > limit }

    /// - Returns: whether the message still had so many.
    func take(_ elements: Int) -> Bool { count.add(elements, ordering: .relaxed).newValue <= limit }
}

extension JSONValue {
    /// How much there is to read: each value counts, and each 64 bytes of a text.
    var elementCount: Int {
        switch self {
        case .array(let items): items.reduce(1) { $0 + $1.elementCount }
        case .object(let object): object.members.reduce(1) { $0 + $1.value.elementCount }
        case .string(let text): 1 + text.utf8.count >> 6
        case .null, .bool, .number: 1
        }
    }
}
