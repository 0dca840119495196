package import ServiceKit
import Storage
package import Trust

/// The form of a report's key: what names the result, and what binds that name to its institution.
///
/// The second half is a digest of the institution and the first half, so that everybody sees whether a key belongs to the
/// institution that uses it. Without this, whoever may write for one institution could add versions and voids to the
/// results of another under their keys.
package enum ReportKey {
    private static let halfLength = 20

    /// - Parameter digest: of institution, order number and patient.
    package static func bound(_ digest: Digest, to institution: String, suite: Suite) -> String {
        let name = String(digest.hex.prefix(halfLength))
        return name + mark(name, institution, suite: suite)
    }

    static func isBound(_ key: String, to institution: String, suite: Suite) -> Bool {
        key.utf8.count == 2 * halfLength
            && key.suffix(halfLength) == mark(String(key.prefix(halfLength)), institution, suite: suite)
    }

    private static func mark(_ name: String, _ institution: String, suite: Suite) -> String {
        String(suite.digest(Array("yilian report key 1\n\(name)\n\(institution)".utf8)).hex.prefix(halfLength))
    }
}

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

/// What one command has read of the index, so that it reads each result once.
final class ReportLookup {
    let sql: any SQLTransaction
    private var known: [String: [ReportTable.Version]] = [:]

    init(sql: any SQLTransaction) {
        self.sql = sql
    }

    /// All versions of a result, in the order of their arrival.
    func versions(of key: String) throws -> [ReportTable.Version] {
        if let versions = known[key] { return versions }
        let versions = try ReportTable.versions(of: key, in: sql)
        known[key] = versions
        return versions
    }

    /// The command has published another version of a result.
    func forget(_ key: String) { known[key] = nil }
}
