import ArgumentParser
import VerbKit

/// The verb `yilian manual`.
struct ManualCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Write the manual page of every verb, for man(1).",
        discussion: """
            Scripts/install puts it where man finds it. With --json: every verb, its arguments and options, for programs.

            Example: yilian manual | man -l -
            """)

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let program = try VerbDescription.program()
        if output.json {
            try Terminal.json(program)
        } else {
            Terminal.line(ManualPage(program, release: Release.version).text)
        }
    }
}
