#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How much room the file system of a path has.
package struct DiskSpace: Sendable, Equatable {
    /// What a user without privileges may still fill.
    package var freeBytes: UInt64
    package var sizeBytes: UInt64

    /// - Returns: nil where the system does not say.
    package init?(at path: String) {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let block = UInt64(status.f_frsize)
        let (free, freeOverflow) = block.multipliedReportingOverflow(by: UInt64(status.f_bavail))
        let (size, sizeOverflow) = block.multipliedReportingOverflow(by: UInt64(status.f_blocks))
        guard !freeOverflow, !sizeOverflow else { return nil }
        (freeBytes, sizeBytes) = (free, size)
    }
}
