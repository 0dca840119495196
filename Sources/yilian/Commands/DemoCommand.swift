import ArgumentParser
import Demo
import Effects
import Foundation
import VerbKit

/// The verb `yilian demo`.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Run a region on this machine: eight processes, a working day, a doctor.",
        discussion: """
            Starts a part of Yangquan (Nodes/demo), imports hospital messages and a generated working day of two counties
            through the real edges, plays a doctor, two ECG requests and the close of the day, and stays up until Ctrl-C.
            While it is up, DIR/region.json says where every node listens.

            Example: yilian demo --keep /tmp/yangquan
            """)

    @Flag(help: "End when the show is over.")
    var exit = false

    @Flag(help: "End with one line of JSON on standard output; the story goes to standard error.")
    var json = false

    @Option(help: ArgumentHelp("Keep the data in this folder.", valueName: "dir"))
    var keep: String?

    @Option(help: ArgumentHelp("Import these messages instead of the ones in Nodes/demo/messages.", valueName: "dir"))
    var messages: String?

    @Option(help: ArgumentHelp("The folder with region.yaml and one yaml per node.", valueName: "dir"))
    var nodes: String?

    @Option(help: "The seed of the generated day.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The region's suite: ed25519 or sm2.", valueName: "suite"))
    var suite = "ed25519"

    @Option(help: ArgumentHelp("How much of the generated working day to send.", valueName: "percent"))
    var day = 100

    func validate() throws {
        guard (0...100).contains(day) else { throw ValidationError("--day takes 0 to 100 percent") }
        guard ["ed25519", "sm2"].contains(suite) else { throw ValidationError("--suite is ed25519 or sm2") }
    }

    func run() async throws {
        let world = World.system
        let folder = try nodesFolder(world)
        let options = DemoOptions(
            nodesFolder: folder, messagesFolder: messages.map(Paths.absolute) ?? folder + "/messages",
            keepFolder: keep.map(Paths.absolute), exits: exit, printsJSON: json, seed: seed, suite: suite,
            dayPercent: day, program: try Self.program(), isTerminal: StandardStream.isTerminal(error: true))
        let run = try DemoRun(options: options, scenes: ServiceVerbList.scenes, world: world)
        try await Interruption.stopping { try await run.run() }
    }

    /// `Nodes/demo` of the working directory, of the checkout in which this program was built, or of where it was installed.
    private func nodesFolder(_ world: World) throws -> String {
        if let nodes { return Paths.absolute(nodes) }
        var places = [Paths.absolute("Nodes/demo")]
        var folder = URL(fileURLWithPath: try Self.program()).deletingLastPathComponent()
        for _ in 0..<5 {
            folder.deleteLastPathComponent()
            places += [folder.path + "/Nodes/demo", folder.path + "/share/yilian/Nodes/demo"]
        }
        guard let place = places.first(where: { world.disk.exists($0 + "/region.yaml") }) else {
            throw Failure(
                "demo.noNodes", "neither Nodes/demo nor PREFIX/share/yilian/Nodes/demo is to be found from here",
                remedy: "run it in the checkout, or say --nodes DIR")
        }
        return place
    }

    private static func program() throws -> String {
        guard let path = Bundle.main.executablePath else {
            throw Failure("demo.noProgram", "the path of this program is not known")
        }
        return path
    }
}
