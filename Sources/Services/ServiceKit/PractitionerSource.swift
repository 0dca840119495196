package import Regions

/// A service's section of the region configuration that says of its own who may look people up.
///
/// Whom it enters needs no line in the region's register.
package protocol PractitionerSource: RegionSection {
    /// Whether whoever asks may, for this purpose, at a node.
    func enters(_ asking: Asking, at node: NodeID, in configuration: RegionConfiguration) -> Bool
}
