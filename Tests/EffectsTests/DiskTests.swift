import Effects
import Foundation
import Testing

struct DiskTests {
    /// Runs a test in a folder of the machine's disk, and in memory.
    private func onEachDisk(_ body: (any Disk, String) throws -> Void) throws {
        try body(MemoryDisk(), "/memory")
        try onSystemDisk { disk, folder in try body(disk, folder) }
    }

    private func onSystemDisk(_ body: (SystemDisk, String) throws -> Void) throws {
        let disk = SystemDisk()
        let folder = "/tmp/yilian-effects-\(SystemRandom().next())"
        try disk.createDirectory(folder, mode: 0o700)
        // A folder that stays behind in /tmp fails no test.
        defer { try? disk.remove(folder) }
        try body(disk, folder)
    }

    @Test("a file reads back as it was written, with its mode")
    func roundTrip() throws {
        try onEachDisk { disk, folder in
            for (index, bytes) in [[], [0], SystemRandom().bytes(200_000)].enumerated() {
                let path = "\(folder)/file\(index)"
                #expect(!disk.exists(path))
                try disk.write(bytes, to: path, mode: 0o600)
                #expect(try disk.read(path) == bytes)
                #expect(try disk.mode(path) == 0o600)
                #expect(disk.exists(path))
                #expect(!disk.isDirectory(path))
            }
            #expect(disk.isDirectory(folder))
            #expect(try disk.list(folder) == ["file0", "file1", "file2"])
        }
    }

    @Test("many writers of one file at once: each succeeds, one content stands whole, and nothing is left beside it")
    func concurrentWriters() async throws {
        let disk = SystemDisk()
        let folder = "/tmp/yilian-effects-\(SystemRandom().next())"
        try disk.createDirectory(folder, mode: 0o700)
        defer { try? disk.remove(folder) }
        let path = folder + "/file"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<16 {
                group.addTask {
                    for _ in 0..<20 {
                        try disk.write([UInt8](repeating: UInt8(writer), count: 3_000), to: path, mode: 0o600)
                    }
                }
            }
            try await group.waitForAll()
        }
        let bytes = try disk.read(path)
        #expect(bytes.count == 3_000 && Set(bytes).count == 1)
        #expect(try disk.list(folder) == ["file"])
    }

    @Test("writing again replaces content and mode")
    func replaced() throws {
        try onEachDisk { disk, folder in
            let path = folder + "/file"
            try disk.write("a longer text", to: path)
            #expect(try disk.mode(path) == 0o644)
            try disk.write(Array("short".utf8), to: path, mode: 0o400)
            #expect(try disk.readText(path) == "short")
            #expect(try disk.mode(path) == 0o400)
            try disk.write("again", to: path, mode: 0o600)
            #expect(try disk.readText(path) == "again")
            #expect(try disk.list(folder) == ["file"])
        }
    }

    @Test("a limit counts to the last byte")
    func limits() throws {
        try onEachDisk { disk, folder in
            let path = folder + "/file"
            try disk.write([UInt8](repeating: 1, count: 70_000), to: path, mode: 0o600)
            #expect(try disk.read(path, limitBytes: 70_000).count == 70_000)
            #expect(throws: Failure("disk.tooLarge", "")) { try disk.read(path, limitBytes: 69_999) }
            #expect(throws: Failure("disk.tooLarge", "")) { try disk.read(path, limitBytes: 0) }
        }
    }

    @Test("what is not there, and what is no text, is refused with the path as its place")
    func refused() throws {
        try onEachDisk { disk, folder in
            do {
                _ = try disk.read(folder + "/missing")
                Issue.record("a missing file was read")
            } catch let failure as Failure {
                #expect(failure.code == "disk.notFound")
                #expect(failure.place == folder + "/missing")
            }
            try disk.write([0xff, 0xfe], to: folder + "/bytes", mode: 0o600)
            #expect(throws: Failure("disk.notText", "")) { try disk.readText(folder + "/bytes") }
            #expect(throws: (any Error).self) { try disk.mode(folder + "/missing") }
            try disk.remove(folder + "/bytes")
            #expect(!disk.exists(folder + "/bytes"))
        }
    }

    @Test("the umask takes nothing from a file's mode")
    func umask() throws {
        try onSystemDisk { disk, folder in
            try disk.write([1], to: folder + "/shared", mode: 0o666)
            #expect(try disk.mode(folder + "/shared") == 0o666)
        }
    }

    @Test("a reader sees the old content or the new one, never a mixture")
    func atomic() async throws {
        let disk = SystemDisk()
        let folder = "/tmp/yilian-effects-\(SystemRandom().next())"
        try disk.createDirectory(folder, mode: 0o700)
        defer { try? disk.remove(folder) }
        let path = folder + "/file"
        try disk.write([UInt8](repeating: 0, count: 300_000), to: path, mode: 0o600)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for value in UInt8(1)...60 {
                    try disk.write([UInt8](repeating: value, count: 300_000), to: path, mode: 0o600)
                }
            }
            group.addTask {
                for _ in 0..<60 {
                    let bytes = try disk.read(path)
                    #expect(bytes.count == 300_000)
                    #expect(bytes.first == bytes.last)
                }
            }
            try await group.waitForAll()
        }
        #expect(try disk.list(folder) == ["file"])
    }

    @Test("what somebody planted beside a file is neither followed nor written to")
    func planted() throws {
        try onSystemDisk { disk, folder in
            try disk.write("secret of another", to: folder + "/victim", mode: 0o600)
            for name in ["/file.new", "/file"] {
                try FileManager.default.createSymbolicLink(
                    atPath: folder + name, withDestinationPath: folder + "/victim")
            }
            try disk.write("new", to: folder + "/file", mode: 0o600)
            #expect(try disk.readText(folder + "/victim") == "secret of another")
            #expect(try disk.readText(folder + "/file") == "new")
            #expect(
                try FileManager.default.attributesOfItem(atPath: folder + "/file")[.type] as? FileAttributeType
                    == .typeRegular)
        }
    }

    @Test("a write that fails leaves the old content")
    func failedWrite() throws {
        try onSystemDisk { disk, folder in
            try disk.createDirectory(folder + "/taken/inside", mode: 0o700)
            #expect(throws: Failure("disk.unwritable", "")) { try disk.write([1], to: folder + "/taken", mode: 0o600) }
            #expect(disk.isDirectory(folder + "/taken/inside"))
            #expect(throws: Failure("disk.unwritable", "")) {
                try disk.write([1], to: folder + "/missing/file", mode: 0o600)
            }
        }
    }

    @Test("directories are made whole and removed whole")
    func directories() throws {
        try onSystemDisk { disk, folder in
            try disk.createDirectory(folder + "/a/b/c", mode: 0o700)
            try disk.createDirectory(folder + "/a/b/c", mode: 0o700)
            #expect(try disk.mode(folder + "/a/b") == 0o700)
            try disk.write([1], to: folder + "/a/b/file", mode: 0o600)
            #expect(try disk.list(folder + "/a/b") == ["c", "file"])
            #expect(throws: Failure("disk.unwritable", "")) {
                try disk.createDirectory(folder + "/a/b/file", mode: 0o700)
            }
            #expect(throws: Failure("disk.unreadable", "")) { try disk.list(folder + "/a/b/file") }
            #expect(throws: Failure("disk.unreadable", "")) { try disk.read(folder + "/a") }
            try disk.remove(folder + "/a")
            #expect(!disk.exists(folder + "/a"))
            try disk.remove(folder + "/a")
        }
    }
}
