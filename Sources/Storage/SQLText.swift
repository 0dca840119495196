/// The text of one statement, known when the program was compiled; nothing that came from outside can become SQL.
///
/// One text serves both engines: arguments are `$1`, `$2` … in the order of their first use, types are `BIGINT`,
/// `TEXT` and `BYTEA`, and an upsert is `INSERT … ON CONFLICT (…) DO …`. A `CREATE TABLE` that ends with
/// `/* clustered */` keeps its rows in the primary key's index and nowhere else, where the engine can.
package struct SQLText: Hashable, Sendable, ExpressibleByStringLiteral {
    private let literal: StaticString

    package init(stringLiteral value: StaticString) {
        literal = value
    }

    package var text: String { literal.description }

    /// Two texts are one where they are one literal of the program: that is what statements are kept by, and it costs
    /// no comparison of letters.
    package static func == (left: SQLText, right: SQLText) -> Bool { left.address == right.address }

    package func hash(into hasher: inout Hasher) { hasher.combine(address) }

    private var address: UInt {
        literal.hasPointerRepresentation
            ? UInt(bitPattern: literal.utf8Start) : UInt(literal.unicodeScalar.value)
    }
}
