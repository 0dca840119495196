import ArgumentParser
import Demo
import Effects
import VerbKit

/// What the toy service puts on the command line: `yilian ambulance trips`.
enum AmbulanceVerbs: ServiceVerbs {
    static var scene: (any DemoScene.Type)? { AmbulanceScene.self }
    static var nouns: [any ParsableCommand.Type] { [AmbulanceCommand.self] }

    static let words = VerbWords(
        help: [
            Wording("Look at the ambulances.", "查看救护车。"), Wording("List their trips.", "列出出车。"),
        ],
        complaints: [Wording("--garage has a name.", "--garage 须有名称。")])
}

struct AmbulanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ambulance", abstract: "Look at the ambulances.", subcommands: [AmbulanceTrips.self])
}

struct AmbulanceTrips: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "trips", abstract: "List their trips.")

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Option var garage: String?

    func validate() throws {
        if garage == "" { throw ValidationError("--garage has a name.") }
    }
}
