import Effects
import Ledgers
import NodeRuntime
import Regions
import Trust

/// What was published before, as far as it is at hand: files, and the node to which the next one goes.
struct PublishedRegion {
    let rootKey: PublicKey
    let disk: any Disk

    /// The signed configurations of this region that are at hand, the newest last.
    ///
    /// All of them count: a file may have a higher version that nobody was ever given.
    ///
    /// - Parameters:
    ///   - paths: files; those that are not there are passed over.
    ///   - node: what a node goes by, where one was asked.
    /// - Throws: `region.previousUnusable` for a file that stands there and cannot be used: it is what a publication is
    ///   checked against.
    func all(paths: [String], node: [UInt8]?) throws -> [RegionConfiguration] {
        var found = try Set(paths).sorted().filter { disk.exists($0) }.map { path in
            do { return try self.open(try disk.read(path)) } catch {
                let cause = (error as? Failure).map { "\($0.message) [\($0.code)]" } ?? "it is malformed"
                throw Failure(
                    "region.previousUnusable", "what was published before cannot be used: \(cause)", place: path,
                    remedy: "restore the file, or bring the newest one of a node (region.accepted in its data folder)")
            }
        }
        if let node { found.append(try self.open(node)) }
        return found.sorted { $0.version < $1.version }
    }

    private func open(_ bytes: [UInt8]) throws -> RegionConfiguration {
        try RegionRegistry.open(
            try SignedRegionConfiguration(wireBytes: bytes), rootKey: rootKey, sections: ServiceList.sections.region)
    }
}
