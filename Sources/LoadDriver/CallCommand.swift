import ArgumentParser
import Effects
import Links
import Regions

struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call", abstract: "Calls a served desk and prints one line of JSON with rate and times.")

    enum LaneOption: String, ExpressibleByArgument, CaseIterable {
        case clinical
        case bulk
    }

    @Option(help: "The port that `serve` printed.") var port: Int
    @Option(help: "The address that `serve` listens on.") var host = "127.0.0.1"
    @Option(help: "The folder that `serve` wrote its certificates to.") var certs: String
    @Option(help: "Bytes of each argument and each answer.") var size = 100
    @Option(help: "Calls in flight at a time.") var inflight = 64
    @Option(help: "How long to measure, after one second that is not counted.") var seconds = 5
    @Option(help: "The lane of the calls.") var lane = LaneOption.clinical
    @Option(help: "Bulk calls that the same link carries meanwhile, not counted.") var bulkInflight = 0
    @Option(help: "Bytes of each bulk call.") var bulkSize = 1 << 18

    func validate() throws {
        guard (1...65_535).contains(port), (0...Self.mostBytes).contains(size), (1...100_000).contains(inflight),
            (1...3_600).contains(seconds), (0...10_000).contains(bulkInflight), (0...Self.mostBytes).contains(bulkSize)
        else { throw ValidationError("an option is out of its range; see --help") }
    }

    /// What fits into a message beside its frame.
    private static let mostBytes = Limits.messageBytes / 2

    func run() async throws {
        let node = try await LoadNode(
            credentials: LoadFolder(path: certs).credentials(LoadNode.client),
            parent: LinkAddress(host: host, port: port))
        let desk = try echoDesk.at(NodeID(LoadNode.server), node.system)
        let measurement = Measurement(size: size, lane: lane, seconds: seconds)
        try await withThrowingTaskGroup(of: Void.self) { hubs in
            hubs.addTask { await node.hub.run() }
            await node.up.wait()
            let bulk = BulkLoad(size: bulkSize, inflight: bulkInflight, seconds: seconds)
            async let carried: Void = bulk.run(desk)
            // Callers run where those of a node run: on the process's own threads.
            let times = try await measurement.run(desk, inflight: inflight)
            try await carried
            StandardStream.write(measurement.report(times, inflight: inflight) + "\n", toError: false)
            node.hub.stop()
            try await hubs.waitForAll()
        }
    }
}
