import ArgumentParser
import Console
import Effects
import VerbKit

/// The verbs of `yilian ledger`.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Verify a node's ledger, or fold it again.",
        discussion: "Example: yilian ledger verify --data /var/lib/yilian/pingding",
        subcommands: [LedgerVerify.self, LedgerRefold.self, LedgerUnblock.self])
}

/// The verb `yilian ledger verify`.
struct LedgerVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check every seal, every segment and every chain of headers.",
        discussion: """
            Asks the node where one runs; else opens the data folder itself, which needs the files with which the node
            runs. Exit code 1 where something does not hold; 3 where forks are kept or entries are set aside.

            Example: yilian ledger verify --data /var/lib/yilian/pingding
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The node's yaml file, where its file names are not the usual ones.", valueName: "file"))
    var config: String?

    func run() async throws {
        let check = try await check()
        if output.json { try Terminal.json(check) } else { Self.show(check) }
        if !check.isSound { throw ExitCode.failure }
        if check.forks > 0 || check.setAside > 0 { throw ExitCode.degraded }
    }

    private func check() async throws -> LedgerCheckInfo {
        if let folder = node.folder, !DataFolderLock.isHeld(folder: folder) {
            return try await StoppedNode(dataFolder: folder, config: config, world: .system).verify()
        }
        return try await node.talk { try await $0.ask(LedgerEndpoints.verify) }
    }

    private static func show(_ check: LedgerCheckInfo) {
        var table = TextTable("CHAIN", ">BATCHES", ">ENTRIES", "RESULT")
        for chain in check.chains {
            table.add(
                chain.chain, "\(chain.batches)", "\(chain.entries)",
                chain.problems.isEmpty ? "sound" : "\(chain.problems.count) problems")
        }
        if !table.isEmpty { Terminal.line(table.text) }
        for chain in check.chains {
            for problem in chain.problems { Terminal.line("! \(chain.chain): \(problem)") }
        }
        for problem in check.problems { Terminal.line("! \(problem)") }
        for aside in check.asides {
            let what = "kind \(aside.kind) \(aside.entry): \(aside.reason)"
            Terminal.line("! set aside since \(Shown.moment(aside.since)): \(what)")
        }
        Terminal.line(
            "\(check.excerpts) excerpts, \(check.forks) forks, \(check.held) entries held, "
                + "\(check.setAside) set aside: the ledger \(check.isSound ? "is sound" : "IS NOT SOUND")")
    }
}

/// The verb `yilian ledger refold`.
struct LedgerRefold: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "refold", abstract: "Drop what was derived from the ledger and derive it again.",
        discussion: """
            Nothing sealed is touched. What cannot be read any more is left out and named; the exit code is 3 then.

            Example: yilian ledger refold --data /var/lib/yilian/pingding
            """)
    static let endpoint = LedgerEndpoints.refold

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func show(_ info: RefoldInfo) {
        Terminal.line("folded \(info.batches) batches and \(info.excerpts) excerpts again")
        for line in info.skipped { Terminal.line("left out: \(line)") }
        if info.skippedCount > 0 {
            Terminal.line("\(info.skippedCount) left out; look at them with `yilian ledger verify`")
        }
    }

    func ending(_ info: RefoldInfo) -> ExitCode? { info.skippedCount == 0 ? nil : .degraded }
}

/// The verb `yilian ledger unblock`.
struct LedgerUnblock: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "unblock", abstract: "Let an author's bulk go on after its fork was looked into.",
        discussion: """
            Two batches with one identity stop an author's bulk: somebody runs the node twice, or rewrote its ledger.
            Find out which before you go on. Both batches stay as evidence.

            Example: yilian ledger unblock jucheng --data /var/lib/yilian/pingding
            """)
    static let endpoint = LedgerEndpoints.unblock

    @Argument(help: ArgumentHelp("The author whose bulk is stopped.", valueName: "node"))
    var author: String

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func question() -> LedgerEndpoints.AuthorOrder { .init(author: author) }

    func show(_ figures: LedgerFigures) {
        Terminal.line("\(author) may send bulk again; \(figures.forks) forks are kept as evidence")
    }
}
