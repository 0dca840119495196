import Effects
import NodeRuntime
import Regions

extension DemoStage {
    /// Starts a node again after its process has ended; it listens for links where it did before, so that its children
    /// find it.
    ///
    /// - Parameter parentLink: where it dials instead of its parent's address.
    package func restart(_ id: String, parentLink: String? = nil) async throws {
        let old = try node(id)
        let node = try await start(
            id, tier: old.tier, name: old.name, parent: old.parent, linkListen: old.addresses.link,
            parentLink: parentLink)
        started.withLock { nodes in
            nodes.removeAll { $0.id == id }
            nodes.append(node)
        }
    }

    /// Starts a node that region.yaml has got since the region was raised, with the keys that the authority issued to
    /// it and the configuration that was published last.
    ///
    /// - Throws: `demo.noNode` where region.yaml has no such node.
    package func join(_ id: String) async throws {
        let file = options.nodesFolder + "/region.yaml"
        let configuration = try RegionFile.read(at: file, on: world.disk, sections: ServiceList.sections)
        let tree = ManagementTree(configuration, at: world.time.wallTime)
        guard let entry = configuration.nodes.first(where: { $0.id.rawValue == id }) else {
            throw Failure("demo.noNode", "region.yaml has no node \(id)", place: file)
        }
        try prepareFolder(of: id, authority: folder + "/authority", signed: folder + "/region.configuration")
        let node = try await start(
            id, tier: entry.tier.rawValue, name: entry.name, parent: tree.parent(of: entry.id)?.rawValue)
        started.withLock { $0.append(node) }
    }
}
