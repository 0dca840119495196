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
    /// The folder under which every node has its own.
    public let folder: String
    public let clock: TestClock
    /// What all nodes logged.
    public let log = TestLog()
    package let options: TestOptions
    package let links: TestLinks
    package let foundry: RegionFoundry
    package let world: World
    let host = NodeHost()
    private let state: Mutex<State>

    private struct State {
        var nodes: [TestNode] = []
        var configuration: RegionConfiguration
        var cut: Set<LinkSwitchboard.Pair> = []
        var copies = 0
    }

    init(_ options: TestOptions) throws {
        self.options = options
        let clock = TestClock(options.clock)
        self.clock = clock
        let world = World(
            time: clock.time, random: options.random, disk: SystemDisk(), makeWorker: { ThreadWorker(name: $0) })
        self.world = world
        links = TestLinks(options.links, time: clock.time)
        let foundry = try RegionFoundry(suite: options.suite, world: world)
        self.foundry = foundry
        let name = SystemRandom().identifier(at: SystemTime().wallTime).lowercased()
        folder = options.parentFolder + "/yilian-test-" + name
        state = Mutex(State(configuration: foundry.emptyConfiguration()))
    }

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
    public var allNodes: [TestNode] { state.withLock { $0.nodes } }

    /// The version of the region configuration that was signed last.
    public var configurationVersion: UInt64 { configuration.version }

    package var configuration: RegionConfiguration { state.withLock { $0.configuration } }

    package var tree: ManagementTree { ManagementTree(configuration, at: clock.time.wallTime) }

    func keep(_ configuration: RegionConfiguration) {
        state.withLock { $0.configuration = configuration }
    }

    func add(_ node: TestNode) {
        state.withLock { $0.nodes.append(node) }
    }

    func noteCut(_ pair: LinkSwitchboard.Pair, _ isCut: Bool) {
        state.withLock { state in
            if isCut {
                state.cut.insert(pair)
            } else {
                state.cut.remove(pair)
            }
        }
    }

    func isCut(_ one: NodeID, _ other: NodeID) -> Bool {
        state.withLock { $0.cut.contains(LinkSwitchboard.Pair(one, other)) }
    }

    func nextCopyPath(of node: String) -> String {
        state.withLock { state in
            state.copies += 1
            return "\(folder)/copies/\(node)-\(state.copies)"
        }
    }
}
