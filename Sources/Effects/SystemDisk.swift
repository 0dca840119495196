import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The machine's file system.
package struct SystemDisk: Disk {
    package init() {}

    package func read(_ path: String, limitBytes: Int) throws -> [UInt8] {
        // Without waiting: a pipe that nobody writes to would be waited for without end.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ENOENT
                ? Failure("disk.notFound", "there is no such file", place: path, remedy: "check the path")
                : Self.failure("disk.unreadable", "the file cannot be opened", path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
            throw Failure(
                "disk.notAFile", "this is a pipe, a socket or a device, not a file", place: path,
                remedy: "name a file")
        }
        var result: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return result }
            guard count > 0 else { throw Self.failure("disk.unreadable", "the file cannot be read", path) }
            guard result.count + count <= limitBytes else {
                throw Failure("disk.tooLarge", "the file is larger than \(limitBytes) bytes", place: path)
            }
            result.append(contentsOf: chunk[..<count])
        }
    }

    /// The new content stands under a name that nobody can guess until it is whole: whatever lies beside the file, a
    /// link that somebody planted for example, is neither followed nor written to.
    package func write(_ bytes: [UInt8], to path: String, mode: UInt32) throws {
        // Each writing has a temporary file of its own: two at once must not put each other's halves in place.
        let number = Self.writings.wrappingAdd(1, ordering: .relaxed).newValue
        let temporary =
            path + ".\(getpid())-\(number)-" + String(SystemRandom().next(), radix: 36) + Self.temporarySuffix
        do {
            try Self.write(bytes, toNew: temporary, mode: mode, for: path)
            guard rename(temporary, path) == 0 else {
                throw Self.failure("disk.unwritable", "the file cannot be put in place", path)
            }
        } catch {
            unlink(temporary)
            throw error
        }
        try Self.syncParent(of: path)
    }

    /// What the names of files end with that are being written; one that stays was left by a process that died.
    package static let temporarySuffix = ".new"
    private static let writings = Atomic<UInt64>(0)

    private static func write(_ bytes: [UInt8], toNew temporary: String, mode: UInt32, for path: String) throws {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = open(temporary, flags, mode_t(mode))
        guard descriptor >= 0 else { throw failure("disk.unwritable", "the file cannot be written", path) }
        defer { close(descriptor) }
        // The process's mask may have taken bits away; a key that others may read is no key.
        guard fchmod(descriptor, mode_t(mode)) == 0 else {
            throw failure("disk.unwritable", "the file's permissions cannot be set", path)
        }
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("disk.unwritable", "the file cannot be written", path) }
            offset += count
        }
        guard fsync(descriptor) == 0 else { throw failure("disk.unsynced", "the file cannot be synced", path) }
    }

    package func createDirectory(_ path: String, mode: UInt32) throws {
        var built = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            built += built.isEmpty || built == "/" ? String(part) : "/" + part
            if mkdir(built, mode_t(mode)) != 0, errno != EEXIST {
                throw Self.failure("disk.unwritable", "the directory cannot be made", built)
            }
        }
        guard isDirectory(path) else {
            throw Failure("disk.unwritable", "a file stands where a directory is wanted", place: path)
        }
    }

    /// What cannot be looked at may be there; whoever reads it is told why not.
    package func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR)
    }

    package func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    package func realPath(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    package func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    package func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

    package func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

    package func list(_ path: String) throws -> [String] {
        guard let directory = opendir(path) else {
            throw Self.failure("disk.unreadable", "the directory cannot be listed", path)
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    package func remove(_ path: String) throws {
        if isDirectory(path) {
            for name in try list(path) { try remove(path + "/" + name) }
            guard rmdir(path) == 0 else {
                throw Self.failure("disk.unwritable", "the directory cannot be removed", path)
            }
        } else {
            guard unlink(path) == 0 || errno == ENOENT else {
                throw Self.failure("disk.unwritable", "the file cannot be removed", path)
            }
        }
    }

    package func mode(_ path: String) throws -> UInt32 {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw Self.failure("disk.unreadable", "the file cannot be looked at", path)
        }
        return UInt32(status.st_mode & 0o7777)
    }

    package func setMode(_ mode: UInt32, of path: String) throws {
        guard chmod(path, mode_t(mode)) == 0 else {
            throw Self.failure("disk.unwritable", "the file's permissions cannot be changed", path)
        }
    }

    /// What is left on the file system of a path for those who are not root; nil where nobody can say.
    package static func freeBytes(at path: String) -> Int64? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return overflow ? .max : Int64(clamping: bytes)
    }

    static func syncParent(of path: String) throws {
        let parent = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("disk.unsynced", "the directory cannot be opened", parent) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("disk.unsynced", "the directory cannot be synced", parent) }
    }

    static func failure(_ code: Failure.Code, _ message: String, _ path: String) -> Failure {
        SystemFault.failure(code, message, path, errno)
    }
}

/// What the system said when it did not do something with a file.
package enum SystemFault {
    /// - Parameter number: the system's error number.
    /// - Returns: `code`, or `disk.forbidden` where the user of this process may not.
    package static func failure(
        _ code: Failure.Code, _ message: String, _ path: String, _ number: Int32
    ) -> Failure {
        guard !isForbidden(number) else {
            return Failure(
                "disk.forbidden", "\(message): permission denied", place: path,
                remedy: "run this as the user to whom it belongs, or let this one have it; `namei -l \(path)` shows "
                    + "whose it is on the whole way")
        }
        return Failure(code, "\(message): \(String(cString: strerror(number)))", place: path)
    }

    /// Whether the process or the machine has hardly anything left of what a new connection needs.
    package static func isShortage(_ number: Int32) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(number)
    }

    package static func isForbidden(_ number: Int32) -> Bool { number == EACCES || number == EPERM }
}

/// How much room the file system of a path has.
package struct DiskSpace: Sendable, Equatable {
    /// What a user without privileges may still fill.
    package var freeBytes: UInt64
    package var sizeBytes: UInt64

    /// - Returns: nil where the system does not say.
    package init?(at path: String) {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let block = UInt64(status.f_frsize)
        let (free, freeOverflow) = block.multipliedReportingOverflow(by: UInt64(status.f_bavail))
        let (size, sizeOverflow) = block.multipliedReportingOverflow(by: UInt64(status.f_blocks))
        guard !freeOverflow, !sizeOverflow else { return nil }
        (freeBytes, sizeBytes) = (free, size)
    }
}
