import Effects
import GRDBSQLite

/// An open file of a simulated volume, as SQLite holds it.
final class SimulatedHandle {
    /// What lies in SQLite's memory: its own head, and the way back to the handle.
    struct File {
        var base: sqlite3_file
        var handle: Unmanaged<SimulatedHandle>
    }

    let volume: SimulatedVolume
    let life: Int
    let name: String
    let owner: Int
    // Counted on the simulation's one thread only.
    nonisolated(unsafe) private static var owners = 0

    init(volume: SimulatedVolume, life: Int, name: String) {
        self.volume = volume
        self.life = life
        self.name = name
        Self.owners += 1
        owner = Self.owners
    }

    var isValid: Bool { volume.accepts(life) }
    var file: SimulatedFile? { isValid ? volume.file(name) : nil }
    var locks: FileLocks { volume.locks(name) }
    var memory: SharedMemory { volume.memory(name) }

    func put(into file: UnsafeMutablePointer<sqlite3_file>) {
        file.withMemoryRebound(to: File.self, capacity: 1) { pointer in
            pointer.initialize(
                to: File(base: sqlite3_file(pMethods: Self.methods), handle: Unmanaged.passRetained(self)))
        }
    }

    static func of(_ file: UnsafeMutablePointer<sqlite3_file>?) -> SimulatedHandle? {
        file?.withMemoryRebound(to: File.self, capacity: 1) { $0.pointee.handle.takeUnretainedValue() }
    }

    // Written once, by its initialiser, and only read afterwards.
    nonisolated(unsafe) private static let methods: UnsafePointer<sqlite3_io_methods> = {
        let pointer = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        pointer.initialize(to: SimulatedFileCalls.table)
        return UnsafePointer(pointer)
    }()
}

/// What SQLite calls about an open file.
private enum SimulatedFileCalls {
    static var table: sqlite3_io_methods {
        var table = sqlite3_io_methods()
        table.iVersion = 2
        table.xClose = { file in
            guard let handle = SimulatedHandle.of(file) else { return SQLITE_OK }
            if handle.isValid { handle.locks.lower(handle.owner, to: 0) }
            file?.pointee.pMethods = nil
            Unmanaged.passUnretained(handle).release()
            return SQLITE_OK
        }
        table.xRead = read
        table.xWrite = write
        table.xTruncate = { file, size in
            guard let file = SimulatedHandle.of(file)?.file else { return SQLiteError.truncate }
            file.truncate(to: Int(size))
            return SQLITE_OK
        }
        table.xSync = { file, _ in
            guard let handle = SimulatedHandle.of(file), let file = handle.file else { return SQLiteError.synchronise }
            return handle.volume.synchronise(file, name: handle.name) ? SQLITE_OK : SQLiteError.synchronise
        }
        table.xFileSize = { file, size in
            guard let file = SimulatedHandle.of(file)?.file else { return SQLiteError.size }
            size?.pointee = Int64(file.size)
            return SQLITE_OK
        }
        addLocks(to: &table)
        table.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
        table.xSectorSize = { _ in 4_096 }
        table.xDeviceCharacteristics = { _ in SQLITE_IOCAP_POWERSAFE_OVERWRITE }
        return table
    }

    private static let read:
        @convention(c) (UnsafeMutablePointer<sqlite3_file>?, UnsafeMutableRawPointer?, Int32, Int64) -> Int32 = {
            file, target, count, offset in
            guard let file = SimulatedHandle.of(file)?.file, let target else { return SQLiteError.read }
            let buffer = UnsafeMutableRawBufferPointer(start: target, count: Int(count))
            return file.read(into: buffer, at: Int(offset)) ? SQLITE_OK : SQLiteError.shortRead
        }

    private static let write:
        @convention(c) (UnsafeMutablePointer<sqlite3_file>?, UnsafeRawPointer?, Int32, Int64) -> Int32 = {
            file, source, count, offset in
            guard let handle = SimulatedHandle.of(file), let file = handle.file, let source else {
                return SQLiteError.write
            }
            let growth = max(0, Int(offset) + Int(count) - file.size)
            guard growth == 0 || handle.volume.hasRoom(for: growth) else { return SQLITE_FULL }
            handle.volume.willWrite(handle.name, at: Int(offset))
            file.write(Array(UnsafeRawBufferPointer(start: source, count: Int(count))), at: Int(offset))
            return SQLITE_OK
        }

    private static func addLocks(to table: inout sqlite3_io_methods) {
        table.xLock = { file, level in
            guard let handle = SimulatedHandle.of(file), handle.isValid else { return SQLiteError.lock }
            return handle.locks.raise(handle.owner, to: level) ? SQLITE_OK : SQLITE_BUSY
        }
        table.xUnlock = { file, level in
            guard let handle = SimulatedHandle.of(file) else { return SQLITE_OK }
            if handle.isValid { handle.locks.lower(handle.owner, to: level) }
            return SQLITE_OK
        }
        table.xCheckReservedLock = { file, result in
            guard let handle = SimulatedHandle.of(file), handle.isValid else { return SQLiteError.lock }
            result?.pointee = handle.locks.isReserved ? 1 : 0
            return SQLITE_OK
        }
        table.xShmMap = { file, index, _, extend, out in
            guard let handle = SimulatedHandle.of(file), handle.isValid else { return SQLiteError.sharedMap }
            out?.pointee = handle.memory.region(Int(index), extend: extend != 0)
            return SQLITE_OK
        }
        table.xShmLock = { file, offset, count, flags in
            guard let handle = SimulatedHandle.of(file), handle.isValid else { return SQLiteError.sharedLock }
            let range = Int(offset)..<Int(offset + count)
            let isExclusive = flags & SQLITE_SHM_EXCLUSIVE != 0
            if flags & SQLITE_SHM_UNLOCK != 0 {
                handle.memory.unlock(range, owner: handle.owner, isExclusive: isExclusive)
                return SQLITE_OK
            }
            return handle.memory.lock(range, owner: handle.owner, isExclusive: isExclusive) ? SQLITE_OK : SQLITE_BUSY
        }
        table.xShmBarrier = { _ in }
        table.xShmUnmap = { file, delete in
            guard let handle = SimulatedHandle.of(file), handle.isValid else { return SQLITE_OK }
            if delete != 0 { handle.volume.dropMemory(handle.name) }
            return SQLITE_OK
        }
    }
}
