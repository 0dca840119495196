import Effects

extension RegionConfiguration {
    /// Whether a node that holds this configuration takes another one, whose signature holds, in its place.
    ///
    /// - Parameter isDirect: whether it is known that no version lies between them.
    /// - Returns: `false` where it is the same configuration.
    /// - Throws: `region.otherRegion`; `region.rollback` for a lower version; `region.sameVersion` where two different
    ///   configurations carry one version, which its publisher must never let happen; what ``checkPast(in:isDirect:)`` throws.
    package func isReplaced(by other: RegionConfiguration, isDirect: Bool = false) throws -> Bool {
        guard other.region == region else {
            throw Failure(
                "region.otherRegion", "the configuration is of region '\(other.region)', this node is of '\(region)'",
                remedy: "publish the configuration of '\(region)'")
        }
        if other.version > version {
            try checkEpochs(of: other)
            try checkPast(in: other, isDirect: isDirect)
            return true
        }
        if other.version < version {
            throw Failure(
                "region.rollback",
                "the configuration has version \(other.version), and version \(version) is already in force",
                remedy: "publish the wanted content under a version above \(version)")
        }
        // Publishing one file twice makes one configuration.
        var same = other
        same.publishedAt = publishedAt
        if same != self {
            throw Failure(
                "region.sameVersion", "two different configurations carry version \(version)",
                remedy: "publish again under a version above \(version)")
        }
        return false
    }

    /// Results are found by the keys of the epoch in which they were published: no epoch may be lost or get another
    /// secret.
    ///
    /// - Throws: `region.epochLost`, `region.epochChanged`.
    private func checkEpochs(of other: RegionConfiguration) throws {
        for epoch in patientKeyEpochs {
            let file = "patient-key-epoch-\(epoch.epoch).key"
            guard let next = other.patientKeyEpochs.first(where: { $0.epoch == epoch.epoch }) else {
                throw Failure(
                    "region.epochLost",
                    "version \(other.version) lacks patient key epoch \(epoch.epoch), which version \(version) has",
                    place: file,
                    remedy: "take its secret back with `yilian cert epoch recover`, and publish again")
            }
            guard next.fingerprint == epoch.fingerprint else {
                throw Failure(
                    "region.epochChanged",
                    "version \(other.version) gives patient key epoch \(epoch.epoch) another secret than version "
                        + "\(version): nobody would find the results of its time",
                    place: file,
                    remedy: "move that file away, take the right secret back with `yilian cert epoch recover`, and "
                        + "publish again")
            }
        }
    }
}
