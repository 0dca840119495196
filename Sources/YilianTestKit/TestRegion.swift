package import Effects
import Ledgers
package import Regions
import Synchronization
import Trust

/// A whole region of real nodes in one test process.
///
/// ```swift
/// try await TestRegion.run(.small) { region in
///     let wang = TestPatient("王试一", identifier: "149900195001010018")
///     try await region.node("jucheng").publish(TestReport("J-1", of: wang))
///     try await region.waitUntilAcknowledged()
///     let found = try await region.node("yuxian").find(wang)
///     let opened = try await region.node("yuxian").open(found.results[0])
/// }
/// ```
public final class TestRegion: Sendable {
    let shared: SharedRegion
    private let nodes = Mutex<[TestNode]>([])

    init(_ options: TestOptions) throws {
        shared = try SharedRegion(options)
    }

    /// The folder under which every node has its own.
    public var folder: String { shared.folder }
    /// The clock that all nodes read.
    public var clock: TestClock { shared.clock }
    /// What all nodes logged.
    public var log: TestLog { shared.log }
    package var links: TestLinks { shared.links }
    package var foundry: RegionFoundry { shared.foundry }
    package var world: World { shared.world }

    /// A node by its id.
    ///
    /// - Throws: `testkit.noNode`.
    public func node(_ id: String) throws -> TestNode {
        guard let node = allNodes.first(where: { $0.id == id }) else {
            throw TestFailure(
                "testkit.noNode", "the region has no node \(id)",
                remedy: "it has " + allNodes.map(\.id).joined(separator: ", "))
        }
        return node
    }

    /// All nodes, parents before children.
    public var allNodes: [TestNode] { nodes.withLock { $0 } }

    /// The version of the region configuration that was signed last.
    public var configurationVersion: UInt64 { configuration.version }

    package var configuration: RegionConfiguration { shared.configuration }

    package var tree: ManagementTree { ManagementTree(configuration, at: clock.time.wallTime) }

    func add(_ node: TestNode) {
        nodes.withLock { $0.append(node) }
    }
}

extension TestRegion {
    /// Breaks the link between two nodes and lets none through, until ``heal(_:_:)``.
    public func cut(_ one: String, _ other: String) throws {
        let (one, other) = try (node(one).nodeID, node(other).nodeID)
        shared.cut(one, other)
    }

    /// Lets nothing through between two nodes and tells neither, until ``heal(_:_:)``.
    public func hold(_ one: String, _ other: String) throws {
        links.hold(try node(one).nodeID, try node(other).nodeID)
    }

    /// Ends what ``cut(_:_:)`` and ``hold(_:_:)`` did; the child dials again when its wait is over.
    public func heal(_ one: String, _ other: String) throws {
        let (one, other) = try (node(one).nodeID, node(other).nodeID)
        shared.heal(one, other)
    }

    /// Delays what two nodes send each other; zero makes the link fast again.
    public func slow(_ one: String, _ other: String, by delay: Duration) throws {
        links.delay(try node(one).nodeID, try node(other).nodeID, milliseconds: delay.wholeMilliseconds)
    }

    /// Whether two nodes have a link that is up on both sides.
    public func areLinked(_ one: String, _ other: String) throws -> Bool {
        let (one, other) = try (node(one), node(other))
        guard one.isRunning, other.isRunning else { return false }
        return try one.node.hub.facts(of: other.nodeID) != nil && other.node.hub.facts(of: one.nodeID) != nil
    }
}
