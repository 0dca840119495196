import Effects

extension RegionFileReader {
    /// Reads the files that `recognition` names; together they are the region's recognition rules.
    ///
    /// - Returns: their readers, which hold what is wrong in them.
    mutating func readRecognition(
        into configuration: inout RegionConfiguration, beside: (String) throws -> String
    ) -> [YAMLReader] {
        var seen: Set<String> = []
        var isComplete = true
        let files = root.oneOrMore("recognition") { name in
            do {
                try Self.checkFileName(name, seen: seen)
                seen.insert(name)
                return (name: name, text: try beside(name))
            } catch {
                isComplete = false
                throw error
            }
        }
        var reader = RecognitionFileReader()
        let folder = RegionFile.folder(of: root.reader.file)
        let readers = files.map { file in
            let yaml = YAMLReader(file: folder + file.name)
            if let root = yaml.root(of: file.text, what: "a recognition file", keys: RecognitionFileReader.keys) {
                reader.read(root)
            } else {
                isComplete = false
            }
            return yaml
        }
        // Where a file is missing, everything that mentions what it holds would be reported too.
        configuration.recognition = isComplete ? reader.rules : .none
        places.merge(reader.places) { first, _ in first }
        excused.formUnion(reader.excused)
        return readers
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
