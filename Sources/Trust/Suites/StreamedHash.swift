import Crypto

/// SHA-256 of bytes that come piece by piece, whatever the region's suite is: what others compare a file by.
package struct StreamedHash: Sendable {
    private var function = SHA256()

    package init() {}

    package mutating func update(_ bytes: ArraySlice<UInt8>) {
        function.update(data: bytes)
    }

    /// The digest of all that came.
    package var digest: Digest { Digest(trusted: Array(function.finalize())) }
}
