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
