import Effects

extension NodeFile {
    /// Reads and checks the text of a node's yaml file.
    ///
    /// - Parameters:
    ///   - fileName: the path of the file; `dataFolder` is taken relative to its folder.
    ///   - vocabulary: what the release knows.
    /// - Returns: the file where there is no problem; else none, and the problems in the order of the lines.
    package static func check(
        _ text: String, fileName: String, vocabulary: RegionVocabulary = .open
    ) -> (file: NodeFile?, problems: [ConfigurationProblem]) {
        let reader = YAMLReader(file: fileName)
        guard let root = reader.root(of: text, what: "a node's file", keys: NodeFileReader.keys) else {
            return (nil, RegionProblems(reader.problems).problems)
        }
        var file = NodeFileReader(root: root, folder: folder(of: fileName), vocabulary: vocabulary).read()
        let problems = RegionProblems(reader.problems).problems
        guard problems.isEmpty else { return (nil, problems) }
        file?.setEffective(reader.settings)
        return (file, [])
    }

    /// Reads the text of a node's yaml file.
    ///
    /// - Throws: ``RegionProblems`` with everything that is wrong.
    package static func read(
        _ text: String, fileName: String, vocabulary: RegionVocabulary = .open
    ) throws -> NodeFile {
        let (file, problems) = check(text, fileName: fileName, vocabulary: vocabulary)
        guard let file else { throw RegionProblems(problems) }
        return file
    }

    private static func folder(of fileName: String) -> String {
        guard let slash = fileName.lastIndex(of: "/") else { return "." }
        return slash == fileName.startIndex ? "/" : String(fileName[..<slash])
    }
}
