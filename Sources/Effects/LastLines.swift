import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Gives the threads that write lines a moment when the process traps or is aborted, so that the lines before the fault
/// are there to be read.
///
/// The handler waits and touches nothing but one number, then lets the signal do what it would have done.
package enum LastLines {
    /// Bytes that lines still hold.
    private static let heldBytes = Atomic<Int>(0)
    private static let waitMilliseconds = 500

    static func add(_ bytes: Int) {
        heldBytes.wrappingAdd(bytes, ordering: .sequentiallyConsistent)
    }

    /// From now on a fault waits for the lines; to be called once, before there are other threads that could fault.
    package static func keepAtFaults() {
        _ = heldBytes.load(ordering: .relaxed)
        _ = former.count
    }

    /// What each signal did before; the first use puts the handler in its place.
    private static let former: [FormerAction] = [SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSEGV, SIGBUS].map { signal in
        var (action, former) = (sigaction(), sigaction())
        #if canImport(Glibc)
            action.__sigaction_handler.sa_sigaction = { signal, info, _ in LastLines.fault(signal, info) }
        #else
            action.__sigaction_u.__sa_sigaction = { signal, info, _ in LastLines.fault(signal, info) }
        #endif
        action.sa_flags = SA_SIGINFO | Int32(bitPattern: UInt32(SA_ONSTACK))
        sigaction(signal, &action, &former)
        return FormerAction(signal: signal, action: former)
    }

    /// Written once, before the handler can run, and only read afterwards; what it holds is plain C data.
    private struct FormerAction: @unchecked Sendable {
        let signal: Int32
        let action: sigaction
    }

    private static func fault(_ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?) {
        for one in former where one.signal == signal {
            var action = one.action
            sigaction(signal, &action, nil)
        }
        var waited = 0
        while heldBytes.load(ordering: .sequentiallyConsistent) > 0, waited < waitMilliseconds {
            var pause = timespec(tv_sec: 0, tv_nsec: 1_000_000)
            nanosleep(&pause, nil)
            waited += 1
        }
        // A fault comes again by itself when its instruction is tried again; a signal that somebody sent does not.
        if let info, info.pointee.si_code <= 0 { raise(signal) }
    }
}
