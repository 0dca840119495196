import ArgumentParser
import Console
import Effects
import Ledgers
import Regions
import Trust

/// The verbs of `yilian region`.
struct RegionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "region", abstract: "Check, publish, bring and show the region's configuration.",
        discussion: """
            Nodes/README.md explains region.yaml.

            Example: yilian region check region.yaml
            """,
        subcommands: [RegionCheck.self, RegionPublish.self, RegionAccept.self, RegionShow.self])
}

/// The verb `yilian region check`.
struct RegionCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Look at a region.yaml and change nothing.",
        discussion: """
            Shows every problem with its file and line, and what the recognition catalogue holds.

            Example: yilian region check Nodes/demo/region.yaml
            """)

    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The file.", valueName: "region.yaml"))
    var file: String

    private struct Answer: Codable {
        var problems: [ProblemInfo]
        /// What the file holds, where nothing is wrong with it.
        var holds: Contents?
    }

    private struct Contents: Codable {
        var region: String
        var version: UInt64
        var nodes: Int
        var units: Int
        var recognition: RegionInfo.RecognitionContents?

        init(_ configuration: RegionConfiguration) {
            region = configuration.region.rawValue
            version = configuration.version
            nodes = configuration.nodes.count
            units = configuration.organizationUnits.count
            recognition = RegionInfo.RecognitionContents(configuration.recognition)
        }
    }

    func run() async throws {
        let (configuration, problems) = try RegionFile.check(at: file, on: World.system.disk)
        let holds = configuration.map(Contents.init)
        if output.json {
            try Terminal.json(
                Answer(problems: problems.map { ProblemInfo($0.failure, correlation: "") }, holds: holds))
        } else {
            for problem in problems { Terminal.error(problem.description) }
        }
        guard let holds else { throw ExitCode.failure }
        if !output.json {
            Terminal.line(
                "\(file): region '\(holds.region)' version \(holds.version), \(holds.nodes) nodes, "
                    + "\(holds.units) units: in order")
            if let recognition = holds.recognition { Terminal.line(recognition.text) }
        }
    }
}

/// The verb `yilian region publish`.
struct RegionPublish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Sign a region.yaml with what the authority has on record, and hand it out.",
        discussion: """
            Attaches the nodes' keys, the revocations and the patient key epochs of the authority's folder, signs, and
            writes the file that every node reads. With --data or --url it is handed to the dispatcher, from where it
            goes to everybody. Exit code 3: published, but a node of region.yaml has no keys yet.

            Example: yilian region publish region.yaml --authority authority --data /var/lib/yilian/diaodu
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The region's file.", valueName: "region.yaml"))
    var file: String

    @Option(help: ArgumentHelp("The folder of the region's authority.", valueName: "dir"))
    var authority: String

    @Option(help: ArgumentHelp("Where to write it; region.configuration in the authority's folder.", valueName: "file"))
    var out: String?

    private struct Answer: Codable {
        var region: String
        var version: UInt64
        var file: String
        var nodesWithoutKeys: [String]
        /// The version in force at the node to which it was handed.
        var acceptedVersion: UInt64?
    }

    func run() async throws {
        let world = World.system
        let folder = AuthorityFolder(path: Paths.absolute(authority), world: world)
        let path = out ?? folder.path + "/region.configuration"
        let previous = world.disk.exists(path) ? try world.disk.read(path) : nil
        let publication = try RegionPublication(authority: folder, world: world).make(yaml: file, previous: previous)
        try checkSuccession(publication, previous: previous, rootKey: try folder.regionPublicKey())
        let bytes = try publication.signed.wireBytes()
        try world.disk.write(bytes, to: path, mode: 0o644)
        var accepted: UInt64?
        if node.isGiven {
            let acceptance: RegionAcceptance = try await node.talk { try await $0.post("region", bytes: bytes) }
            accepted = acceptance.version
        }
        let lacking = publication.nodesWithoutKeys.map(\.rawValue)
        let answer = Answer(
            region: publication.configuration.region.rawValue, version: publication.configuration.version, file: path,
            nodesWithoutKeys: lacking, acceptedVersion: accepted)
        if output.json {
            try Terminal.json(answer)
        } else {
            Terminal.line("region '\(answer.region)' version \(answer.version), signed: \(path)")
            if let accepted { Terminal.line("handed to the node, where version \(accepted) is in force") }
            for name in lacking {
                Terminal.line("! node '\(name)' has no keys: yilian cert issue \(authority) \(name)")
            }
        }
        if !lacking.isEmpty { throw ExitCode.degraded }
    }

    /// The file that stands there must be an older version, or the very same.
    private func checkSuccession(
        _ publication: RegionPublication.Signed, previous: [UInt8]?, rootKey: PublicKey
    ) throws {
        guard let previous, let signed = try? SignedRegionConfiguration(wireBytes: previous),
            let before = try? RegionRegistry.open(signed, rootKey: rootKey)
        else { return }
        _ = try before.isReplaced(by: publication.configuration)
    }
}
