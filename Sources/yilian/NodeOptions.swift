import ArgumentParser
import Console
import Effects
import Trust

/// Which node a verb talks to: the one of a data folder on this machine, or one over HTTPS with an operator's token.
struct NodeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The data folder of a node on this machine.", valueName: "dir"))
    var data: String?

    @Option(help: ArgumentHelp("The operator's interface of a node elsewhere.", valueName: "https://host:port"))
    var url: String?

    @Option(help: ArgumentHelp("A file (mode 0600) with an operator's token, for --url.", valueName: "file"))
    var tokenFile: String?

    @Option(help: ArgumentHelp("The certificate of the region's authority, for --url.", valueName: "file"))
    var ca: String?

    func validate() throws {
        if data != nil, url != nil { throw ValidationError("--data and --url exclude each other.") }
        if url != nil, tokenFile == nil || ca == nil { throw ValidationError("--url needs --token-file and --ca.") }
        if url == nil, tokenFile != nil || ca != nil { throw ValidationError("--token-file and --ca belong to --url.") }
    }

    var isGiven: Bool { data != nil || url != nil }

    /// Lets `body` talk to the node.
    ///
    /// - Throws: `ValidationError` where neither --data nor --url was given.
    func talk<Value: Sendable>(_ body: (ConsoleClient) async throws -> Value) async throws -> Value {
        try await ConsoleClient.with(try target(), body)
    }

    private func target() throws -> ConsoleClient.Target {
        let disk = World.system.disk
        if let data { return .socket(path: try SocketFile.path(in: Paths.absolute(data))) }
        guard let url, let tokenFile, let ca else {
            throw ValidationError("Say which node is meant: --data DIR, or --url with --token-file and --ca.")
        }
        let token = try PrivateFile.read(tokenFile, disk: disk).filter { !$0.isWhitespace }
        return .https(url: url, token: token, authority: try disk.readText(ca))
    }
}
