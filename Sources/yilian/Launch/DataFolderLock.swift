import Effects

/// Keeps two processes from opening one data folder: a file that one of them has locked.
struct DataFolderLock {
    private let lock: FileLock

    static let fileName = "yilian.lock"

    /// - Throws: `node.running` where another process has the folder; `disk.unwritable`.
    init(folder: String) throws {
        guard let lock = try FileLock(folder + "/" + Self.fileName) else {
            throw Failure(
                "node.running", "another process has this data folder open", place: folder,
                remedy: "see `yilian node status --data \(folder)`; stop that one first")
        }
        self.lock = lock
    }

    /// Whether some process has the folder; a folder without a lock file has none.
    static func isHeld(folder: String) -> Bool {
        FileLock.isHeld(folder + "/" + fileName)
    }
}
