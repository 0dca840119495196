package import Effects

/// A part of what a region agrees on that belongs to a service: keys of `region.yaml`, their reading and check, bytes on
/// the wire, a part of a difference.
///
/// `Regions` carries sections by their names and knows none of them. Whoever reads a configuration says which sections
/// it knows (``ConfigurationSections``); the others travel on as the bytes that they came as.
package protocol RegionSection: Equatable, Sendable {
    /// Under which the section travels; a name is never used again for something else.
    static var name: String { get }
    /// The keys of `region.yaml` that it reads.
    static var keys: [String] { get }
    /// What holds where the region writes nothing; it does not travel.
    static var unwritten: Self { get }

    /// Reads its keys; whatever is wrong is reported where it stands, and what is left is read.
    init(_ file: inout RegionFileReader)
    /// - Throws: `region.badBytes`, or the code of the value that cannot be read.
    init(wireBytes: [UInt8]) throws
    /// The same section gives the same bytes.
    func wireBytes() throws -> [UInt8]
    /// Finds what is inconsistent, in the section or with the configuration that carries it.
    func check(in checker: inout RegionChecker)
    /// Says what is another than in an older section.
    func compare(with old: Self, in difference: inout RegionDifference)
    /// What it holds, for whoever looks at a configuration; none where there is nothing to say.
    var contents: SectionContents? { get }
}

extension RegionSection {
    package var contents: SectionContents? { nil }

    /// What a section throws whose bytes cannot be read.
    package static var unreadable: Failure {
        Failure(
            "region.badBytes", "the section '\(name)' of the region configuration cannot be read",
            remedy: "take a file that 'yilian region publish' of this release or an older one wrote")
    }
}

/// A part of a node's file that belongs to a service: its keys, their reading, their check against the region.
package protocol NodeFileSection: Equatable, Sendable {
    /// The keys of the file that it reads; none where it only checks what others read.
    static var keys: [String] { get }
    /// What holds where nothing is written.
    static var unwritten: Self { get }

    /// Reads its keys; whatever is wrong is reported where it stands. Defaults are recorded as the program's own.
    ///
    /// - Parameter sections: what the services of this release read and know.
    init(_ root: YAMLMapping, of sections: ConfigurationSections)
    /// What of the file does not fit the region.
    func findings(in region: RegionConfiguration, of file: NodeFile) -> [NodeFileFinding]
}

/// Something in a node's file that the region lacks, or that belongs to another node.
package struct NodeFileFinding: Equatable, Sendable {
    /// The dotted path of the setting.
    package var key: String
    package var message: String
    package var remedy: String

    package init(_ key: String, _ message: String, remedy: String) {
        self.key = key
        self.message = message
        self.remedy = remedy
    }
}

/// The sections of a node's file by their types.
package struct NodeFileSections: Sendable {
    private var sections: [any NodeFileSection] = []

    package init(_ sections: [any NodeFileSection] = []) { self.sections = sections }

    /// What a section says; ``NodeFileSection/unwritten`` where the file was read without it.
    package func section<Section: NodeFileSection>(_ type: Section.Type) -> Section {
        sections.lazy.compactMap { $0 as? Section }.first ?? .unwritten
    }

    package func findings(in region: RegionConfiguration, of file: NodeFile) -> [NodeFileFinding] {
        sections.flatMap { $0.findings(in: region, of: file) }
    }
}

extension NodeFileSections: Equatable {
    package static func == (left: Self, right: Self) -> Bool {
        left.sections.count == right.sections.count
            && zip(left.sections, right.sections).allSatisfy { $0.isEqual(to: $1) }
    }
}

extension NodeFileSection {
    fileprivate func isEqual(to other: any NodeFileSection) -> Bool { (other as? Self) == self }
}
