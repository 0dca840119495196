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
