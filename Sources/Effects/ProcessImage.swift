#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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
