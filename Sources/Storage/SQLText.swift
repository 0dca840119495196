/// The text of one statement, known when the program was compiled; nothing that came from outside can become SQL.
///
/// One text serves both engines: arguments are `$1`, `$2` … in the order of their first use, types are `BIGINT`,
/// `TEXT` and `BYTEA`, and an upsert is `INSERT … ON CONFLICT (…) DO …`.
package struct SQLText: Hashable, Sendable, ExpressibleByStringLiteral {
    package let text: String

    package init(stringLiteral value: StaticString) {
        text = value.description
    }
}
