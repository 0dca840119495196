package import ServiceKit
import Trust

/// How the index stores a result's key: as a number of its first eight bytes, and the twelve others.
///
/// Reports and persons are looked up by such numbers, which keep the indexes small: keys are digests, so each new row
/// of an index by them changes a page of its own. Two keys may begin alike; whoever finds rows by a number compares the
/// rest.
package struct ReportKeyColumns {
    package let number: Int64
    package let rest: [UInt8]

    /// - Parameter key: of 40 lower-case hexadecimal digits.
    /// - Returns: `nil` where the text is something else.
    package init?(_ key: String) {
        let isLowerCase = key.utf8.allSatisfy { !(UInt8(ascii: "A")...UInt8(ascii: "F")).contains($0) }
        guard isLowerCase, let bytes = Hex.bytes(key), bytes.count == Self.byteCount else { return nil }
        number = Self.number(bytes)
        rest = Array(bytes[Self.numberBytes...])
    }

    /// The key of stored columns.
    package static func key(number: Int64, rest: [UInt8]) -> String {
        Hex.text(withUnsafeBytes(of: number.bigEndian) { Array($0) } + rest)
    }

    private static let byteCount = 20
    private static let numberBytes = MemoryLayout<Int64>.size

    fileprivate static func number(_ bytes: [UInt8]) -> Int64 {
        Int64(bitPattern: bytes.prefix(numberBytes).reduce(0) { $0 << 8 | UInt64($1) })
    }
}

extension PatientKeyReference {
    /// The number by which the index of reports finds a person's; see ``ReportKeyColumns``.
    package var indexNumber: Int64 { ReportKeyColumns.number(key.bytes) }
}
