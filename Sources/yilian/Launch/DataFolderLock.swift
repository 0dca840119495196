import Effects
import Foundation

/// Keeps two processes from opening one data folder: a file that one of them has locked.
///
/// The system gives the lock back when the process ends, however it ends.
final class DataFolderLock {
    private let descriptor: Int32

    static let fileName = "yilian.lock"

    /// - Throws: `node.running` where another process has the folder; `disk.unwritable`.
    init(folder: String) throws {
        let path = folder + "/" + Self.fileName
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure("disk.unwritable", "the lock file cannot be made", place: path)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Failure(
                "node.running", "another process has this data folder open", place: folder,
                remedy: "see `yilian node status --data \(folder)`; stop that one first")
        }
    }

    /// Whether some process has the folder; a folder without a lock file has none.
    static func isHeld(folder: String) -> Bool {
        let descriptor = open(folder + "/" + fileName, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) != 0
    }

    deinit {
        close(descriptor)
    }
}
