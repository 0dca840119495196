import Effects

/// The files below what `import` was told to take.
///
/// Nothing that stands in a folder ends the search: what cannot be taken is found too, with its reason. No pipe is waited
/// for, and no ring of links is followed.
struct ImportFiles {
    struct Found {
        var path: String
        /// Why there is nothing to take; none for a file.
        var obstacle: Failure?
    }

    private let disk: any Disk
    private(set) var found: [Found] = []

    /// Folders within folders; whoever files messages needs a handful.
    static let depthLimit = 64

    /// Finds what lies at the paths, in their order; in folders by the names.
    ///
    /// - Throws: `disk.notFound` where a path that was named is not there.
    init(_ paths: [String], disk: any Disk) throws {
        self.disk = disk
        for path in paths {
            guard disk.exists(path) else {
                throw Failure(
                    "disk.notFound", "there is no such file or folder", place: path, remedy: "check the path")
            }
        }
        for path in paths { look(at: path, within: []) }
    }

    /// - Parameter folders: where the search has come through, without links.
    private mutating func look(at path: String, within folders: [String]) {
        guard disk.isDirectory(path) else {
            found.append(Found(path: path, obstacle: obstacle(at: path)))
            return
        }
        let real = disk.realPath(path)
        guard !folders.contains(real), folders.count < Self.depthLimit else {
            let reason = folders.contains(real) ? "a link leads back to a folder above it" : "folders lie too deep here"
            found.append(
                Found(path: path, obstacle: Failure("import.loop", reason, place: path, remedy: "take the link away")))
            return
        }
        var folder = path
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        do {
            // Hidden files and pages about the messages are left out.
            for name in try disk.list(folder) where !name.hasPrefix(".") && !name.hasSuffix(".md") {
                look(at: folder + "/" + name, within: folders + [real])
            }
        } catch {
            found.append(Found(path: path, obstacle: error as? Failure ?? Failure("disk.unreadable", "not readable")))
        }
    }

    private func obstacle(at path: String) -> Failure? {
        if disk.isFile(path) { return nil }
        if disk.exists(path) {
            return Failure(
                "disk.notAFile", "this is a pipe, a socket or a device, not a file", place: path,
                remedy: "take it out of the folder")
        }
        return Failure(
            "disk.notFound", "the name leads to no file", place: path,
            remedy: "a link leads nowhere, or the name is not UTF-8: give the file another name")
    }
}
