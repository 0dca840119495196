import Effects
import Regions
import Synchronization

/// What the nodes of a region share: folder, clock, network, keys, and the configuration that was signed last.
///
/// Region and nodes both hold it, so that a handle of a node is safe to use for as long as anybody keeps it.
final class SharedRegion: Sendable {
    let folder: String
    let clock: TestClock
    let log = TestLog()
    let options: TestOptions
    let links: TestLinks
    let foundry: RegionFoundry
    let world: World
    let host = NodeHost()
    private let state: Mutex<State>

    private struct State {
        /// What runs the nodes where no test function does.
        var hosting: Task<Void, Never>?
        var configuration: RegionConfiguration
        var cut: Set<LinkSwitchboard.Pair> = []
        var copies = 0
    }

    init(_ options: TestOptions) throws {
        self.options = options
        clock = TestClock(options.clock)
        world = World(
            time: clock.time, random: options.random, disk: SystemDisk(), makeWorker: { ThreadWorker(name: $0) })
        links = TestLinks(options.links, time: clock.time)
        foundry = try RegionFoundry(suite: options.suite, world: world)
        let name = SystemRandom().identifier(at: SystemTime().wallTime).lowercased()
        folder = options.parentFolder + "/yilian-test-" + name
        state = Mutex(State(configuration: foundry.emptyConfiguration()))
    }

    var configuration: RegionConfiguration { state.withLock { $0.configuration } }

    func keep(_ configuration: RegionConfiguration) {
        state.withLock { $0.configuration = configuration }
    }

    var hosting: Task<Void, Never>? { state.withLock { $0.hosting } }

    func keep(_ hosting: Task<Void, Never>) {
        state.withLock { $0.hosting = hosting }
    }

    /// Breaks the links between two nodes until they are healed, and remembers that the test wanted it so.
    func cut(_ one: NodeID, _ other: NodeID) {
        _ = state.withLock { $0.cut.insert(LinkSwitchboard.Pair(one, other)) }
        links.cut(one, other)
    }

    func heal(_ one: NodeID, _ other: NodeID) {
        _ = state.withLock { $0.cut.remove(LinkSwitchboard.Pair(one, other)) }
        links.heal(one, other)
    }

    /// Breaks every link of a node while `body` runs; what the test has cut stays cut.
    func isolating(_ node: NodeID, _ body: () async -> Void) async {
        let (others, kept) = state.withLock { state in
            (state.configuration.nodes.map(\.id).filter { $0 != node }, state.cut)
        }
        for other in others { links.cut(node, other) }
        await body()
        for other in others where !kept.contains(LinkSwitchboard.Pair(node, other)) { links.heal(node, other) }
    }

    func nextCopyPath(of node: String) -> String {
        state.withLock { state in
            state.copies += 1
            return "\(folder)/copies/\(node)-\(state.copies)"
        }
    }
}
