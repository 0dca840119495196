package import Effects

/// `region.yaml`: the region as its operators write it, without keys.
///
/// Reading is strict, and everything that is wrong is reported at once, each with its line. The keys, revocations and
/// patient key epochs are not written by people: `cert issue` records them, `region publish` adds them.
package enum RegionFile {
    /// Reads and checks the text of a `region.yaml`.
    ///
    /// - Parameters:
    ///   - fileName: how the file is called in the problems; files beside it are called after it.
    ///   - sections: what the release's services read of it.
    ///   - beside: gives the text of a file that lies beside it, by its plain name.
    /// - Returns: the configuration where there is no problem; else none, and the problems in the order of the lines.
    package static func check(
        _ text: String, fileName: String, sections: ConfigurationSections = .none,
        beside: @escaping (String) throws -> String = Self.nothing
    ) -> (configuration: RegionConfiguration?, problems: [ConfigurationProblem]) {
        let reader = YAMLReader(file: fileName)
        guard let root = reader.root(of: text, what: "a region", keys: RegionFileReader.keys(sections)) else {
            return (nil, RegionProblems(reader.problems).problems)
        }
        var regionReader = RegionFileReader(root: root, sections: sections, beside: beside)
        let configuration = regionReader.read()
        for finding in RegionChecker.findings(in: configuration, excused: regionReader.excused) {
            let item = regionReader.place(of: finding) ?? root
            item.report(finding.code, finding.message, key: finding.key, remedy: finding.remedy)
        }
        let problems = RegionProblems(([reader] + regionReader.others).flatMap(\.problems)).problems
        return (problems.isEmpty ? configuration : nil, problems)
    }

    /// Reads the text of a `region.yaml`.
    ///
    /// - Throws: ``RegionProblems`` with everything that is wrong.
    package static func read(
        _ text: String, fileName: String, sections: ConfigurationSections = .none,
        beside: @escaping (String) throws -> String = Self.nothing
    ) throws -> RegionConfiguration {
        let (configuration, problems) = check(text, fileName: fileName, sections: sections, beside: beside)
        guard let configuration else { throw RegionProblems(problems) }
        return configuration
    }

    /// Reads the keys of services alone, into a configuration that has everything else.
    ///
    /// - Throws: ``RegionProblems`` with everything that is wrong with them.
    package static func readSections(
        _ text: String, into configuration: inout RegionConfiguration, fileName: String,
        sections: ConfigurationSections, beside: @escaping (String) throws -> String = Self.nothing
    ) throws {
        let reader = YAMLReader(file: fileName)
        let keys = sections.region.flatMap { $0.keys }
        guard let root = reader.root(of: text, what: "what a region agrees on", keys: keys) else {
            throw RegionProblems(reader.problems)
        }
        var regionReader = RegionFileReader(root: root, sections: sections, beside: beside)
        regionReader.readSections(into: &configuration)
        for finding in RegionChecker.sectionFindings(in: configuration, excused: regionReader.excused) {
            let item = regionReader.place(of: finding) ?? root
            item.report(finding.code, finding.message, key: finding.key, remedy: finding.remedy)
        }
        let problems = RegionProblems(([reader] + regionReader.others).flatMap(\.problems))
        guard problems.problems.isEmpty else { throw problems }
    }

    /// Beside a text that is no file lies nothing.
    package static func nothing(_ name: String) throws -> String {
        throw Failure(
            "disk.notFound", "there is no file \(NameForm.shown(name)) beside this one",
            remedy: "put it into the same folder, or correct the name")
    }
}

extension RegionFile {
    /// Reads and checks a `region.yaml` and the files beside it that it names.
    ///
    /// - Throws: what reading the file itself throws; a file beside it that cannot be read is a problem.
    package static func check(
        at path: String, on disk: some Disk, sections: ConfigurationSections = .none
    ) throws -> (configuration: RegionConfiguration?, problems: [ConfigurationProblem]) {
        check(try disk.readText(path), fileName: path, sections: sections) { name in
            try disk.readText(folder(of: path) + name)
        }
    }

    /// Reads a `region.yaml` and the files beside it that it names.
    ///
    /// - Throws: ``RegionProblems`` with everything that is wrong; what reading the file itself throws.
    package static func read(
        at path: String, on disk: some Disk, sections: ConfigurationSections = .none
    ) throws -> RegionConfiguration {
        let (configuration, problems) = try check(at: path, on: disk, sections: sections)
        guard let configuration else { throw RegionProblems(problems) }
        return configuration
    }

    /// The folder of a path with its slash; empty where the path names none.
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }
}
