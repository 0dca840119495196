import ArgumentParser
import Console
import Effects
import Regions
import Trust
import VerbKit

/// The verb `yilian cert list`.
struct CertList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show everything with an end: certificates, ledger keys, the authority itself.",
        discussion: """
            Exit code 3 where something is to be replaced now: a node's newest certificate or ledger key that ends within
            \(ListedCertificate.usualWarningDays) days, or the authority's certificate that would not outlive a renewal.

            Example: yilian cert list authority
            """)

    @OptionGroup var authority: AuthorityOption
    @OptionGroup var output: OutputOptions

    private struct Line: Codable {
        var kind: String
        var node: String
        var serial: String
        var from: String
        var to: String
        var daysLeft: Int
        var warningDays: Int
        var isEnding: Bool
        var revokedAt: String?
        var reason: String?

        init(_ item: ListedCertificate) {
            kind = item.kind.rawValue
            node = item.node
            serial = item.serial
            from = item.from.description
            to = item.to.description
            daysLeft = item.daysLeft
            warningDays = item.warningDays
            isEnding = item.isEnding
            revokedAt = item.revocation?.at.description
            reason = item.revocation?.reason
        }
    }

    func run() async throws {
        let listed = try authority.folder.list()
        if output.json {
            try Terminal.json(listed.map(Line.init))
        } else {
            var table = TextTable("NODE", "WHAT", "SERIAL", "FROM", "TO", ">DAYS LEFT", "STATE")
            for item in listed {
                table.add(
                    item.node, Self.name(item.kind), item.serial, item.from.chinaText, item.to.chinaText,
                    "\(item.daysLeft) d", Self.state(item))
            }
            Terminal.line(table.text)
        }
        if listed.contains(where: \.isEnding) { throw ExitCode.degraded }
    }

    private static func name(_ kind: ListedCertificate.Kind) -> String {
        switch kind {
        case .authority: "authority"
        case .node: "certificate"
        case .ledgerKey: "ledger key"
        }
    }

    private static func state(_ item: ListedCertificate) -> String {
        if let revocation = item.revocation { return "revoked \(revocation.at.chinaText): \(revocation.reason)" }
        if item.isEnding { return item.daysLeft < 0 ? "! has ended" : "! ends soon" }
        return item.isReplaced ? "replaced" : "-"
    }
}
