import ArgumentParser
import Console
import Effects
import Ledgers
import NodeRuntime
import Regions
import Trust
import VerbKit

/// The verb `yilian region diff`.
struct RegionDiff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Say in words what changes from one region configuration to another.",
        discussion: """
            Each may be a signed file, of `region publish` or from a node's data folder, or a region.yaml. A yaml holds no
            keys, revocations and epochs: beside a signed file they are left out.

            Example: yilian region diff /var/lib/yilian/diaodu/region.accepted authority/region.configuration
            Example: yilian region diff authority/region.configuration region.yaml
            """)

    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("What was.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("What is to be.", valueName: "new"))
    var new: String

    @Option(
        help: ArgumentHelp("The region's root public key: the signatures are checked too.", valueName: "region.pub"))
    var root: String?

    private struct Line: Codable {
        var kind: String
        var subject: String
        var detail: String
    }

    func run() async throws {
        let disk = World.system.disk
        let key = try root.map { try KeyFile.publicKey(at: $0, disk: disk) }
        var (before, after) = (try Self.read(old, key, disk), try Self.read(new, key, disk))
        if before.isSigned != after.isSigned {
            Self.withoutRecords(&before.configuration)
            Self.withoutRecords(&after.configuration)
        }
        let changes = RegionDifference(from: before.configuration, to: after.configuration).changes
        if output.json {
            try Terminal.json(changes.map { Line(kind: $0.kind, subject: $0.subject, detail: $0.detail) })
            return
        }
        for change in changes { Terminal.line(change.description) }
        if changes.isEmpty { Terminal.line("nothing changes") }
    }

    private static func read(
        _ path: String, _ key: PublicKey?, _ disk: any Disk
    ) throws -> (configuration: RegionConfiguration, isSigned: Bool) {
        if path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
            return (try RegionFile.read(at: path, on: World.system.disk, sections: ServiceList.sections), false)
        }
        let bytes = try disk.read(path, limitBytes: Limits.configurationFileBytes)
        return try Failure.naming(path) {
            let signed = try SignedRegionConfiguration(wireBytes: bytes)
            let sections = ServiceList.sections.region
            let read = try key.map { try RegionRegistry.open(signed, rootKey: $0, sections: sections) }
            return (try read ?? signed.configuration(reading: sections), true)
        }
    }

    private static func withoutRecords(_ configuration: inout RegionConfiguration) {
        configuration.revokedCertificates = []
        configuration.patientKeyEpochs = []
        for index in configuration.nodes.indices {
            configuration.nodes[index].ledgerKeys = []
            configuration.nodes[index].boxPublicKey = nil
        }
    }
}
