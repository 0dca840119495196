import Demo
import Effects
import Foundation

/// A tracer that makes system calls of one running process fail, for certain files alone.
struct Strace {
    private let process: ChildProcess
    private let reportPath: String
    private let world: World

    /// Why no process can be traced here; `nil` where one can.
    static let obstacle: String? = {
        guard let program else {
            return "strace is not installed: `Scripts/prepare --for-tests` installs it"
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-qq", "-f", "-o", "/dev/null", "-e", "inject=fsync:error=EIO", "true"]
        process.standardError = Pipe()
        do { try process.run() } catch { return "strace cannot be run" }
        process.waitUntilExit()
        return process.terminationStatus == 0 ? nil : "ptrace is not permitted here: run the tests as root"
    }()

    private static let program: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        return folders.map { $0 + "/strace" }.first { SystemDisk().exists($0) }
    }()

    /// Attaches to every thread of a process; returns when the calls fail from now on.
    ///
    /// - Parameters:
    ///   - calls: system calls, for example `fdatasync`.
    ///   - error: what they end with, for example `EIO`.
    ///   - files: the only ones for which they fail.
    static func attach(
        to node: DemoNode, failing calls: [String], with error: String, on files: [String], cluster: Cluster
    ) async throws -> Strace {
        guard let program else { throw Failure("test.noStrace", obstacle ?? "strace is not installed") }
        let world = cluster.world
        let report = cluster.stage.folder + "/strace-" + world.identifier()
        let set = calls.joined(separator: ",")
        let process = try ChildProcess(
            executable: program,
            arguments: [
                "-f", "-p", "\(node.process.processID)", "-e", "trace=\(set)", "-e", "inject=\(set):error=\(error)",
            ]
                + files.flatMap { ["-P", node.dataFolder + "/" + $0] },
            errorPath: report)
        let tracer = Strace(process: process, reportPath: report, world: world)
        try await cluster.wait(for: "the tracer") {
            // A process whose next call fails may have ended by now, and its tracer with it.
            if try tracer.report.contains(" attached") { return true }
            guard process.isRunning else {
                throw Failure("test.noStrace", "strace ended: \(try tracer.report)", place: report)
            }
            return false
        }
        return tracer
    }

    private var report: String {
        get throws { try world.disk.readText(reportPath, limitBytes: Limits.importFileBytes) }
    }

    /// How many calls it has made fail.
    var injected: Int {
        get throws { try report.components(separatedBy: "(INJECTED)").count - 1 }
    }

    /// Lets go of the process, which goes on; returns when its calls work again.
    ///
    /// The kernel lets go of what a killed tracer held. Every call that failed must have ended by now.
    func detach() async throws {
        process.signal(SIGKILL)
        try await process.wait()
    }
}
