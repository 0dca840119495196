package import Effects

/// Files that hold keys: written for their owner alone, never over another, and read only while nobody else can.
package enum PrivateFile {
    package static let mode: UInt32 = 0o600

    /// Reads a file that only its owner may read.
    ///
    /// - Throws: `key.exposed` where the group or others may read or write it; what the disk throws.
    package static func read(_ path: String, disk: any Disk) throws -> String {
        guard disk.exists(path) else {
            throw Failure("key.missing", "there is no such key file", place: path, remedy: "check the path")
        }
        let mode = try disk.mode(path)
        guard mode & 0o077 == 0 else {
            throw Failure(
                "key.exposed", "others than its owner can reach this key (mode \(String(mode, radix: 8)))", place: path,
                remedy: "run `chmod 600 \(path)`, and think about who may have copied it")
        }
        return try disk.readText(path, limitBytes: Limits.certificateBytes)
    }

    /// Writes a new file of mode 0600.
    ///
    /// - Throws: `key.exists` where something stands there already.
    static func writeNew(_ text: String, to path: String, disk: any Disk) throws {
        try refuseExisting(path, disk: disk)
        try disk.write(text, to: path, mode: mode)
    }

    package static func refuseExisting(_ path: String, disk: any Disk) throws {
        guard !disk.exists(path) else {
            throw Failure(
                "key.exists", "a file stands here already, and keys are never overwritten", place: path,
                remedy: "find out what it is for before it is moved: a key that is lost cannot be made again")
        }
    }
}
