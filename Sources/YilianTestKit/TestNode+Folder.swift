import Effects

/// A copy of a node's folder at one moment, as a backup of the machine would hold it.
public struct FolderCopy: Hashable, Sendable {
    /// The id of the node whose folder it was.
    public let node: String
    /// Where the copy lies.
    public let path: String
}

extension TestNode {
    /// Copies the node's folder; a running node is stopped for it and started again.
    public func copyFolder() async throws -> FolderCopy {
        let copy = FolderCopy(node: id, path: shared.nextCopyPath(of: id))
        try await whileStopped { try Self.copyFiles(from: folder, to: copy.path) }
        return copy
    }

    /// Puts a copy in the place of the node's folder; a running node is stopped for it and started again.
    ///
    /// - Throws: `testkit.otherNode` for a copy of another node's folder.
    public func restoreFolder(_ copy: FolderCopy) async throws {
        guard copy.node == id else {
            throw TestFailure("testkit.otherNode", "this is a copy of the folder of \(copy.node)", place: id)
        }
        try await whileStopped {
            try SystemDisk().remove(folder)
            try Self.copyFiles(from: copy.path, to: folder)
        }
    }

    private func whileStopped(_ body: () throws -> Void) async throws {
        let wasRunning = isRunning
        await stop()
        try await TestFailure.translating { try body() }
        if wasRunning { try await start() }
    }

    private static func copyFiles(from: String, to: String) throws {
        let disk = SystemDisk()
        try disk.createDirectory(to, mode: 0o700)
        for name in try disk.list(from) where !disk.isDirectory(from + "/" + name) {
            let bytes = try disk.read(from + "/" + name, limitBytes: 1 << 32)
            try disk.write(bytes, to: to + "/" + name, mode: 0o600)
        }
    }
}
