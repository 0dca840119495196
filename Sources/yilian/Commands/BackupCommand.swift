import ArgumentParser
import Console
import Effects
import VerbKit

/// The verbs of `yilian backup`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Make, verify and restore backups of a node.",
        discussion: "Example: yilian backup create --data /var/lib/yilian/pingding",
        subcommands: [BackupCreate.self, BackupList.self, BackupVerify.self, BackupRestore.self])
}

/// The verb `yilian backup create`.
struct BackupCreate: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a backup while the node works, and verify it.",
        discussion: """
            It holds the ledger, all of one moment, and the region's configuration, in a folder of its own that the node
            signs; never a key. 'backups.folder' in the node's file says where: best on another disk. Seven are kept.

            Example: yilian backup create --data /var/lib/yilian/pingding
            """)
    static let endpoint = BackupEndpoints.create

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func question() -> BackupEndpoints.Order { .init() }
    func show(_ info: BackupInfo) { BackupSheet.show(info) }
    func ending(_ info: BackupInfo) -> ExitCode? { info.check?.isSound == true ? nil : .failure }
}

/// The verb `yilian backup list`.
struct BackupList: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the backups of a node, the newest first.",
        discussion: "Example: yilian backup list --data /var/lib/yilian/pingding")
    static let endpoint = BackupEndpoints.list

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func show(_ listing: BackupListing) {
        Terminal.list(
            listing.backups, titles: ["NAME", "MADE", "RELEASE", ">SIZE", "VERIFIED", "WHERE"],
            none: Wording("no backup has been made here", "还没有做过备份")
        ) { info in
            [
                info.name, info.madeAt.map { Shown.moment($0) } ?? "-", info.release ?? "-",
                Shown.bytes(info.sizeBytes), BackupSheet.standing(info), info.path,
            ]
        }
    }
}

/// The verb `yilian backup verify`.
struct BackupVerify: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Read a backup again, and say whether it is sound.",
        discussion: """
            The node's signature, the digest of every file, and the database's own check. Exit code 1: it is not sound.

            Example: yilian backup verify pingding-20261201T093005Z --data /var/lib/yilian/pingding
            """)
    static let endpoint = BackupEndpoints.verify

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("A backup, as `backup list` names it.", valueName: "name"))
    var name: String

    func question() -> BackupEndpoints.Choice { .init(name: name) }
    func show(_ info: BackupInfo) { BackupSheet.show(info) }
    func ending(_ info: BackupInfo) -> ExitCode? { info.check?.isSound == true ? nil : .failure }
}

/// The verb `yilian backup restore`.
struct BackupRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a backup into the data folder of a stopped node.",
        discussion: """
            The folder needs the node's keys, which no backup holds: ledger.key, box.key, tls.key, tls.crt, ca.crt and
            region.pub. A backup that none of its ledger keys signed, or that is not sound, is refused and nothing is
            changed. The ledger that lay there is kept beside the new one. At its next start the node goes on under a new
            incarnation and takes back from its parent what the backup does not have.

            Example: yilian backup restore /backup/pingding-20261201T093005Z --data /var/lib/yilian/pingding
            """)

    @Argument(help: ArgumentHelp("The folder of a backup.", valueName: "folder"))
    var backup: String

    @Option(help: ArgumentHelp("The data folder of the stopped node.", valueName: "folder"))
    var data: String

    @OptionGroup var output: OutputOptions

    private struct Answer: Codable {
        var backup: String
        var madeAt: String
        var dataFolder: String
        /// Where the ledger is that lay there before; none where there was none.
        var before: String?
    }

    func run() async throws {
        let restoring = BackupRestoring(
            backup: Paths.absolute(backup), dataFolder: Paths.absolute(data), world: .system)
        let done = try await restoring.restore()
        let answer = Answer(
            backup: restoring.backup, madeAt: done.manifest.madeAt, dataFolder: restoring.dataFolder,
            before: done.before)
        guard !output.json else { return try Terminal.json(answer) }
        Terminal.say(
            Wording("{1} is as it was at {2}; start the node", "{1} 已恢复到 {2} 的样子；请启动节点"), restoring.dataFolder,
            Shown.moment(done.manifest.madeAt))
        if let before = done.before {
            Terminal.say(Wording("the ledger that lay there is kept as {1}", "原来的账本保留为 {1}"), before)
        }
    }
}

/// How verbs show a backup.
enum BackupSheet {
    static func show(_ info: BackupInfo) {
        Terminal.say(
            Wording("{1}: {2} in {3}, {4}", "{1}：{2}，在 {3}，{4}"), info.name, Shown.bytes(info.sizeBytes), info.path,
            TerminalWords.shown(standing(info), in: .current))
        for problem in info.check?.problems ?? [] { Terminal.line("! \(problem)") }
    }

    static func standing(_ info: BackupInfo) -> String {
        guard let check = info.check else { return "not verified" }
        return check.isSound ? "sound" : "NOT SOUND"
    }
}
