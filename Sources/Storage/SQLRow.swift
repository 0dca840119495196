import Effects

/// One row of a query's answer.
package struct SQLRow: Hashable, Sendable {
    package let values: [SQLValue]

    package init(_ values: [SQLValue]) {
        self.values = values
    }

    /// - Throws: `storage.type` where the column is not an integer.
    package func integer(_ column: Int) throws -> Int64 {
        guard case .integer(let value) = value(column) else { throw mismatch(column, "an integer") }
        return value
    }

    package func optionalInteger(_ column: Int) -> Int64? {
        guard case .integer(let value) = value(column) else { return nil }
        return value
    }

    package func unsigned(_ column: Int) throws -> UInt64 {
        UInt64(bitPattern: try integer(column))
    }

    package func text(_ column: Int) throws -> String {
        guard case .text(let value) = value(column) else { throw mismatch(column, "text") }
        return value
    }

    package func optionalText(_ column: Int) -> String? {
        guard case .text(let value) = value(column) else { return nil }
        return value
    }

    package func bytes(_ column: Int) throws -> [UInt8] {
        guard case .bytes(let value) = value(column) else { throw mismatch(column, "bytes") }
        return value
    }

    package func optionalBytes(_ column: Int) -> [UInt8]? {
        guard case .bytes(let value) = value(column) else { return nil }
        return value
    }

    private func value(_ column: Int) -> SQLValue {
        values.indices.contains(column) ? values[column] : .null
    }

    private func mismatch(_ column: Int, _ wanted: String) -> Failure {
        Failure("storage.type", "column \(column) does not hold \(wanted)", remedy: "run `yilian ledger verify`")
    }
}

/// A value of a column or of a statement's argument.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
}

/// What can stand as an argument of a statement.
package protocol SQLConvertible {
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLConvertible {
    package var sqlValue: SQLValue { self }
}

extension String: SQLConvertible {
    package var sqlValue: SQLValue { .text(self) }
}

extension Int64: SQLConvertible {
    package var sqlValue: SQLValue { .integer(self) }
}

extension Int: SQLConvertible {
    package var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension UInt32: SQLConvertible {
    package var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension UInt64: SQLConvertible {
    /// Numbers above `Int64.max` keep their bits and read back the same.
    package var sqlValue: SQLValue { .integer(Int64(bitPattern: self)) }
}

extension Bool: SQLConvertible {
    package var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension [UInt8]: SQLConvertible {
    package var sqlValue: SQLValue { .bytes(self) }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
    package var sqlValue: SQLValue { self?.sqlValue ?? .null }
}

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

    /// The table that it writes; nil where it is no statement that inserts, updates or deletes.
    package var writtenTable: String? {
        literal.withUTF8Buffer { text in
            // The name of a table stands at the beginning, and nothing behind it is read.
            let words = text.split(maxSplits: 3) { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
            guard words.count > 2 else { return nil }
            func isWord(_ index: Int, _ word: StaticString) -> Bool {
                word.withUTF8Buffer { words[index].elementsEqual($0) }
            }
            let isBehindTwo = isWord(0, "INSERT") && isWord(1, "INTO") || isWord(0, "DELETE") && isWord(1, "FROM")
            guard isBehindTwo || isWord(0, "UPDATE") else { return nil }
            return String(decoding: words[isBehindTwo ? 2 : 1], as: UTF8.self)
        }
    }

    /// Two texts are one where they are one literal of the program: that is what statements are kept by, and it costs
    /// no comparison of letters.
    package static func == (left: SQLText, right: SQLText) -> Bool { left.address == right.address }

    package func hash(into hasher: inout Hasher) { hasher.combine(address) }

    private var address: UInt {
        literal.hasPointerRepresentation
            ? UInt(bitPattern: literal.utf8Start) : UInt(literal.unicodeScalar.value)
    }
}
