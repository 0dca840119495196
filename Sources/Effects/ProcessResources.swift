import Dispatch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the operating system lets this process have, and what it keeps of it.
package enum ProcessResources {
    /// Lets a crash leave no image of the process's memory behind: patients' data and keys are in it.
    ///
    /// - Returns: whether the operating system agreed.
    @discardableResult
    package static func keepNoCoreDumps() -> Bool {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        return setrlimit(coreResource, &none) == 0
    }

    /// Lets the process open as many files and connections as it may.
    ///
    /// - Returns: how many that are; the most that there is where there is no limit.
    package static func raiseDescriptors() -> Int {
        var limit = rlimit()
        guard getrlimit(fileResource, &limit) == 0 else { return 0 }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = limit.rlim_max
            if setrlimit(fileResource, &raised) == 0 { limit = raised }
        }
        return Int(clamping: UInt64(limit.rlim_cur))
    }

    /// How many files and connections the process may open now.
    package static func descriptors() -> Int {
        var limit = rlimit()
        guard getrlimit(fileResource, &limit) == 0 else { return 0 }
        return Int(clamping: UInt64(limit.rlim_cur))
    }

    /// Takes the descriptors that the timers of the system's queues need now.
    ///
    /// They are made at the first use of each clock and never given back; where there is none left by then, the library
    /// ends the process.
    package static func holdTimers() {
        let fired = DispatchGroup()
        for _ in 0..<2 { fired.enter() }
        let soon = DispatchTimeInterval.milliseconds(1)
        DispatchQueue.global().asyncAfter(deadline: .now() + soon) { fired.leave() }
        DispatchQueue.global().asyncAfter(wallDeadline: .now() + soon) { fired.leave() }
        _ = fired.wait(timeout: .now() + .seconds(1))
    }

    /// Whether the process has so many descriptors left of its limit.
    ///
    /// Where none is left at all, the library of the system's queues ends the process as soon as it looks how busy its
    /// threads are: it opens a file for that.
    package static func hasDescriptors(_ count: Int, of limit: Int) -> Bool {
        let lowest = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0)
        guard lowest >= 0 else { return false }
        close(lowest)
        // The system gives the lowest number that is free: all below it are taken, and of those above it some may be.
        guard Int(lowest) < limit - count else { return false }
        return limit > mostCounted || limit - openDescriptors(of: limit) >= count
    }

    /// How many descriptors are open below a limit, counted in one call.
    static func openDescriptors(of limit: Int) -> Int {
        var polled = (0..<Int32(clamping: limit)).map { pollfd(fd: $0, events: 0, revents: 0) }
        guard poll(&polled, nfds_t(polled.count), 0) >= 0 else { return limit }
        return polled.count { $0.revents & Int16(POLLNVAL) == 0 }
    }

    /// Up to this limit the open ones are counted; above it the places that doors give out are far fewer than the limit.
    private static let mostCounted = 1_024

    #if canImport(Glibc)
        private static var coreResource: __rlimit_resource_t { .init(RLIMIT_CORE.rawValue) }
        private static var fileResource: __rlimit_resource_t { .init(RLIMIT_NOFILE.rawValue) }
    #else
        private static var coreResource: Int32 { RLIMIT_CORE }
        private static var fileResource: Int32 { RLIMIT_NOFILE }
    #endif
}

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
