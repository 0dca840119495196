import ArgumentParser
import Effects
import Links

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serves an echo desk until it is ended; prints one line of JSON.")

    @Option(help: "The folder to write the certificates to; it must not be anybody else's.")
    var certs: String

    @Option(help: "The port; 0 lets the system choose.")
    var port = 0

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("an option is out of its range; see --help") }
    }

    func run() async throws {
        let folder = LoadFolder(path: certs)
        try folder.issue()
        let node = try await LoadNode(credentials: folder.credentials(LoadNode.server), parent: nil)
        let desk = EchoDesk(system: node.system)
        let address = try await node.hub.listen(on: LinkAddress(host: host, port: port))
        StandardStream.write("{\"port\":\(address.port),\"certs\":\"\(certs)\"}\n", toError: false)
        await node.hub.run()
        withExtendedLifetime(desk) {}
    }
}
