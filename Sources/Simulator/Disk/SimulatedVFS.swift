import Effects
import GRDBSQLite

/// The simulated volumes as SQLite sees them: paths under ``root`` are theirs, all others go to the machine's own disk.
///
/// A path is `/simulated/<volume>/<life>/<file>`: a process that has died still names its own life, and finds that
/// nothing works any more.
enum SimulatedVFS {
    static let root = "/simulated/"

    // Changed between simulations, on their one thread; read by whoever opens a path under the root.
    nonisolated(unsafe) private(set) static var volumes: [String: SimulatedVolume] = [:]
    // The source itself is safe to share; it is set before a simulation begins.
    nonisolated(unsafe) static var random: any RandomSource = SeededRandom(seed: 0)
    // Set once, before SQLite knows of the simulated disk.
    nonisolated(unsafe) private static var isRegistered = false
    // Set once, before SQLite knows of the simulated disk.
    nonisolated(unsafe) fileprivate static var machine: UnsafeMutablePointer<sqlite3_vfs>?

    static func path(_ volume: SimulatedVolume, _ life: Life, _ file: String) -> String {
        "\(root)\(volume.name)/\(life.number)/\(file)"
    }

    static func attach(_ volume: SimulatedVolume) {
        volumes[volume.name] = volume
    }

    static func detachAll() {
        volumes = [:]
    }

    /// Makes SQLite ask here first, once per process; databases elsewhere work as before.
    ///
    /// - Throws: `simulate.noDisk` where SQLite does not take it.
    static func register(random: any RandomSource) throws {
        self.random = random
        // SQLite's own random numbers start anew, from this source.
        sqlite3_randomness(0, nil)
        guard !isRegistered else { return }
        guard let original = sqlite3_vfs_find(nil) else {
            throw Failure("simulate.noDisk", "SQLite has no file system of its own")
        }
        machine = original
        let vfs = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        vfs.initialize(to: original.pointee)
        vfs.pointee.pNext = nil
        vfs.pointee.zName = UnsafePointer(Self.name)
        vfs.pointee.szOsFile = max(original.pointee.szOsFile, Int32(MemoryLayout<SimulatedHandle.File>.size))
        vfs.pointee.xOpen = SimulatedVFSCalls.open
        vfs.pointee.xDelete = SimulatedVFSCalls.delete
        vfs.pointee.xAccess = SimulatedVFSCalls.access
        vfs.pointee.xFullPathname = SimulatedVFSCalls.fullPathname
        vfs.pointee.xRandomness = SimulatedVFSCalls.randomness
        vfs.pointee.xSleep = { _, microseconds in
            // In a simulation nobody else can let go of a lock meanwhile.
            guard Scheduler.current == nil, let machine = SimulatedVFS.machine else { return microseconds }
            return machine.pointee.xSleep(machine, microseconds)
        }
        guard sqlite3_vfs_register(vfs, 1) == SQLITE_OK else {
            throw Failure("simulate.noDisk", "SQLite does not take the simulated disk")
        }
        isRegistered = true
    }

    /// The volume, the life and the file that a path names; `nil` for a path of the machine's own disk.
    static func resolve(_ path: UnsafePointer<CChar>?) -> (volume: SimulatedVolume, life: Int, file: String)? {
        guard let path else { return nil }
        let text = String(cString: path)
        guard text.hasPrefix(root) else { return nil }
        let parts = text.dropFirst(root.count).split(separator: "/", maxSplits: 2)
        guard parts.count == 3, let volume = volumes[String(parts[0])], let life = Int(parts[1]) else { return nil }
        return (volume, life, String(parts[2]))
    }

    // Written once, by its initialiser, and only read afterwards.
    nonisolated(unsafe) private static let name: UnsafeMutablePointer<CChar> = {
        let text = "yilian-simulated".utf8CString
        let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: text.count)
        pointer.initialize(from: Array(text), count: text.count)
        return pointer
    }()
}

/// What SQLite calls about paths.
private enum SimulatedVFSCalls {
    static let open:
        @convention(c) (
            UnsafeMutablePointer<sqlite3_vfs>?, UnsafePointer<CChar>?, UnsafeMutablePointer<sqlite3_file>?, Int32,
            UnsafeMutablePointer<Int32>?
        ) -> Int32 = { _, path, file, flags, outFlags in
            guard let (volume, life, name) = SimulatedVFS.resolve(path) else {
                guard let machine = SimulatedVFS.machine else { return SQLITE_CANTOPEN }
                return machine.pointee.xOpen(machine, path, file, flags, outFlags)
            }
            file?.pointee.pMethods = nil
            guard volume.accepts(life), let file else { return SQLITE_CANTOPEN }
            if volume.file(name) == nil {
                guard flags & SQLITE_OPEN_CREATE != 0 else { return SQLITE_CANTOPEN }
                _ = volume.create(name)
            }
            SimulatedHandle(volume: volume, life: life, name: name).put(into: file)
            outFlags?.pointee = flags
            return SQLITE_OK
        }

    static let delete: @convention(c) (UnsafeMutablePointer<sqlite3_vfs>?, UnsafePointer<CChar>?, Int32) -> Int32 = {
        _, path, syncDirectory in
        guard let (volume, life, name) = SimulatedVFS.resolve(path) else {
            guard let machine = SimulatedVFS.machine else { return SQLiteError.delete }
            return machine.pointee.xDelete(machine, path, syncDirectory)
        }
        guard volume.accepts(life) else { return SQLiteError.delete }
        guard volume.file(name) != nil else { return SQLiteError.deleteMissing }
        volume.delete(name)
        return SQLITE_OK
    }

    static let access:
        @convention(c) (UnsafeMutablePointer<sqlite3_vfs>?, UnsafePointer<CChar>?, Int32, UnsafeMutablePointer<Int32>?)
            -> Int32 = { _, path, flags, result in
                guard let (volume, life, name) = SimulatedVFS.resolve(path) else {
                    guard let machine = SimulatedVFS.machine else { return SQLiteError.access }
                    return machine.pointee.xAccess(machine, path, flags, result)
                }
                result?.pointee = volume.accepts(life) && volume.file(name) != nil ? 1 : 0
                return SQLITE_OK
            }

    static let fullPathname:
        @convention(c) (UnsafeMutablePointer<sqlite3_vfs>?, UnsafePointer<CChar>?, Int32, UnsafeMutablePointer<CChar>?)
            -> Int32 = { _, path, size, out in
                guard SimulatedVFS.resolve(path) != nil, let path, let out else {
                    guard let machine = SimulatedVFS.machine else { return SQLITE_CANTOPEN }
                    return machine.pointee.xFullPathname(machine, path, size, out)
                }
                let text = Array(String(cString: path).utf8CString)
                guard text.count <= Int(size) else { return SQLITE_CANTOPEN }
                for (index, character) in text.enumerated() { out[index] = character }
                return SQLITE_OK
            }

    static let randomness:
        @convention(c) (UnsafeMutablePointer<sqlite3_vfs>?, Int32, UnsafeMutablePointer<CChar>?) -> Int32 = {
            _, count, out in
            guard let out else { return 0 }
            for (index, byte) in SimulatedVFS.random.bytes(Int(count)).enumerated() {
                out[index] = CChar(bitPattern: byte)
            }
            return count
        }
}
