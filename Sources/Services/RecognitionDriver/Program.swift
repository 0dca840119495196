import ArgumentParser
import Effects
import Foundation

/// Measures the way of laboratory reports from a township to its county: two real nodes, two processes, TLS between them.
@main
struct Program: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "yilian-results",
        abstract: "Publishes laboratory reports at a township until `find` answers them all at the county.",
        discussion: """
            Two processes of this program run the nodes that `node start` runs: full synchronisation, projections and
            seals on both, mutual TLS 1.3 on loopback between them. The clock runs from the first `publish` until the
            county has every report and its `find` answers the last; afterwards a sample of 500 finds is checked.

              yilian-results --reports 20000            one line per figure
              yilian-results --reports 100000 --json    one JSON line

            Bytes on the wire are what the loopback device carried meanwhile, headers included: run it in a network
            namespace of its own to keep other traffic out:

              unshare -n sh -c 'ip link set lo up; exec yilian-results --json'
            """,
        subcommands: [
            Measure.self, MatchVerb.self, Rows.self, Codecs.self, RegionVerb.self, ServeVerb.self, AcknowledgeVerb.self,
            FillVerb.self, CallsVerb.self, CountyRole.self, TownshipRole.self,
        ], defaultSubcommand: Measure.self)
}

/// What both nodes and the one that watches them agree on.
struct LoadOptions: ParsableArguments, Sendable {
    @Option(help: "How many reports are measured, 1 to 2000000.")
    var reports = 100_000
    @Option(help: "How many reports go first and are not measured.")
    var warmup = 2_000
    @Option(help: "Items of each report, 1 to 20.")
    var items = 10
    @Option(help: "How many publishes wait at the same time, 1 to 4096.")
    var inflight = 512
    @Option(help: "Makes the same reports for the same number.")
    var seed: UInt64 = 1
    @Option(help: "Signatures and digests: ed25519 or sm2.")
    var suite = "ed25519"
    @Option(help: "Gives up after so many seconds.")
    var timeout: Int64 = 600
    @Flag(help: "The county starts only when the township has published everything: drains a backlog.")
    var backlog = false

    func validate() throws {
        guard (1...2_000_000).contains(reports), (0...100_000).contains(warmup), (1...20).contains(items),
            (1...4_096).contains(inflight), (1...3_600).contains(timeout)
        else { throw ValidationError("an option is out of its range; see --help") }
    }

    /// The options again, for a process of this program.
    var arguments: [String] {
        [
            "--reports", "\(reports)", "--warmup", "\(warmup)", "--items", "\(items)", "--inflight", "\(inflight)",
            "--seed", "\(seed)", "--suite", suite, "--timeout", "\(timeout)",
        ] + (backlog ? ["--backlog"] : [])
    }
}
