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
