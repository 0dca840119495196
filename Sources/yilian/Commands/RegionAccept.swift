import ArgumentParser
import Console
import Effects
import Regions
import ServiceKit
import VerbKit

/// The verb `yilian region accept`.
struct RegionAccept: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Bring a signed configuration to a running node by hand.",
        discussion: """
            For a node that was down while it was moved, and for a configuration that was signed on a machine without
            a network. The node checks it against the region's root public key, refuses a lower version than its own,
            keeps it, and offers it to its neighbours. One whose validFrom lies ahead waits until then.

            Example: yilian region accept region.configuration --data /var/lib/yilian/jucheng
            """)
    static let endpoint = RegionEndpoints.publish

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The file that `region publish` wrote.", valueName: "region.configuration"))
    var file: String

    func question() throws -> Upload<NoQuestion> {
        let bytes = try World.system.disk.read(file, limitBytes: Limits.configurationFileBytes)
        // A file that is none is this file's fault, and said before a node is asked.
        _ = try Failure.naming(file) { try SignedRegionConfiguration(wireBytes: bytes) }
        return Upload(bytes, NoQuestion())
    }

    func show(_ answer: RegionAcceptance) {
        Terminal.line("the node has version \(answer.version)" + (answer.wasNew ? "" : "; it had before, too"))
    }
}
