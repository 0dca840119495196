import Effects
import Foundation

/// A file system in a file, mounted where a node keeps its data, whose power can be cut.
///
/// A cut is ext4's own shutdown without flushing its log: what was not synchronised is lost, as it is when the power
/// goes, and nothing can be written any more until the disk is mounted again.
struct LoopDisk {
    private let image: String
    private let folder: String
    private let world: World

    /// Why no such disk can be had here; `nil` where one can.
    static let obstacle: String? = {
        guard geteuid() == 0 else { return "a disk can be mounted by root only: run the tests as root" }
        let disk = SystemDisk()
        let name = "/tmp/yilian-loop-\(SystemRandom().next())"
        defer {
            try? disk.remove(name + ".img")
            try? disk.remove(name)
        }
        do { try disk.createDirectory(name, mode: 0o700) } catch { return "/tmp cannot be written" }
        let script = """
            truncate -s 4m \(name).img && mkfs.ext4 -q -F \(name).img && mount -o loop \(name).img \(name) \
            && umount \(name)
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        process.standardError = Pipe()
        do { try process.run() } catch { return "there is no shell" }
        process.waitUntilExit()
        return process.terminationStatus == 0
            ? nil : "no loop device can be mounted here (a container without the right to): run the tests on a machine"
    }()

    /// Moves what lies in a folder onto a disk of its own and mounts that in its place.
    static func mount(over folder: String, sizeMiB: Int = 512, cluster: Cluster) async throws -> LoopDisk {
        let disk = LoopDisk(image: folder + ".img", folder: folder, world: cluster.world)
        try await disk.shell("truncate -s \(sizeMiB)m \(disk.image) && mkfs.ext4 -q -F \(disk.image)")
        try await disk.shell("cp -a \(folder) \(folder).before")
        try await disk.plugIn()
        try await disk.shell("cp -a \(folder).before/. \(folder)/ && sync -f \(folder)")
        return disk
    }

    /// Writes a file that is not synchronised and cuts the power.
    ///
    /// - Returns: the file.
    func cutPower() throws -> String {
        let witness = folder + "/not-synchronised-" + world.identifier()
        // Foundation synchronises what it writes.
        let file = open(witness, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard file >= 0, write(file, Self.unsynchronised, Self.unsynchronised.count) == Self.unsynchronised.count,
            close(file) == 0
        else { throw Failure("test.loopDisk", "the disk cannot be written (errno \(errno))", place: witness) }
        let descriptor = open(folder, O_RDONLY)
        guard descriptor >= 0 else { throw Failure("test.loopDisk", "the disk cannot be opened", place: folder) }
        defer { close(descriptor) }
        var how = Self.withoutFlushing
        guard ioctl(descriptor, Self.shutDown, &how) == 0 else {
            throw Failure("test.loopDisk", "the disk does not shut down (errno \(errno))", place: folder)
        }
        return witness
    }

    /// Mounts the disk again; what its log holds is brought in.
    ///
    /// - Parameter witness: a file that was not synchronised before the cut. Its name may be there: it goes to the disk
    ///   with whatever else is synchronised.
    /// - Throws: `test.loopDisk` where its bytes are still there: then nothing was cut.
    func restorePower(without witness: String) async throws {
        try await unplug()
        try await plugIn()
        guard (try? world.disk.read(witness)) != Self.unsynchronised else {
            throw Failure("test.loopDisk", "what was never synchronised is still there", place: witness)
        }
    }

    /// Brings the folder's content back to where it was and takes the disk away.
    func leave() async throws {
        try await shell("rm -rf \(folder).after && cp -a \(folder) \(folder).after")
        try await unplug()
        try await shell("rm -rf \(folder) && mv \(folder).after \(folder)")
    }

    /// Takes the disk away; the folder is as it was before the disk came.
    func unplug() async throws {
        // A process that has just ended may hold its files for a moment.
        try await shell("for try in 1 2 3 4 5 6 7 8 9 10; do umount \(folder) && exit 0; sleep 0.2; done; exit 1")
    }

    private func plugIn() async throws {
        try await shell("mount -o loop \(image) \(folder)")
    }

    private static let unsynchronised = [UInt8]("not synchronised".utf8)
    /// `EXT4_IOC_SHUTDOWN`, `_IOR('X', 125, __u32)`, with `EXT4_GOING_FLAGS_NOLOGFLUSH`.
    private static let shutDown: UInt = 0x8004_587d
    private static let withoutFlushing: UInt32 = 2

    private func shell(_ script: String) async throws {
        let scratch = URL(fileURLWithPath: folder).deletingLastPathComponent().path
        let result = try await ChildProcess.run("/bin/sh", ["-c", script], scratch: scratch, world: world)
        guard result.code == 0 else {
            throw Failure("test.loopDisk", "`\(script)` failed: \(result.errorOutput)", place: folder)
        }
    }
}
