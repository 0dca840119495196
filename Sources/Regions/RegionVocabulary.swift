/// Names that a release of the program knows and that the files of a region mention.
///
/// `Regions` carries such names without knowing them; whoever reads a file for an operator says what the services know.
/// A configuration from a link is not held against it: a newer release may know more.
package struct RegionVocabulary: Sendable {
    /// Ids of indicators that the release computes; nil where any may stand.
    package var indicators: [String]?
    /// For what somebody may ask about patients; nil where any may stand.
    package var purposes: [String]?

    package init(indicators: [String]? = nil, purposes: [String]? = nil) {
        self.indicators = indicators
        self.purposes = purposes
    }

    /// Any name may stand anywhere.
    package static let open = RegionVocabulary()
}
