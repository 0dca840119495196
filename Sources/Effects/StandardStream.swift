#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Standard output and standard error, written at once and whole.
package enum StandardStream {
    /// Writes text; what cannot be written (a closed pipe) is dropped.
    package static func write(_ text: String, toError: Bool) {
        let bytes = Array(text.utf8)
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes {
                Glibc.write(toError ? STDERR_FILENO : STDOUT_FILENO, $0.baseAddress, $0.count)
            }
            guard count > 0 else { return }
            offset += count
        }
    }

    /// From now on a write to this descriptor fails where it would wait for somebody who reads a full pipe.
    ///
    /// The Swift runtime says why it traps by a plain write to standard error. Where nobody reads, that write would keep
    /// a process that has failed from its end, and nobody would start it again. ``LineWriter`` waits by itself and loses
    /// nothing by this. The pipe is opened anew: its other writers, who share the former opening, go on as before.
    ///
    /// - Returns: whether it was changed; what is no pipe is left as it is: a file and a journal's socket are never full
    ///   because nobody reads, and a terminal is somebody's.
    @discardableResult
    package static func giveUpWhereNobodyReads(_ descriptor: Int32 = STDERR_FILENO) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else { return false }
        let opened = open("/proc/self/fd/\(descriptor)", O_WRONLY | O_NONBLOCK | O_CLOEXEC)
        guard opened >= 0 else { return false }
        defer { close(opened) }
        return dup2(opened, descriptor) == descriptor
    }

    /// Whether a stream is a terminal.
    package static func isTerminal(error: Bool) -> Bool {
        isatty(error ? STDERR_FILENO : STDOUT_FILENO) == 1
    }
}
