import ArgumentParser
import Effects
import Trust

/// The verbs of `yilian cert`.
struct CertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cert", abstract: "Make a region's authority; issue, renew, revoke and list certificates.",
        discussion: """
            Works in the authority's folder, without a node. Certs/README.md says what each file is.

            Example: yilian cert init authority --region yangquan
            """,
        subcommands: [
            CertInit.self, CertIssue.self, CertRenew.self, CertRevoke.self, CertList.self, CertAdopt.self,
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

    /// What was given, beside the machine itself.
    var hosts: CertificateHosts {
        CertificateHosts(
            dnsNames: CertificateHosts.loopback.dnsNames + dns, ipAddresses: CertificateHosts.loopback.ipAddresses + ip)
    }
}

/// The verb `yilian cert init`.
struct CertInit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make the authority and the region's signing key, once per region.",
        discussion: "Example: yilian cert init authority --region yangquan --suite ed25519")

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
    }

    func run() async throws {
        guard let suite = SuiteID(rawValue: suite) else { throw ValidationError("--suite is ed25519 or sm2.") }
        let (_, key) = try authority.folder.initialise(region: region, suite: suite)
        if output.json {
            try Terminal.json(
                Answer(
                    region: region, suite: suite.rawValue, regionKey: key.id.hex, folder: authority.folder.path))
        } else {
            Terminal.line("The authority of region '\(region)' stands in \(authority.folder.path).")
            Terminal.line("Region key \(key.id), suite \(suite.rawValue). Back up region.key and ca.key offline.")
        }
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
        let facts = try authority.folder.issue(node: node, validityDays: host.days, hosts: host.hosts)
        try CertAnswer.show(facts, in: authority.folder, json: output.json)
    }
}

/// The verb `yilian cert renew`.
struct CertRenew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew", abstract: "Issue a further certificate to a node; the old one stays valid to its end.",
        discussion: """
            Copy tls.key and tls.crt to the node together, then send it SIGHUP.

            Example: yilian cert renew authority pingding --new-ledger-key
            """)

    @OptionGroup var authority: AuthorityOption
    @OptionGroup var host: HostOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The node's id in region.yaml.", valueName: "node"))
    var node: String

    @Flag(help: "Make a new ledger key too.")
    var newLedgerKey = false

    @Option(help: ArgumentHelp("How many days the old ledger key's seals are still accepted.", valueName: "days"))
    var overlapDays: Int = 7

    func run() async throws {
        let facts = try authority.folder.renew(
            node: node, validityDays: host.days, hosts: host.hosts, newLedgerKey: newLedgerKey,
            overlapDays: overlapDays)
        try CertAnswer.show(facts, in: authority.folder, json: output.json)
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
            Terminal.line("Publish the region's configuration now: `yilian region publish`.")
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
        let facts = try authority.folder.adopt(certificatePEM: try World.system.disk.readText(certificate))
        try CertAnswer.show(facts, in: authority.folder, json: output.json)
    }
}
