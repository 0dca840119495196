import ArgumentParser

/// `yilian-load`: the two ends of a link under load, each a process of its own, for the benchmarks.
@main
struct LoadProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "yilian-load", abstract: "Calls between two processes over one link, and what they cost.",
        subcommands: [ServeCommand.self, CallCommand.self])
}
