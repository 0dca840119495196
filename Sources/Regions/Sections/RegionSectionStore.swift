import Effects

/// The sections of a region configuration by their names.
package struct RegionSectionStore: Sendable {
    private enum Content: Sendable {
        case read(any RegionSection)
        /// Bytes of a section that whoever read the configuration does not know.
        case carried([UInt8])
    }

    private var contents: [String: Content] = [:]

    /// What a section says; ``RegionSection/unwritten`` where the region writes nothing.
    ///
    /// It traps where the configuration was read without this section and carries it: whoever asks for a section reads
    /// with a list that names it.
    package func section<Section: RegionSection>(_ type: Section.Type) -> Section {
        switch contents[Section.name] {
        case nil: return .unwritten
        case .read(let section as Section): return section
        case .read, .carried:
            preconditionFailure("the region configuration was read without its section '\(Section.name)'")
        }
    }

    /// A section that says no more than nothing is not kept, so that equal agreements are equal.
    package mutating func set<Section: RegionSection>(_ section: Section) {
        contents[Section.name] = section == .unwritten ? nil : .read(section)
    }

    /// Those that were read, in the order of their names.
    package var known: [any RegionSection] {
        contents.sorted { $0.key < $1.key }.compactMap { entry in
            if case .read(let section) = entry.value { section } else { nil }
        }
    }

    /// The bytes of those that were not, by their names.
    var carried: [String: [UInt8]] {
        contents.compactMapValues { content in
            if case .carried(let bytes) = content { bytes } else { nil }
        }
    }

    /// The types of those that were read.
    package var types: [any RegionSection.Type] { known.map { type(of: $0) } }
}

extension RegionSectionStore {
    func messages() throws -> [PBRegionSection] {
        try contents.sorted { $0.key < $1.key }.map { name, content in
            var message = PBRegionSection()
            message.name = name
            switch content {
            case .read(let section): message.bytes = try section.wireBytes().asData
            case .carried(let bytes): message.bytes = bytes.asData
            }
            return message
        }
    }

    /// - Throws: `region.badBytes` where a section stands twice or cannot be read.
    init(_ messages: [PBRegionSection], knowing types: [any RegionSection.Type]) throws {
        for message in messages {
            guard contents[message.name] == nil else {
                throw Failure("region.badBytes", "a section of the region configuration stands twice")
            }
            let bytes = Array(message.bytes)
            guard let type = types.first(where: { $0.name == message.name }) else {
                contents[message.name] = .carried(bytes)
                continue
            }
            contents[message.name] = .read(try type.init(wireBytes: bytes))
        }
    }
}

extension RegionSectionStore: Equatable {
    package static func == (left: Self, right: Self) -> Bool {
        left.contents.count == right.contents.count
            && left.contents.allSatisfy { name, content in
                switch (content, right.contents[name]) {
                case (.read(let mine), .read(let other)): mine.isEqual(to: other)
                case (.carried(let mine), .carried(let other)): mine == other
                default: false
                }
            }
    }
}

extension RegionSection {
    fileprivate func isEqual(to other: any RegionSection) -> Bool { (other as? Self) == self }
}

/// What the services of a release read of the files of a region and of the configuration that is signed.
///
/// A file is held strictly against it: a key that no section reads is an error. A configuration from a link is not: a
/// newer release may have more sections, and they are carried.
package struct ConfigurationSections: Sendable {
    /// Sections of `region.yaml`.
    package var region: [any RegionSection.Type]
    /// Sections of a node's file.
    package var node: [any NodeFileSection.Type]
    /// For what somebody may ask about patients; nil where any may stand.
    package var purposes: [String]?
    /// What services count for; nil where any may stand.
    package var indicatorIDs: [String]?
    /// What somebody may do at a console; nil where any word may stand.
    package var consoleRoles: [String]?

    package init(
        region: [any RegionSection.Type] = [], node: [any NodeFileSection.Type] = [], purposes: [String]? = nil,
        indicatorIDs: [String]? = nil, consoleRoles: [String]? = nil
    ) {
        self.region = region
        self.node = node
        self.purposes = purposes
        self.indicatorIDs = indicatorIDs
        self.consoleRoles = consoleRoles
    }

    /// No service at all: sections are carried, and no file may have one.
    package static let none = ConfigurationSections()
}

extension RegionConfiguration {
    /// What a service's section says; ``RegionSection/unwritten`` where the region writes nothing.
    package func section<Section: RegionSection>(_ type: Section.Type) -> Section { sections.section(type) }

    package mutating func set(_ section: some RegionSection) { sections.set(section) }
}

/// What a section of a region configuration holds, for whoever looks at one: lines and tables for people, figures for
/// machines.
package struct SectionContents: Codable, Sendable, Equatable {
    /// Rows below titles; a title that begins with `>` stands to the right, as numbers do.
    package struct Table: Codable, Sendable, Equatable {
        package var titles: [String]
        package var rows: [[String]]

        package init(_ titles: [String], rows: [[String]]) {
            self.titles = titles
            self.rows = rows
        }
    }

    /// The section's name.
    package var name: String
    /// How many there are of what.
    package var figures: [String: Int]
    package var lines: [String]
    package var tables: [Table]

    package init(_ name: String, figures: [String: Int], lines: [String], tables: [Table] = []) {
        self.name = name
        self.figures = figures
        self.lines = lines
        self.tables = tables
    }
}

extension RegionConfiguration {
    /// What the sections hold that this program knows and that say anything, in the order of their names.
    package var sectionContents: [SectionContents] { sections.known.compactMap { $0.contents } }
}
