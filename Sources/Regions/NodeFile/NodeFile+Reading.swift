import Effects

extension NodeFile {
    /// Reads and checks the text of a node's yaml file.
    ///
    /// - Parameters:
    ///   - fileName: the path of the file; `dataFolder` is taken relative to its folder.
    ///   - sections: what the release's services read of it.
    /// - Returns: the file where there is no problem; else none, and the problems in the order of the lines.
    package static func check(
        _ text: String, fileName: String, sections: ConfigurationSections = .none
    ) -> (file: NodeFile?, problems: [ConfigurationProblem]) {
        let reader = YAMLReader(file: fileName)
        guard let root = reader.root(of: text, what: "a node's file", keys: NodeFileReader.keys(sections)) else {
            return (nil, RegionProblems(reader.problems).problems)
        }
        var file = NodeFileReader(root: root, folder: folder(of: fileName), sections: sections).read()
        let problems = RegionProblems(reader.problems).problems
        guard problems.isEmpty else { return (nil, problems) }
        file?.setEffective(reader.settings)
        return (file, [])
    }

    /// Reads the text of a node's yaml file.
    ///
    /// - Throws: ``RegionProblems`` with everything that is wrong.
    package static func read(
        _ text: String, fileName: String, sections: ConfigurationSections = .none
    ) throws -> NodeFile {
        let (file, problems) = check(text, fileName: fileName, sections: sections)
        guard let file else { throw RegionProblems(problems) }
        return file
    }

    private static func folder(of fileName: String) -> String {
        guard let slash = fileName.lastIndex(of: "/") else { return "." }
        return slash == fileName.startIndex ? "/" : String(fileName[..<slash])
    }
}
