import ArgumentParser
import Console
import Effects
import Ledgers
import NodeRuntime
import Regions
import Trust
import VerbKit

/// The verb `yilian region show`.
struct RegionShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the configuration in force at a node, or the one in a signed file.",
        discussion: """
            A file is verified against the region's root public key.

            Example: yilian region show --data /var/lib/yilian/pingding
            Example: yilian region show --file region.configuration --root region.pub
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("A signed configuration, instead of a node.", valueName: "file"))
    var file: String?

    @Option(help: ArgumentHelp("The region's root public key, for --file.", valueName: "region.pub"))
    var root: String?

    func validate() throws {
        if file != nil, root == nil { throw ValidationError("--file needs --root.") }
        if file != nil, node.isGiven { throw ValidationError("--file takes no --data and no --url.") }
    }

    func run() async throws {
        let info = try await info()
        if output.json { try Terminal.json(info) } else { Self.show(info) }
    }

    private func info() async throws -> RegionInfo {
        guard let file, let root else { return try await node.talk { try await $0.ask(RegionEndpoints.show) } }
        let world = World.system
        let bytes = try world.disk.read(file)
        let key = try KeyFile.publicKey(at: root, disk: world.disk)
        let configuration = try Failure.naming(file) {
            try RegionRegistry.open(
                try SignedRegionConfiguration(wireBytes: bytes), rootKey: key, sections: ServiceList.sections.region)
        }
        return RegionInfo(configuration, acceptedAt: nil, now: world.time.wallTime)
    }

    private static func show(_ info: RegionInfo) {
        Terminal.line("\(info.region)  \(info.name)")
        Terminal.line("version \(info.version), suite \(info.suite), valid from \(Shown.moment(info.validFrom))")
        if let accepted = info.acceptedAt { Terminal.line("in force here since \(Shown.moment(accepted))") }
        if let version = info.waitingVersion {
            Terminal.line("version \(version) waits until \(Shown.moment(info.waitingUntil))")
        }
        Terminal.line()
        var nodes = TextTable("NODE", "NAME", "TIER", "PARENT", "UNIT", ">KEYS", "ADDRESSES")
        for node in info.nodes {
            nodes.add(
                node.id, node.name, node.tier, node.parent ?? "-", node.unit, "\(node.ledgerKeys)",
                node.addresses.joined(separator: " "))
        }
        Terminal.line(nodes.text)
        Terminal.line()
        var units = TextTable("UNIT", "NAME", "KIND", "GRADE", "DIVISION", "INSTITUTION", "NODE")
        for unit in info.units {
            units.add(
                unit.id, unit.name, unit.kind, (unit.grade ?? "-") + (unit.isPrivate == true ? " private" : ""),
                unit.division,
                unit.institution ?? "-", unit.node)
        }
        Terminal.line(units.text)
        show(info.deliveries, "DELIVERS TO")
        show(info.delegations, "IS WRITTEN FOR BY")
        show(info.registries ?? [], "KEEPS THE REGISTER AT")
        for table in info.sections.flatMap(\.tables) {
            var shown = TextTable(columns: table.titles)
            for row in table.rows { shown.add(row: row) }
            Terminal.line()
            Terminal.line(shown.text)
        }
        Terminal.line()
        Terminal.line(
            "\(info.revokedCertificates) revoked certificates, \(info.patientKeyEpochs.count) patient key epochs")
        for line in info.sections.flatMap(\.lines) { Terminal.line(line) }
    }

    private static func show(_ lines: [RegionInfo.Line], _ what: String) {
        guard !lines.isEmpty else { return }
        var table = TextTable("UNIT", what, "FROM", "TO")
        for line in lines {
            table.add(
                line.unit, line.node, line.from.map { Shown.moment($0) } ?? "-", line.to.map { Shown.moment($0) } ?? "-"
            )
        }
        Terminal.line()
        Terminal.line(table.text)
    }
}
