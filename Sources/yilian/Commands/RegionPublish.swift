import ArgumentParser
import Console
import Effects
import Ledgers
import Regions
import ServiceKit
import Trust
import VerbKit

/// The verb `yilian region publish`.
struct RegionPublish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Sign a region.yaml with what the authority has on record, and hand it out.",
        discussion: """
            Attaches the nodes' keys, the revocations and the patient key epochs of the authority's folder, signs, and
            writes the file that every node reads. With --data or --url it is handed to the dispatcher, from where it
            goes to everybody. Refused where the secret of a published epoch is missing. What was published and the folder
            has not on record any more stays: revocations, and the keys of nodes. Exit code 3: published, but a node of
            region.yaml has no keys yet, or something stays that the folder lost.

            Example: yilian region publish region.yaml --authority authority --data /var/lib/yilian/diaodu
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The region's file.", valueName: "region.yaml"))
    var file: String

    @Option(help: ArgumentHelp("The folder of the region's authority.", valueName: "dir"))
    var authority: String

    @Option(help: ArgumentHelp("Where to write it too, beside the authority's folder.", valueName: "file"))
    var out: String?

    private struct Answer: Codable {
        var region: String
        var version: UInt64
        var validFrom: String
        var file: String
        var nodesWithoutKeys: [String]
        /// What stays although the folder has it not on record.
        var kept: [String]
        /// The version that the node has to which it was handed.
        var acceptedVersion: UInt64?
    }

    func run() async throws {
        let world = World.system
        let folder = AuthorityFolder(path: Paths.absolute(authority), world: world)
        let known = PublishedRegion(rootKey: try folder.regionPublicKey(), disk: world.disk)
        let paths = [folder.publishedPath, out.map(Paths.absolute)].compactMap { $0 }
        let written = try known.all(paths: paths, node: nil).last
        let held = node.isGiven ? try await node.talk { try await $0.ask(RegionEndpoints.file) } : nil
        let published = try known.all(paths: paths, node: held)
        let publication = try RegionPublication(authority: folder, world: world).make(yaml: file, known: published)
        if let published = published.last, published.version < publication.configuration.version {
            // A node may have missed a version and knows less of what is past; here it is known which came before.
            try published.checkPast(in: publication.configuration, isDirect: true)
        }
        // A file that no node was given may be replaced: what the node has counts, where one is asked.
        if let given = held == nil ? written : try known.all(paths: [], node: held).last {
            try Self.checkVersion(of: publication.configuration, after: given)
        }
        let bytes = try publication.signed.wireBytes()
        var accepted: UInt64?
        if node.isGiven {
            // The node says whether it may take the place of what is in force, before a file does.
            let acceptance = try await node.talk {
                try await $0.ask(RegionEndpoints.publish, Upload(bytes, NoQuestion()))
            }
            accepted = acceptance.version
        } else {
            _ = try written?.isReplaced(by: publication.configuration)
        }
        for path in paths { try world.disk.write(bytes, to: path, mode: 0o644) }
        let answer = Answer(
            region: publication.configuration.region.rawValue, version: publication.configuration.version,
            validFrom: publication.configuration.validFrom.description, file: paths.last ?? folder.publishedPath,
            nodesWithoutKeys: publication.nodesWithoutKeys.map(\.rawValue), kept: publication.kept,
            acceptedVersion: accepted)
        if output.json { try Terminal.json(answer) } else { show(answer, publication.configuration) }
        if !answer.nodesWithoutKeys.isEmpty || !answer.kept.isEmpty { throw ExitCode.degraded }
    }

    /// Under one version there is one content; what the authority has on record is part of it, and no line of region.yaml.
    private static func checkVersion(of new: RegionConfiguration, after published: RegionConfiguration) throws {
        guard new.version == published.version else { return }
        let changes = RegionDifference(from: published, to: new).changes.map(\.description)
        guard let first = changes.first else { return }
        let more = changes.count == 1 ? "" : ", and \(changes.count - 1) more changes"
        throw Failure(
            "region.sameVersion", "version \(new.version) was published with another content: \(first)\(more)",
            remedy: "publish this under version \(published.version + 1): count 'version' in region.yaml up")
    }

    private func show(_ answer: Answer, _ configuration: RegionConfiguration) {
        Terminal.line("region '\(answer.region)' version \(answer.version), signed: \(answer.file)")
        for item in answer.kept { Terminal.line("! kept as it was published, and not on record here: \(item)") }
        if !answer.kept.isEmpty {
            Terminal.line(
                "! \(authority) is older than what was published: bring nodes/ and revocations.json back from its newest "
                    + "copy, and publish again; `yilian cert list \(authority)` shows what is on record")
        }
        if let accepted = answer.acceptedVersion {
            Terminal.line("handed to the node, which has version \(accepted) now")
        }
        if configuration.validFrom > World.system.time.wallTime {
            Terminal.line(
                "it waits everywhere until \(configuration.validFrom.chinaText); its revocations hold at once")
        }
        for name in answer.nodesWithoutKeys {
            Terminal.line("! node '\(name)' has no keys: yilian cert issue \(authority) \(name)")
        }
    }
}
