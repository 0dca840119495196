import ArgumentParser
import Console
import Effects
import Regions
import Trust
import VerbKit

/// The verbs of `yilian cert`.
struct CertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cert",
        abstract: "Make a region's authority; issue, renew, revoke and list certificates; keep its secrets.",
        discussion: """
            Works in the authority's folder, without a node. `yilian cert init` says what each file is, `yilian cert list`
            which certificates and keys there are.

            Example: yilian cert init authority --region yangquan
            """,
        subcommands: [
            CertInit.self, CertIssue.self, CertRenew.self, CertProlong.self, CertRevoke.self, CertList.self,
            CertAdopt.self, CertEpoch.self,
        ])
}

/// The folder in which the region's authority lives.
struct AuthorityOption: ParsableArguments {
    @Argument(help: ArgumentHelp("The folder of the region's authority.", valueName: "dir"))
    var authority: String

    var folder: AuthorityFolder { AuthorityFolder(path: Paths.absolute(authority), world: .system) }
}

/// Names and addresses that a certificate carries for clients that look at host names.
struct HostOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A DNS name of the node; may be repeated.", valueName: "name"))
    var dns: [String] = []

    @Option(help: ArgumentHelp("An IP address of the node; may be repeated.", valueName: "address"))
    var ip: [String] = []

    @Option(help: ArgumentHelp("For how many days it is valid.", valueName: "days"))
    var days: Int = RegionAuthority.defaultNodeValidityDays

    /// What was given.
    var hosts: CertificateHosts { CertificateHosts(dnsNames: dns, ipAddresses: ip) }
}

/// The verb `yilian cert init`.
struct CertInit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make the authority and the region's keys, once per region.",
        discussion: """
            Makes the authority, the key that signs the region's configuration, and the secret of the first epoch of
            patient keys, and names every file that is to be kept.

            Example: yilian cert init authority --region yangquan --suite ed25519
            """)

    @OptionGroup var authority: AuthorityOption
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The region's id; it stands in every certificate and never changes.", valueName: "id"))
    var region: String

    @Option(help: "ed25519 (Ed25519, SHA-256) or sm2 (SM2, SM3).")
    var suite: String = SuiteID.ed25519.rawValue

    private struct Answer: Codable {
        var region: String
        var suite: String
        var regionKey: String
        var folder: String
        /// What is to be kept, by the names in the folder.
        var keep: [String]
    }

    /// What is to be kept, and what is lost without it.
    static let kept: [(file: String, without: String)] = [
        ("ca.key", "no further certificate can be issued"),
        ("ca.crt", "nobody believes the certificates that were issued"),
        ("region.key", "no further configuration can be published: the region ends"),
        ("region.pub", "no further node can be installed"),
        ("patient-key-epoch-*.key", "nobody finds the results of that epoch; one more file with each epoch"),
        ("nodes/", "nobody knows which keys the nodes have"),
        ("revocations.json", "nobody knows who was revoked"),
        ("region.configuration", "nobody knows what was published last"),
    ]

    func run() async throws {
        guard let suite = SuiteID(rawValue: suite) else { throw ValidationError("--suite is ed25519 or sm2.") }
        let folder = authority.folder
        let epochs = PatientEpochFolder(authority: folder, world: .system)
        let (_, key) = try folder.initialise(region: region, suite: suite)
        // The first epoch has no beginning: a node whose clock is behind makes patient keys too.
        let secret = PatientKeySecret(epoch: 1, suite: Suite(suite), random: World.system.random)
        try epochs.keep(.init(secret: secret, from: .epoch), region: try RegionID(region))
        if output.json {
            try Terminal.json(
                Answer(
                    region: region, suite: suite.rawValue, regionKey: key.id.hex, folder: folder.path,
                    keep: Self.kept.map(\.file)))
            return
        }
        Terminal.line("The authority of region '\(region)' stands in \(folder.path).")
        Terminal.line("Region key \(key.id), suite \(suite.rawValue).")
        Terminal.line("Keep a copy of the whole folder offline, and make it again after each verb that changes it:")
        var table = TextTable("FILE", "WITHOUT IT")
        for item in Self.kept { table.add(item.file, item.without) }
        Terminal.line(table.text)
    }
}

/// The verb `yilian cert issue`.
struct CertIssue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "Issue a node's certificate and make its keys.",
        discussion: """
            Writes DIR/NODE, which is moved to the node as it is. Publish the region's configuration afterwards.

            Example: yilian cert issue authority pingding --dns pingding.example.org
            """)

    @OptionGroup var authority: AuthorityOption
    @OptionGroup var host: HostOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The node's id in region.yaml.", valueName: "node"))
    var node: String

    func run() async throws {
        let facts = try authority.folder.issue(
            node: node, validityDays: host.days, hosts: CertificateHosts.loopback.adding(host.hosts))
        try CertAnswer(facts: facts, folder: authority.folder).show(.issued, json: output.json)
    }
}

/// The verb `yilian cert renew`.
struct CertRenew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew", abstract: "Issue a further certificate to a node; the old one stays valid to its end.",
        discussion: """
            Copy tls.key and tls.crt to the node together, then send it SIGHUP. The names of the certificate before are
            kept; --dns and --ip add to them, --drop takes one away. Nothing is to be published, except for a new ledger
            key: then publish first, and copy ledger.key with the ledger-ID.key beside it.

            Example: yilian cert renew authority pingding --new-ledger-key
            """)

    @OptionGroup var authority: AuthorityOption
    @OptionGroup var host: HostOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The node's id in region.yaml.", valueName: "node"))
    var node: String

    @Option(
        help: ArgumentHelp("A name or address that the new one does not carry; may be repeated.", valueName: "name"))
    var drop: [String] = []

    @Flag(help: "Make a new ledger key too.")
    var newLedgerKey = false

    @Option(help: ArgumentHelp("How many days the old ledger key's seals are still accepted.", valueName: "days"))
    var overlapDays: Int = 7

    func run() async throws {
        let facts = try authority.folder.renew(
            node: node, validityDays: host.days, adding: host.hosts, dropping: drop, newLedgerKey: newLedgerKey,
            overlapDays: overlapDays)
        try CertAnswer(facts: facts, folder: authority.folder)
            .show(newLedgerKey ? .renewedWithLedgerKey : .renewed, dropped: drop, json: output.json)
    }
}

/// The verb `yilian cert revoke`.
struct CertRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Put a certificate, or all of a node's, on the list of revocations.",
        discussion: """
            Takes effect when the region's configuration is published with it.

            Example: yilian cert revoke authority pingding --reason "the machine was stolen"
            """)

    @OptionGroup var authority: AuthorityOption
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("A serial number, or a node's id.", valueName: "serial|node"))
    var target: String

    @Option(help: ArgumentHelp("Why; for people.", valueName: "text"))
    var reason: String

    func run() async throws {
        let added = try authority.folder.revoke(target, reason: reason)
        if output.json {
            try Terminal.json(added)
        } else {
            for revocation in added { Terminal.line("revoked \(revocation.serial) of \(revocation.node)") }
            Terminal.line(
                "Publish the region's configuration now, under a higher version: `yilian region publish region.yaml "
                    + "--authority \(authority.folder.path) --data DIR` with the dispatcher's data folder.")
        }
    }
}

/// The verb `yilian cert adopt`.
struct CertAdopt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "Take a certificate on record that an own PKI issued to a node.",
        discussion: "Example: yilian cert adopt authority pingding.crt")

    @OptionGroup var authority: AuthorityOption
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The certificate, PEM.", valueName: "file"))
    var certificate: String

    func run() async throws {
        let text = try World.system.disk.readText(certificate)
        let facts = try Failure.naming(certificate) { try authority.folder.adopt(certificatePEM: text) }
        try CertAnswer(facts: facts, folder: authority.folder).show(.adopted, json: output.json)
    }
}
