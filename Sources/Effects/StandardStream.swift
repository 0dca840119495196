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

    /// Whether a stream is a terminal.
    package static func isTerminal(error: Bool) -> Bool {
        isatty(error ? STDERR_FILENO : STDOUT_FILENO) == 1
    }
}
