import Effects
import Foundation
import Testing

@Suite("What a disk says of what is no plain file")
struct SystemDiskTests {
    private func inFolder(_ body: (SystemDisk, String) throws -> Void) throws {
        let folder = "/tmp/yilian-disk-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
        defer { try? SystemDisk().remove(folder) }
        try body(SystemDisk(), folder)
    }

    @Test("a pipe that nobody writes to is refused at once, and so are sockets and devices", .timeLimit(.minutes(1)))
    func pipe() throws {
        try inFolder { disk, folder in
            #expect(mkfifo(folder + "/pipe", 0o600) == 0)
            #expect(throws: Failure("disk.notAFile", "")) { try disk.read(folder + "/pipe") }
            #expect(throws: Failure("disk.notAFile", "")) { try disk.read("/dev/null") }
            #expect(!disk.isFile(folder + "/pipe") && disk.exists(folder + "/pipe"))
            try disk.write([1], to: folder + "/file", mode: 0o600)
            #expect(disk.isFile(folder + "/file") && !disk.isFile(folder))
        }
    }

    @Test("a real path has no links in it, and a ring of links is something that cannot be read")
    func links() throws {
        try inFolder { disk, folder in
            try disk.createDirectory(folder + "/a", mode: 0o700)
            try FileManager.default.createSymbolicLink(atPath: folder + "/b", withDestinationPath: folder + "/a")
            #expect(disk.realPath(folder + "/b") == disk.realPath(folder + "/a"))
            try FileManager.default.createSymbolicLink(atPath: folder + "/r", withDestinationPath: folder + "/r")
            #expect(disk.exists(folder + "/r"))
            #expect(throws: Failure("disk.unreadable", "")) { try disk.read(folder + "/r") }
        }
    }

    @Test("who may not is told so, and whom to ask", arguments: [EACCES, EPERM])
    func forbidden(_ number: Int32) {
        let failure = SystemFault.failure("disk.unreadable", "the file cannot be opened", "/x/y", number)
        #expect(failure.code == "disk.forbidden")
        #expect(failure.message == "the file cannot be opened: permission denied")
        #expect(failure.remedy?.contains("namei -l /x/y") == true)
        #expect(SystemFault.failure("disk.unreadable", "it cannot", "/x", EIO).code == "disk.unreadable")
    }

    @Test("a byte-order mark is no part of a text")
    func mark() throws {
        try inFolder { disk, folder in
            try disk.write([0xEF, 0xBB, 0xBF] + Array("文".utf8), to: folder + "/text", mode: 0o600)
            #expect(try disk.readText(folder + "/text") == "文")
        }
    }

    @Test("the room of a file system is known, and no more is free than there is")
    func space() throws {
        let space = try #require(DiskSpace(at: "/tmp"))
        #expect(space.freeBytes <= space.sizeBytes && space.sizeBytes > 0)
        #expect(DiskSpace(at: "/nowhere/at/all") == nil)
    }

    @Test("durations fall into every bucket that is long enough")
    func durations() {
        var counts = DurationCounts()
        for milliseconds: Int64 in [0, 5, 6, 1_000, 60_000, -3] { counts.add(milliseconds: milliseconds) }
        #expect(counts.count == 6)
        #expect(counts.counts == [3, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5])
        #expect(abs(counts.sumSeconds - 61.011) < 0.000_001)
    }
}
