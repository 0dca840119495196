package import ArgumentParser
package import Console
import Effects
import Foundation
import Trust

/// Which node a verb talks to: the one of a data folder on this machine, or one over HTTPS with an operator's token.
package struct NodeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The data folder of a node on this machine; else what YILIAN_DATA says.", valueName: "dir"))
    package var data: String?

    @Option(help: ArgumentHelp("The operator's interface of a node elsewhere.", valueName: "https://host:port"))
    package var url: String?

    @Option(help: ArgumentHelp("A file (mode 0600) with an operator's token, for --url.", valueName: "file"))
    package var tokenFile: String?

    @Option(help: ArgumentHelp("The certificate of the region's authority, for --url.", valueName: "file"))
    package var ca: String?

    /// The variable of the environment that stands for --data.
    package static let dataVariable = "YILIAN_DATA"

    package init() {}

    package func validate() throws {
        if data != nil, url != nil { throw ValidationError("--data and --url exclude each other.") }
        if url != nil, tokenFile == nil || ca == nil { throw ValidationError("--url needs --token-file and --ca.") }
        if url == nil, tokenFile != nil || ca != nil { throw ValidationError("--token-file and --ca belong to --url.") }
    }

    /// Whether the command line itself names a node.
    ///
    /// What a verb does only where a node is named (handing out a region) is not done because of the environment.
    package var isGiven: Bool { data != nil || url != nil }

    /// The data folder that is meant, from the root; none with --url, and where nothing names one.
    package var folder: String? {
        guard url == nil else { return nil }
        let named = data ?? ProcessInfo.processInfo.environment[Self.dataVariable]
        return named.flatMap { $0.isEmpty ? nil : Paths.absolute($0) }
    }

    /// Lets `body` talk to the node.
    ///
    /// - Throws: `ValidationError` where nothing says which node is meant.
    package func talk<Value: Sendable>(_ body: (ConsoleClient) async throws -> Value) async throws -> Value {
        try await ConsoleClient.with(try target(), body)
    }

    private func target() throws -> ConsoleClient.Target {
        let disk = World.system.disk
        if let folder {
            guard disk.isDirectory(folder) else {
                throw Failure(
                    "console.notReachable", "there is no such data folder", place: folder,
                    remedy: data == nil
                        ? "\(Self.dataVariable) names it: correct it, or give --data" : "correct --data")
            }
            return .socket(path: try SocketFile.path(in: folder))
        }
        guard let url, let tokenFile, let ca else {
            throw ValidationError(
                "Say which node is meant: --data DIR, \(Self.dataVariable)=DIR in the environment, or --url with "
                    + "--token-file and --ca.")
        }
        let token = try PrivateFile.read(tokenFile, disk: disk).filter { !$0.isWhitespace }
        return .https(url: url, token: token, authority: try disk.readText(ca))
    }
}
