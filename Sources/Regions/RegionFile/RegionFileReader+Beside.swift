import Effects

extension RegionFileReader {
    /// Reads the files beside this one that a key names, each as a mapping with its keys.
    ///
    /// - Returns: the mappings in the order of the names, and whether each file that is named is among them.
    package mutating func filesBeside(
        _ key: String, what: String, keys: [String]
    ) -> (files: [YAMLMapping], isComplete: Bool) {
        var seen: Set<String> = []
        var isComplete = true
        let beside = beside
        let texts = root.oneOrMore(key) { name in
            do {
                try Self.checkFileName(name, seen: seen)
                seen.insert(name)
                return (name: name, text: try beside(name))
            } catch {
                isComplete = false
                throw error
            }
        }
        let folder = RegionFile.folder(of: root.file)
        let files = texts.compactMap { file -> YAMLMapping? in
            let reader = YAMLReader(file: folder + file.name)
            others.append(reader)
            return reader.root(of: file.text, what: what, keys: keys)
        }
        return (files, isComplete && files.count == texts.count)
    }

    /// A file beside this one has a name and no path.
    private static func checkFileName(_ name: String, seen: Set<String>) throws {
        let isPlain =
            !name.contains("/") && !name.contains("\\") && !name.hasPrefix(".") && name.utf8.count <= 255
            && !name.unicodeScalars.contains { $0.properties.generalCategory == .control }
        guard isPlain else {
            throw Failure(
                "config.badFileName", "\(NameForm.shown(name)) is no name of a file beside this one",
                remedy: "put the file into the same folder and write its name without a path")
        }
        guard !seen.contains(name) else {
            throw Failure("config.badFileName", "\(NameForm.shown(name)) is named twice", remedy: "name it once")
        }
        guard seen.count < Limits.regionFilesBeside else {
            throw Failure(
                "config.tooLong", "more than \(Limits.regionFilesBeside) files beside this one",
                remedy: "put several into one")
        }
    }
}
