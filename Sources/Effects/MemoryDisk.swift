import Synchronization

/// Files in memory; for tests.
package final class MemoryDisk: Disk {
    private struct File {
        var bytes: [UInt8]
        var mode: UInt32
    }

    private let files = Mutex<[String: File]>([:])
    private let directories = Mutex<Set<String>>([])

    package init() {}

    package func read(_ path: String, limitBytes: Int) throws -> [UInt8] {
        guard let file = files.withLock({ $0[path] }) else {
            throw Failure("disk.notFound", "there is no such file", place: path, remedy: "check the path")
        }
        guard file.bytes.count <= limitBytes else {
            throw Failure("disk.tooLarge", "the file is larger than \(limitBytes) bytes", place: path)
        }
        return file.bytes
    }

    package func write(_ bytes: [UInt8], to path: String, mode: UInt32) throws {
        files.withLock { $0[path] = File(bytes: bytes, mode: mode) }
    }

    package func createDirectory(_ path: String, mode: UInt32) throws {
        directories.withLock { _ = $0.insert(path) }
    }

    package func exists(_ path: String) -> Bool {
        files.withLock { $0[path] != nil } || isDirectory(path)
    }

    package func isDirectory(_ path: String) -> Bool {
        directories.withLock { $0.contains(path) } || files.withLock { $0.keys.contains { $0.hasPrefix(path + "/") } }
    }

    package func list(_ path: String) throws -> [String] {
        let names = files.withLock { files in
            files.keys.compactMap { key -> String? in
                guard key.hasPrefix(path + "/") else { return nil }
                return key.dropFirst(path.count + 1).split(separator: "/").first.map(String.init)
            }
        }
        return Array(Set(names)).sorted()
    }

    package func remove(_ path: String) throws {
        files.withLock { files in
            for key in files.keys where key == path || key.hasPrefix(path + "/") { files[key] = nil }
        }
    }

    package func mode(_ path: String) throws -> UInt32 {
        guard let file = files.withLock({ $0[path] }) else {
            throw Failure("disk.notFound", "there is no such file", place: path)
        }
        return file.mode
    }

    package func setMode(_ mode: UInt32, of path: String) throws {
        let isThere = files.withLock { files in
            files[path]?.mode = mode
            return files[path] != nil
        }
        guard isThere else { throw Failure("disk.notFound", "there is no such file", place: path) }
    }
}
