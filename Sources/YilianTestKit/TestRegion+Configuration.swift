import Effects
import NodeRuntime
package import Regions

extension TestRegion {
    /// Changes the region configuration, counts its version up, signs it and gives it to the dispatcher.
    ///
    /// - Parameter node: who gets it instead of the dispatcher, as from a file.
    /// - Returns: the new version.
    @discardableResult
    package func publishConfiguration(
        at node: String? = nil, _ edit: (inout RegionConfiguration) throws -> Void
    ) async throws -> UInt64 {
        try await TestFailure.translating {
            var next = configuration
            try edit(&next)
            next.version += 1
            next.publishedAt = clock.time.wallTime
            let bytes = try foundry.sign(next).wireBytes()
            let receiver = try self.node(node ?? tree.root?.rawValue ?? "")
            let version = try await receiver.node.regionKeeper.publish(bytes)
            shared.keep(next)
            return version
        }
    }

    /// Publishes the configuration under the next version without a change.
    @discardableResult
    public func publishConfiguration(at node: String? = nil) async throws -> UInt64 {
        try await publishConfiguration(at: node) { _ in }
    }

    /// Publishes what the region agrees on about its services from now on, in the place of everything that it had agreed
    /// on about them.
    @discardableResult
    public func publishSections(_ sections: TestSections) async throws -> UInt64 {
        let known = ServiceList.sections(of: shared.options.services)
        return try await publishConfiguration { try sections.read(into: &$0, known) }
    }

    /// Waits until every running node goes by the newest configuration.
    public func waitUntilConfigured(timeout: Duration = .seconds(60)) async throws {
        let version = configurationVersion
        try await wait(for: "configuration \(version) everywhere", timeout: timeout) {
            allNodes.allSatisfy { !$0.isRunning || $0.configurationVersion >= version }
        }
    }

    /// Adds a township to the running region: keys, a configuration that names it, and the node itself.
    @discardableResult
    public func addTownship(_ id: String, name: String? = nil, under county: String) async throws -> TestNode {
        try await TestFailure.translating {
            let parent = try node(county).nodeID
            var added: [TestNode] = []
            try await publishConfiguration { configuration in
                added = try adopt(.township(id, name: name), below: parent, into: &configuration)
            }
            let signed = try foundry.sign(configuration)
            for node in added {
                try node.makeFolder(signed)
                add(node)
                try await node.start()
            }
            return try node(id)
        }
    }

    /// Gives a node another parent, from now on.
    public func move(_ id: String, under parent: String) async throws {
        let (child, parent) = try (node(id).nodeID, node(parent).nodeID)
        let now = clock.time.wallTime
        try await publishConfiguration { configuration in
            for index in configuration.management.indices
            where configuration.management[index].child == child && configuration.management[index].to == nil {
                configuration.management[index].to = now
            }
            configuration.management.append(ManagementEdge(child: child, parent: parent, from: now))
        }
    }

    /// Revokes a node's certificate in the region configuration.
    public func revokeCertificate(of id: String, reason: String = "test") async throws {
        let serial = try node(id).identity.certificate.identity.serial
        let now = clock.time.wallTime
        try await publishConfiguration { configuration in
            configuration.revokedCertificates.append(
                RevokedCertificate(serialNumber: Hexadecimal.bytes(serial), time: now, reason: reason))
        }
    }
}
