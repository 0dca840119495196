import ArgumentParser
import Effects
import Links
import NodeRuntime
import Regions

/// Clinical calls of a child at its parent, one at a time: there and back through the parent's link, and nothing behind it.
struct CallsVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls", abstract: "Times clinical calls at a running node, one at a time; prints one JSON line.",
        discussion: "A call that no desk takes goes to the node and comes back refused: it touches no disk.")

    @Option(help: "The data folder of a child that does not run.") var data: String
    @Option(help: "The child.") var node: String
    @Option(help: "The node that is called.") var parent: String
    @Option(help: "Where it listens for links, on 127.0.0.1.") var port: Int
    @Option(help: "How long to measure, 1 to 300.") var seconds: Int64 = 10
    @Option(help: "Calls in a second at most, 1 to 100000.") var rate: Int64 = 500

    /// Nothing is counted so long.
    private static let warmUpMilliseconds: Int64 = 1_000

    func validate() throws {
        guard (1...300).contains(seconds), (1...100_000).contains(rate), (1...65_535).contains(port) else {
            throw ValidationError("an option is out of its range; see --help")
        }
    }

    func run() async throws {
        let world = World.system
        let load = try await LoadNode.open(
            node, with: try NodeSecrets.read(dataFolder: data, disk: world.disk), in: data, listen: nil,
            parents: [LinkAddress(host: "127.0.0.1", port: port)], world: world)
        let parent = try NodeID(parent)
        try await load.run { node in
            let time = world.time
            let baton = Baton(folder: data, world: world, timeoutSeconds: 60)
            while !node.isLinked(with: parent.rawValue) { try await baton.pause(waitingFor: "the link") }
            let began = time.monotonicTime.advanced(byMilliseconds: Self.warmUpMilliseconds)
            let end = began.advanced(byMilliseconds: seconds * 1_000)
            var times: [Int64] = []
            while time.monotonicTime < end {
                let before = time.monotonicTime
                let took = try await node.roundTrip(to: parent, time: time)
                if before >= began { times.append(took) }
                // An even pace, as people's questions come; what is late is not made up for.
                let rest = 1_000_000 / rate - took
                if rest > 0 { try await time.sleep(milliseconds: max(1, rest / 1_000)) }
            }
            let found = try ClinicalProbe.Times(times)
            StandardStream.write(
                "{\"calls\":\(found.entries),\"p50Microseconds\":\(found.p50Microseconds),"
                    + "\"p99Microseconds\":\(found.p99Microseconds)}\n", toError: false)
        }
    }
}

extension YilianNode {
    /// Microseconds of a call that goes over a link to a desk that does not exist: there and back, and nothing in between.
    func roundTrip(to peer: NodeID, time: any TimeSource) async throws -> Int64 {
        let began = time.monotonicTime
        do {
            _ = try await hub.call(
                to: peer, method: 101, target: "nobody", arguments: [], lane: .clinical, deadlineMilliseconds: 10_000,
                correlation: "bench")
        } catch let failure as Failure
            where failure.code.rawValue.hasPrefix("call.") && failure.code != "call.notReachable"
        {
            return (time.monotonicTime.nanoseconds - began.nanoseconds) / 1_000
        }
        throw Failure("load.roundTrip", "the call that no desk takes was not refused by the other side")
    }
}
