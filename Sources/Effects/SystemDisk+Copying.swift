#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is done with files too large to be held in memory.
extension SystemDisk {
    /// Gives a file another name in the same file system; on the disk on return.
    ///
    /// - Throws: `disk.unwritable`.
    package func move(_ path: String, to target: String) throws {
        guard rename(path, target) == 0 else {
            throw Self.failure("disk.unwritable", "the file cannot be put in place", target)
        }
        try Self.syncParent(of: target)
    }

    /// Copies a file of any size, a piece at a time; whole and on the disk on return.
    ///
    /// The copy stands under another name until it is whole, so that nothing that lies at `target` is lost before.
    ///
    /// - Throws: `disk.unreadable`, `disk.unwritable`, `disk.unsynced`.
    package func copy(_ path: String, to target: String, mode: UInt32) throws {
        let source = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard source >= 0 else { throw Self.failure("disk.unreadable", "the file cannot be opened", path) }
        defer { close(source) }
        let temporary = target + ".\(getpid())-" + String(SystemRandom().next(), radix: 36) + Self.temporarySuffix
        do {
            try Self.copy(source, of: path, toNew: temporary, mode: mode, for: target)
            try move(temporary, to: target)
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private static func copy(
        _ source: Int32, of path: String, toNew temporary: String, mode: UInt32, for target: String
    ) throws {
        let copy = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_t(mode))
        guard copy >= 0 else { throw failure("disk.unwritable", "the file cannot be written", target) }
        defer { close(copy) }
        guard fchmod(copy, mode_t(mode)) == 0 else {
            throw failure("disk.unwritable", "the file's permissions cannot be set", target)
        }
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = piece.withUnsafeMutableBytes { Glibc.read(source, $0.baseAddress, $0.count) }
            if count == 0 { break }
            guard count > 0 else { throw failure("disk.unreadable", "the file cannot be read", path) }
            var offset = 0
            while offset < count {
                let written = piece[offset..<count].withUnsafeBytes { Glibc.write(copy, $0.baseAddress, $0.count) }
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw failure("disk.unwritable", "the file cannot be written", target) }
                offset += written
            }
        }
        guard fsync(copy) == 0 else { throw failure("disk.unsynced", "the file cannot be synced", target) }
    }
}
