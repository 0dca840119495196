import Effects

/// `region.yaml`: the region as its operators write it, without keys.
///
/// Reading is strict, and everything that is wrong is reported at once, each with its line. The keys, revocations and
/// patient key epochs are not written by people: `cert issue` records them, `region publish` adds them.
package enum RegionFile {
    /// Reads and checks the text of a `region.yaml`.
    ///
    /// - Parameter fileName: how the file is called in the problems.
    /// - Returns: the configuration where there is no problem; else none, and the problems in the order of the lines.
    package static func check(
        _ text: String, fileName: String
    ) -> (configuration: RegionConfiguration?, problems: [ConfigurationProblem]) {
        let reader = YAMLReader(file: fileName)
        guard let root = reader.root(of: text, what: "a region", keys: RegionFileReader.keys) else {
            return (nil, RegionProblems(reader.problems).problems)
        }
        var regionReader = RegionFileReader(root: root)
        let configuration = regionReader.read()
        for finding in RegionChecker.findings(in: configuration, excused: regionReader.excused) {
            let item = regionReader.places[finding.item] ?? root
            item.report(finding.code, finding.message, key: finding.key, remedy: finding.remedy)
        }
        let problems = RegionProblems(reader.problems).problems
        return (problems.isEmpty ? configuration : nil, problems)
    }

    /// Reads the text of a `region.yaml`.
    ///
    /// - Throws: ``RegionProblems`` with everything that is wrong.
    package static func read(_ text: String, fileName: String) throws -> RegionConfiguration {
        let (configuration, problems) = check(text, fileName: fileName)
        guard let configuration else { throw RegionProblems(problems) }
        return configuration
    }
}
