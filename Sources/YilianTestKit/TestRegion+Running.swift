import Effects
import NodeRuntime
package import Regions

extension TestRegion {
    /// Starts a region, runs `body`, and ends everything, whatever `body` did.
    @discardableResult
    public static func run<Value: Sendable>(
        _ tree: TestTree, _ options: TestOptions = TestOptions(),
        _ body: @Sendable (TestRegion) async throws -> Value
    ) async throws -> Value {
        try await run(tree, options, configured: { _ in }, body)
    }

    /// As `run`, with rosters, service levels, indicators and whatever else a configuration can hold.
    @discardableResult
    package static func run<Value: Sendable>(
        _ tree: TestTree, _ options: TestOptions = TestOptions(),
        configured: (inout RegionConfiguration) throws -> Void, _ body: @Sendable (TestRegion) async throws -> Value
    ) async throws -> Value {
        let region = try TestRegion(options)
        let result: Result<Value, any Error> = await withTaskGroup(of: Void.self) { group in
            group.addTask { await region.shared.host.run() }
            let result: Result<Value, any Error>
            do {
                try await region.open(tree, configured: configured)
                result = .success(try await body(region))
            } catch {
                result = .failure(error)
            }
            await region.end()
            return result
        }
        try region.removeFolder()
        return try result.get()
    }

    /// Starts a region that lives until it is stopped with ``stop()``.
    ///
    /// For test frameworks that set up in one function and tear down in another. Where one function holds the whole test, use ``run(_:_:_:)``.
    public static func start(_ tree: TestTree, _ options: TestOptions = TestOptions()) async throws -> TestRegion {
        let region = try TestRegion(options)
        let host = region.shared.host
        region.shared.keep(Task { await host.run() })
        do {
            try await region.open(tree, configured: { _ in })
        } catch {
            await region.end()
            try? region.removeFolder()
            throw error
        }
        return region
    }

    /// Stops every node, waits until nothing of the region works any more, and removes its folder, unless it is to be
    /// kept.
    public func stop() async throws {
        await end()
        try removeFolder()
    }

    private func open(_ tree: TestTree, configured: (inout RegionConfiguration) throws -> Void) async throws {
        try await TestFailure.translating {
            try SystemDisk().createDirectory(folder, mode: 0o700)
            var configuration = configuration
            let nodes = try adopt(tree, below: nil, into: &configuration)
            let sections = ServiceList.sections(of: shared.options.services)
            try shared.options.sections?.read(into: &configuration, sections)
            try configured(&configuration)
            try await begin(nodes, with: configuration)
        }
    }

    /// Makes handles and keys for a part of the tree.
    func adopt(
        _ tree: TestTree, below parent: NodeID?, into configuration: inout RegionConfiguration
    ) throws -> [TestNode] {
        guard parent != nil || tree.tier == .dispatcher else {
            throw TestFailure(
                "testkit.noDispatcher", "a region begins with its dispatcher", place: tree.id,
                remedy: "write .dispatcher(…) { … }")
        }
        let identity = try foundry.identity(of: try NodeID(tree.id))
        try foundry.add(tree, below: parent, identity: identity, to: &configuration)
        let node = TestNode(tree, identity: identity, shared: shared)
        return try [node] + tree.children.flatMap { try adopt($0, below: identity.node, into: &configuration) }
    }

    private func begin(_ nodes: [TestNode], with configuration: RegionConfiguration) async throws {
        let signed = try foundry.sign(configuration)
        shared.keep(configuration)
        for node in nodes {
            try node.makeFolder(signed)
            add(node)
            try await node.start()
        }
    }

    private func end() async {
        for node in allNodes.reversed() { await node.stop() }
        shared.host.finish()
        await shared.hosting?.value
    }

    private func removeFolder() throws {
        guard !shared.options.keepsFolder else { return }
        try SystemDisk().remove(folder)
    }
}
