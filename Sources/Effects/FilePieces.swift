#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file of the machine piece by piece, for what is too long to stand in memory; read once, from its beginning.
///
/// A reading that fails ends the pieces: whoever has had all of them asks for the ``failure``.
package final class FilePieces: Sequence, IteratorProtocol {
    private static let pieceBytes = 1 << 20

    private let descriptor: Int32
    /// Why there were no more pieces before the file's end; nil where its end was reached.
    package private(set) var failure: Failure?
    /// How many bytes there were.
    package private(set) var count: Int64 = 0

    package init(path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        var status = stat()
        if descriptor < 0 || fstat(descriptor, &status) != 0 || status.st_mode & S_IFMT != S_IFREG {
            failure = SystemFault.failure("disk.unreadable", "the file cannot be read", path, errno)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    package func next() -> [UInt8]? {
        guard failure == nil else { return nil }
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        var length = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        while length < 0, errno == EINTR {
            length = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        }
        guard length >= 0 else {
            failure = SystemFault.failure("disk.unreadable", "the file cannot be read", "", errno)
            return nil
        }
        guard length > 0 else { return nil }
        count += Int64(length)
        return Array(piece.prefix(length))
    }
}

extension SystemDisk {
    /// How long a file is; nil where nobody can say.
    package static func sizeBytes(of path: String) -> Int64? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int64(status.st_size)
    }
}
