#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that one process at a time has locked.
///
/// The system gives the lock back when the process ends, however it ends.
package final class FileLock {
    private let descriptor: Int32

    /// Makes the file where there is none and locks it; `nil` where another process has it.
    ///
    /// - Throws: `disk.unwritable` where the file cannot be made.
    package init?(_ path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw SystemFault.failure("disk.unwritable", "the lock file cannot be made", path, errno)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return nil }
    }

    /// Whether some process has the lock; nobody has that of a file that is not there.
    package static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) != 0
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
