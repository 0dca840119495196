import Effects

/// The disk of one node's machine in a simulation: its files, how full it is, and what it does to synchronisations.
final class SimulatedVolume: @unchecked Sendable {
    /// What a disk does when it is told to synchronise.
    enum Synchronising: Equatable {
        case works
        /// Reports an error and keeps nothing of what was written since.
        case fails
        /// What `synchronous=NORMAL` does: a commit is not synchronised. The log's beginning is, and all of the log before a
        /// checkpoint writes to the database; so what is lost are commits, and the database stays whole.
        case onlyAtCheckpoints
        /// Says yes at once and does it a while later.
        case late
    }

    let name: String
    private(set) var files: [String: SimulatedFile] = [:]
    /// The life whose process may use the disk.
    private(set) var life: Life?
    var synchronising = Synchronising.works
    /// Bytes that all files together may have; `nil` for a disk with room.
    var capacity: Int?
    /// The memory that processes share, by file; gone with the process.
    private(set) var shared: [String: SharedMemory] = [:]
    private(set) var locks: [String: FileLocks] = [:]
    private let scheduler: Scheduler
    /// Logs whose beginning was written and not synchronised yet.
    private var begunLogs: Set<String> = []
    /// Counts for the verdict.
    private(set) var failedSynchronisations = 0
    private(set) var refusedWrites = 0

    init(_ name: String, scheduler: Scheduler) {
        self.name = name
        self.scheduler = scheduler
    }

    var usedBytes: Int { files.values.reduce(0) { $0 + $1.size } }

    /// A process starts: memory and locks of the one before are gone.
    func mount(_ life: Life) {
        self.life = life
        shared = [:]
        locks = [:]
    }

    func accepts(_ number: Int) -> Bool {
        guard let life else { return false }
        return life.isAlive && life.number == number
    }

    func file(_ name: String) -> SimulatedFile? { files[name] }

    func create(_ name: String) -> SimulatedFile {
        let file = SimulatedFile()
        files[name] = file
        return file
    }

    func delete(_ name: String) {
        files[name] = nil
    }

    func memory(_ name: String) -> SharedMemory {
        if let memory = shared[name] { return memory }
        let memory = SharedMemory()
        shared[name] = memory
        return memory
    }

    func dropMemory(_ name: String) {
        shared[name] = nil
    }

    func locks(_ name: String) -> FileLocks {
        if let existing = locks[name] { return existing }
        let made = FileLocks()
        locks[name] = made
        return made
    }

    /// Whether `bytes` more fit.
    func hasRoom(for bytes: Int) -> Bool {
        guard let capacity else { return true }
        if usedBytes + bytes <= capacity { return true }
        refusedWrites += 1
        return false
    }

    /// - Returns: whether the disk says that it has done it.
    func synchronise(_ file: SimulatedFile, name: String) -> Bool {
        switch synchronising {
        case .works:
            file.synchronise()
            return true
        case .fails:
            failedSynchronisations += 1
            return false
        case .onlyAtCheckpoints:
            if !name.hasSuffix(Self.logSuffix) || begunLogs.remove(name) != nil { file.synchronise() }
            return true
        case .late:
            scheduler.at(scheduler.now.advanced(byMilliseconds: Self.lateMilliseconds)) { [weak self, weak life] in
                guard let self, let life, life === self.life, life.isAlive else { return }
                file.synchronise()
            }
            return true
        }
    }

    /// Told before a process writes to a file.
    func willWrite(_ name: String, at offset: Int) {
        guard synchronising == .onlyAtCheckpoints else { return }
        if name.hasSuffix(Self.logSuffix) {
            if offset == 0 { begunLogs.insert(name) }
        } else {
            // Only a checkpoint writes to the database; it has synchronised the log before.
            files[name + Self.logSuffix]?.synchronise()
        }
    }

    private static let logSuffix = "-wal"
    private static let lateMilliseconds: Int64 = 30_000

    /// The power fails: what was not synchronised may be gone, torn or there.
    func losePower(_ random: any RandomSource) {
        for name in files.keys.sorted() { files[name]?.loseUnsynchronised(random) }
    }

    /// All files as they are, for a backup.
    func image() -> [String: [UInt8]] { files.mapValues(\.bytes) }

    func restore(_ image: [String: [UInt8]]) {
        files = image.mapValues { SimulatedFile(copying: $0) }
    }
}

/// The shared memory of a write-ahead log's index.
final class SharedMemory {
    private var regions: [UnsafeMutableRawPointer] = []
    private let bytes = 32_768
    var exclusive = [Int?](repeating: nil, count: 8)
    var shared = [Set<Int>](repeating: [], count: 8)

    deinit {
        for region in regions { region.deallocate() }
    }

    func region(_ index: Int, extend: Bool) -> UnsafeMutableRawPointer? {
        guard index < regions.count || extend else { return nil }
        while regions.count <= index {
            let region = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
            region.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
            regions.append(region)
        }
        return regions[index]
    }

    /// - Returns: whether the locks could be had.
    func lock(_ range: Range<Int>, owner: Int, isExclusive: Bool) -> Bool {
        for slot in range {
            if let other = exclusive[slot], other != owner { return false }
            if isExclusive, shared[slot].contains(where: { $0 != owner }) { return false }
        }
        for slot in range {
            if isExclusive { exclusive[slot] = owner } else { shared[slot].insert(owner) }
        }
        return true
    }

    func unlock(_ range: Range<Int>, owner: Int, isExclusive: Bool) {
        for slot in range {
            if isExclusive {
                if exclusive[slot] == owner { exclusive[slot] = nil }
            } else {
                shared[slot].remove(owner)
            }
        }
    }
}

/// Who holds a database file, by SQLite's levels: 1 shared, 2 reserved, 3 pending, 4 exclusive.
final class FileLocks {
    private var levels: [Int: Int32] = [:]

    func level(of owner: Int) -> Int32 { levels[owner] ?? 0 }

    /// - Returns: whether the level could be had.
    func raise(_ owner: Int, to level: Int32) -> Bool {
        let others = levels.filter { $0.key != owner }.values
        switch level {
        case 1: guard !others.contains(where: { $0 >= 3 }) else { return false }
        case 2: guard !others.contains(where: { $0 >= 2 }) else { return false }
        default: guard !others.contains(where: { $0 >= 1 }) else { return false }
        }
        levels[owner] = max(level, self.level(of: owner))
        return true
    }

    func lower(_ owner: Int, to level: Int32) {
        levels[owner] = level == 0 ? nil : level
    }

    var isReserved: Bool { levels.values.contains { $0 >= 2 } }
}
