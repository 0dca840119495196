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

    package init(
        region: [any RegionSection.Type] = [], node: [any NodeFileSection.Type] = [], purposes: [String]? = nil,
        indicatorIDs: [String]? = nil
    ) {
        self.region = region
        self.node = node
        self.purposes = purposes
        self.indicatorIDs = indicatorIDs
    }

    /// No service at all: sections are carried, and no file may have one.
    package static let none = ConfigurationSections()
}
