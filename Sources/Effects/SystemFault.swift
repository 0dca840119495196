#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the system said when it did not do something with a file.
package enum SystemFault {
    /// - Parameter number: the system's error number.
    /// - Returns: `code`, or `disk.forbidden` where the user of this process may not.
    package static func failure(
        _ code: Failure.Code, _ message: String, _ path: String, _ number: Int32
    ) -> Failure {
        guard !isForbidden(number) else {
            return Failure(
                "disk.forbidden", "\(message): permission denied", place: path,
                remedy: "run this as the user to whom it belongs, or let this one have it; `namei -l \(path)` shows "
                    + "whose it is on the whole way")
        }
        return Failure(code, "\(message): \(String(cString: strerror(number)))", place: path)
    }

    /// Whether the process or the machine has hardly anything left of what a new connection needs.
    package static func isShortage(_ number: Int32) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(number)
    }

    package static func isForbidden(_ number: Int32) -> Bool { number == EACCES || number == EPERM }
}
