import ArgumentParser
import Console
import Effects
import Regions
import SimulatorCommands
import VerbKit

/// The entry of the program: runs a verb and turns what it threw into an exit code and words on standard error.
@main
enum Program {
    static func main() async {
        do {
            if let name = Invocation.ofThisProcess.unknownLanguage {
                throw ValidationError("--language is zh or en, not '\(name)'.")
            }
            let arguments = Invocation.ofThisProcess.arguments
            if let misspelt = MisspeltVerb(in: arguments, of: Yilian.self) { throw misspelt.error }
            var command = try Yilian.parseAsRoot(arguments)
            if var running = command as? any AsyncParsableCommand {
                try await running.run()
            } else {
                try command.run()
            }
        } catch {
            ExitStatus(of: error).leave(saying: error)
        }
    }
}

/// `yilian NOUN VERB`.
struct Yilian: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "yilian", abstract: "A regional exchange of medical data: 医联.",
        discussion: """
            Every verb has --help with an example, and --json. With --language zh, or LANG=zh_CN.UTF-8, they speak Chinese.
            Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but degraded, 4 node not reachable.
            """,
        version: "yilian \(Release.version)",
        subcommands: [
            DemoCommand.self, NodeCommand.self, CertCommand.self, RegionCommand.self, ConfigCommand.self,
            ImportCommand.self, AccountCommand.self,
        ] + ServiceVerbList.nouns + [
            QueueCommand.self, PeerCommand.self, TraceCommand.self, LedgerCommand.self, AuditCommand.self,
            BackupCommand.self, MessageCommand.self, LogCommand.self, SimulateCommand.self, ManualCommand.self,
        ])
}
