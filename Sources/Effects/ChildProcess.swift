import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A process that this one started.
///
/// It gets a process group of its own, so that Ctrl-C at the terminal reaches the parent alone, which then ends its
/// children in order.
package final class ChildProcess: Sendable {
    package let processID: Int32
    private let waiter: any Worker
    private let ended = Mutex<Int32?>(nil)

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - executable: its path.
    ///   - arguments: without the program's name.
    ///   - outputPath: where standard output goes; appended to.
    ///   - errorPath: where standard error goes; appended to.
    /// - Throws: `process.notStarted` with the system's reason.
    package init(
        executable: String, arguments: [String], outputPath: String = "/dev/null", errorPath: String = "/dev/null"
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errorPath, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        Self.closeOthers(&actions)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        // The thread that starts it may block signals; a program that inherited that would not hear of its end.
        var blocked = sigset_t()
        sigemptyset(&blocked)
        posix_spawnattr_setsigmask(&attributes, &blocked)
        posix_spawnattr_setpgroup(&attributes, 0)
        var words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let status = posix_spawn(&process, executable, &actions, &attributes, words, environ)
        guard status == 0 else {
            throw Failure(
                "process.notStarted", "the program cannot be started: \(String(cString: strerror(status)))",
                place: executable)
        }
        processID = process
        waiter = ThreadWorker(name: "child.\(process)")
    }

    /// Lets the child have no other open files of this process: pipes among them would not end before the child does.
    ///
    /// Where the C library has no such function (glibc has it since 2.34, outside its standard headers) it has them.
    private static func closeOthers(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>) {
        typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
        guard let found = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else { return }
        _ = unsafeBitCast(found, to: CloseFrom.self)(actions, 3)
    }

    package var isRunning: Bool {
        ended.withLock { ended in
            var information = siginfo_t()
            return ended == nil
                && waitid(P_PID, id_t(processID), &information, WEXITED | WNOHANG | WNOWAIT) == 0
                && information.si_signo == 0
        }
    }

    /// Sends a signal; nothing happens where the process has ended.
    package func signal(_ number: Int32) {
        ended.withLock { ended in
            if ended == nil { _ = Glibc.kill(processID, number) }
        }
    }

    /// Waits for the end.
    ///
    /// - Returns: the exit code, or 128 and the number of the signal that ended it.
    @discardableResult
    package func wait() async throws -> Int32 {
        let processID = processID
        return try await waiter.run { [self] in
            if let code = ended.withLock({ $0 }) { return code }
            var information = siginfo_t()
            while waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
            // Reaped under the lock: a signal can never reach another process that got the same number.
            return ended.withLock { ended in
                var status: Int32 = 0
                waitpid(processID, &status, 0)
                let signal = status & 0x7f
                let code = signal == 0 ? (status >> 8) & 0xff : 128 + signal
                ended = code
                return code
            }
        }
    }

    /// Asks the process to end, and ends it where it does not within `milliseconds`.
    ///
    /// Waits on a thread of its own, so that it also works in a task that has been cancelled.
    package func end(withinMilliseconds milliseconds: Int64) async throws {
        signal(SIGTERM)
        try await ThreadWorker(name: "end.\(processID)").run { [self] in
            var left = milliseconds
            while isRunning, left > 0 {
                var pause = timespec(tv_sec: 0, tv_nsec: 20_000_000)
                nanosleep(&pause, nil)
                left -= 20
            }
        }
        signal(SIGKILL)
        try await wait()
    }

    /// The process that started this one; 1 or a reaper's when that has ended.
    package static var parentProcessID: Int32 { getppid() }

    package static var thisProcessID: Int32 { getpid() }

    /// Sends SIGTERM to this process: it stops as if an operator had asked it to.
    ///
    /// To the process and not to the calling thread, as `raise` would: whoever waits for signals is another one.
    package static func stopThisProcess() {
        _ = Glibc.kill(getpid(), SIGTERM)
    }
}

/// What a program printed, and how it ended.
package struct ProgramResult: Sendable {
    package var code: Int32
    package var output: String
    package var errorOutput: String
}

extension ChildProcess {
    /// Runs a program to its end and gives what it printed, up to `Limits.importFileBytes`.
    package static func run(
        _ executable: String, _ arguments: [String], scratch: String, world: World
    ) async throws -> ProgramResult {
        let name = scratch + "/run-" + world.identifier()
        let child = try ChildProcess(
            executable: executable, arguments: arguments, outputPath: name + ".out", errorPath: name + ".err")
        let code = try await child.wait()
        defer {
            try? world.disk.remove(name + ".out")
            try? world.disk.remove(name + ".err")
        }
        return ProgramResult(
            code: code,
            output: String(
                decoding: try world.disk.read(name + ".out", limitBytes: Limits.importFileBytes), as: UTF8.self),
            errorOutput: String(
                decoding: try world.disk.read(name + ".err", limitBytes: Limits.importFileBytes), as: UTF8.self))
    }
}

/// The program that this process runs.
package enum ProcessImage {
    package static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// Runs the same program with the same arguments once more in this process, with a variable of its environment set.
    ///
    /// Some settings of the Swift runtime are read once, at the start.
    ///
    /// - Throws: `process.notStarted`; it does not return otherwise.
    package static func restart(setting name: String, to value: String) throws -> Never {
        setenv(name, value, 1)
        var words: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
        words.append(nil)
        execv("/proc/self/exe", words)
        throw Failure("process.notStarted", "the program cannot be started again: \(String(cString: strerror(errno)))")
    }
}
