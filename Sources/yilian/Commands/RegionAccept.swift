import ArgumentParser
import Console
import Effects
import Regions
import ServiceKit
import VerbKit

/// The verb `yilian region accept`.
struct RegionAccept: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Bring a signed configuration to a running node by hand.",
        discussion: """
            For a node that was down while it was moved, and for a configuration that was signed on a machine without
            a network. The node checks it against the region's root public key, refuses a lower version than its own,
            keeps it, and offers it to its neighbours. One whose validFrom lies ahead waits until then.

            Example: yilian region accept region.configuration --data /var/lib/yilian/jucheng
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The file that `region publish` wrote.", valueName: "region.configuration"))
    var file: String

    func run() async throws {
        let bytes = try World.system.disk.read(file, limitBytes: Limits.configurationFileBytes)
        // A file that is none is this file's fault, and said before a node is asked.
        _ = try Failure.naming(file) { try SignedRegionConfiguration(wireBytes: bytes) }
        let answer = try await node.talk { try await $0.ask(RegionEndpoints.publish, Upload(bytes, NoQuestion())) }
        if output.json {
            try Terminal.json(answer)
        } else {
            Terminal.line("the node has version \(answer.version)" + (answer.wasNew ? "" : "; it had before, too"))
        }
    }
}
