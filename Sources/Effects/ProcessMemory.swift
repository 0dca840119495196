#if canImport(Glibc)
    import Glibc
#endif

/// The memory of this process.
package enum ProcessMemory {
    /// Gives memory that nobody uses back to the operating system.
    ///
    /// The C library keeps what was freed for the next time; after a wave of strangers there may be none. It takes
    /// milliseconds, and does nothing where the C library has no such function (malloc_trim(3) is glibc's).
    package static func giveBack() {
        #if canImport(Glibc)
            typealias Trim = @convention(c) (Int) -> Int32
            guard let found = dlsym(nil, "malloc_trim") else { return }
            _ = unsafeBitCast(found, to: Trim.self)(0)
        #endif
    }
}
