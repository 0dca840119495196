import Effects

extension RegionConfiguration {
    /// Whether a node that holds this configuration takes another one, whose signature holds, in its place.
    ///
    /// - Returns: `false` where it is the same configuration.
    /// - Throws: `region.otherRegion`; `region.rollback` for a lower version; `region.sameVersion` where two different
    ///   configurations carry one version, which its publisher must never let happen.
    package func isReplaced(by other: RegionConfiguration) throws -> Bool {
        guard other.region == region else {
            throw Failure(
                "region.otherRegion", "the configuration is of region '\(other.region)', this node is of '\(region)'",
                remedy: "publish the configuration of '\(region)'")
        }
        if other.version > version { return true }
        if other.version < version {
            throw Failure(
                "region.rollback",
                "the configuration has version \(other.version), and version \(version) is already in force",
                remedy: "publish the wanted content under a version above \(version)")
        }
        if other != self {
            throw Failure(
                "region.sameVersion", "two different configurations carry version \(version)",
                remedy: "publish again under a version above \(version)")
        }
        return false
    }
}
