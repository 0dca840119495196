import ArgumentParser
import Console
import Effects
import Regions
import Trust

/// The verb `yilian cert list`.
struct CertList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show every certificate: node, serial, validity, days left, revoked.",
        discussion: """
            Exit code 3 where a certificate that is not revoked runs out within 30 days.

            Example: yilian cert list authority
            """)

    @OptionGroup var authority: AuthorityOption
    @OptionGroup var output: OutputOptions

    private static let warningDays = 30

    private struct Line: Codable {
        var node: String
        var serial: String
        var from: String
        var to: String
        var daysLeft: Int
        var revokedAt: String?
        var reason: String?
    }

    func run() async throws {
        let listed = try authority.folder.list()
        if output.json {
            try Terminal.json(
                listed.map {
                    Line(
                        node: $0.node, serial: $0.serial, from: $0.from.description, to: $0.to.description,
                        daysLeft: $0.daysLeft, revokedAt: $0.revocation?.at.description, reason: $0.revocation?.reason)
                })
        } else {
            var table = TextTable("NODE", "SERIAL", "FROM", "TO", ">DAYS LEFT", "REVOKED")
            for item in listed {
                table.add(
                    item.node, item.serial, item.from.chinaText, item.to.chinaText, "\(item.daysLeft) d",
                    item.revocation.map { "\($0.at.chinaText): \($0.reason)" } ?? "-")
            }
            Terminal.line(table.text)
        }
        // A node is in danger where its newest certificate is.
        let newest = Dictionary(grouping: listed.filter { $0.revocation == nil }, by: \.node)
            .mapValues { $0.map(\.daysLeft).max() ?? 0 }
        if newest.values.contains(where: { $0 < Self.warningDays }) { throw ExitCode.degraded }
    }
}
