import ArgumentParser
import Effects
import SimulatorCommands

/// `yilian simulate` as a program of its own, for machines that build nothing else optimised: it has no sockets, no HTTP
/// and no TLS to compile.
@main
struct Program: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "yilian-simulate", abstract: "Runs whole regions on virtual time.",
        subcommands: [SimulateCommand.self], defaultSubcommand: SimulateCommand.self)

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var running = command as? any AsyncParsableCommand {
                try await running.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            StandardStream.write("\(failure)\n", toError: true)
            exit(withError: ExitCode.failure)
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            StandardStream.write(fullMessage(for: error) + "\n", toError: true)
            exit(withError: ExitCode(wrongUsage))
        }
    }

    /// As `yilian` says it.
    private static let wrongUsage: Int32 = 2
}
