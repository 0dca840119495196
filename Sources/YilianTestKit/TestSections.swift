import Effects
import Regions

/// What a region agrees on about its services: the keys of `region.yaml` that belong to them, in the very form in which
/// operators write them.
///
/// ```swift
/// let sections = TestSections(
///     """
///     rosters:
///       - {home: pingding, experts: [{id: ecg-li, name: 李医师, node: pingding, specialties: [ecg]}]}
///     serviceLevels:
///       - {kind: ecg, name: 心电, specialty: ecg, claimSeconds: 600, reportSeconds: 600, graceSeconds: 60}
///     indicators: [{id: results-published, name: 结果发布数}]
///     """)
/// ```
///
/// The nodes that they name are those of the region's tree, and each node has a unit of its own name.
public struct TestSections: Hashable, Sendable {
    /// YAML.
    public var text: String
    /// The files beside it that it names, by their plain names, such as those of `recognition`.
    public var files: [String: String]

    /// Keys without files where none are given.
    public init(_ text: String, files: [String: String] = [:]) {
        self.text = text
        self.files = files
    }

    /// - Throws: `region.…` with everything that is wrong, by line.
    func read(into configuration: inout RegionConfiguration, _ sections: ConfigurationSections) throws {
        let files = files
        try RegionFile.readSections(text, into: &configuration, fileName: "sections", sections: sections) { name in
            guard let text = files[name] else { return try RegionFile.nothing(name) }
            return text
        }
    }
}
