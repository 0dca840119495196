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
