/// A backup of a node: when it was made, where it lies, how large it is, and whether it was found sound.
package struct BackupInfo: Codable, Sendable, Equatable {
    /// What came of reading it again.
    package struct Check: Codable, Sendable, Equatable {
        package var at: String
        package var isSound: Bool
        package var problems: [String]

        package init(at: String, isSound: Bool, problems: [String]) {
            self.at = at
            self.isSound = isSound
            self.problems = problems
        }
    }

    package var name: String
    /// The folder on the node's machine.
    package var path: String
    /// None where its list of files cannot be read, or is signed by nobody that is known.
    package var madeAt: String?
    package var release: String?
    package var sizeBytes: Int64
    package var files: [String]
    /// The last one; none where it was never read again.
    package var check: Check?

    package init(
        name: String, path: String, madeAt: String?, release: String?, sizeBytes: Int64, files: [String],
        check: Check? = nil
    ) {
        self.name = name
        self.path = path
        self.madeAt = madeAt
        self.release = release
        self.sizeBytes = sizeBytes
        self.files = files
        self.check = check
    }
}

/// The backups of a node, and where new ones go.
package struct BackupListing: Codable, Sendable, Equatable {
    package var folder: String
    /// How many are kept.
    package var kept: Int
    /// The newest first.
    package var backups: [BackupInfo]

    package init(folder: String, kept: Int, backups: [BackupInfo]) {
        self.folder = folder
        self.kept = kept
        self.backups = backups
    }
}

extension BackupInfo {
    init(_ name: String, path: String, _ manifest: BackupManifest, checked: Check?) {
        self.init(
            name: name, path: path, madeAt: manifest.madeAt, release: manifest.release,
            sizeBytes: manifest.files.reduce(0) { $0 + $1.sizeBytes }, files: manifest.files.map(\.name),
            check: checked)
    }

    init(unreadable name: String, path: String) {
        self.init(name: name, path: path, madeAt: nil, release: nil, sizeBytes: 0, files: [])
    }
}
