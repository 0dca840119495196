extension RegionConfiguration {
    /// What a service's section says; ``RegionSection/unwritten`` where the region writes nothing.
    package func section<Section: RegionSection>(_ type: Section.Type) -> Section { sections.section(type) }

    package mutating func set(_ section: some RegionSection) { sections.set(section) }
}
