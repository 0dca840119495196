import ArgumentParser
import Effects
import Regions
import Trust
import VerbKit

/// The verb `yilian cert prolong`.
struct CertProlong: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prolong", abstract: "Let the seals of an ended ledger key count up to a later moment.",
        discussion: """
            For a node that sealed with a key that had ended, so that its batches are refused above; `node status` of
            that node says which key and moment. Publish the region afterwards: those above take what they refused, and
            nothing is lost. Not for a stolen key, beyond the moment of the theft.

            Example: yilian cert prolong authority pingding --until 2026-11-21T08:00:00+08:00
            """)

    @OptionGroup var authority: AuthorityOption
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The node's id in region.yaml.", valueName: "node"))
    var node: String

    @Option(help: ArgumentHelp("The key's id; the last one that has an end where none is given.", valueName: "id"))
    var key: String?

    @Option(help: ArgumentHelp("The first moment at which its seals do not count any more.", valueName: "moment"))
    var until: String

    func run() async throws {
        let fact = try authority.folder.prolong(node: node, key: key, until: try WallTime(recorded: until))
        if output.json {
            try Terminal.json(fact)
            return
        }
        Terminal.line("seals of ledger key \(fact.id) of \(node) count up to \(fact.to?.chinaText ?? "ever")")
        Terminal.line("Publish the region's configuration now, under a higher version: `yilian region publish`.")
    }
}
