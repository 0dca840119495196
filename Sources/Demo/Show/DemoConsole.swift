import Accounts
import Console
import ConsoleKit
import Effects

/// The people of the demo at their consoles: an account for each, and a link that signs in once.
struct DemoConsole {
    let stage: DemoStage
    let printer: DemoPrinter

    private struct Person {
        let node: String
        let account: AccountEndpoints.Order
        /// What there is to look at.
        let hint: String

        init(
            _ node: String, _ name: String, _ person: String, _ roles: ConsoleRole..., practitioner: String? = nil,
            unit: String? = nil, hint: String
        ) {
            self.node = node
            account = AccountEndpoints.Order(
                name: name, person: person, roles: roles, practitioner: practitioner, unit: unit)
            self.hint = hint
        }
    }

    /// Names that nobody has; practitioners and units are the region's.
    private static let people = [
        Person("yangquan-shi", "qin", "秦示例", .operator, hint: "all nodes: Region, Alerts"),
        Person("pingding", "wu", "吴示例", .operator, hint: "a county and its townships: Links, Queues"),
        Person(
            "yuxian", "shi", "石示例", .doctor, practitioner: "yuxian-doctor", unit: "yuxian-renmin",
            hint: "a patient's results, and what goes elsewhere"),
        Person(
            "pingding", "li", "李示例", .expert, practitioner: "ecg-li", unit: "pingding-renmin",
            hint: "what waits for an answer"),
        Person(
            "pingding", "zhi", "支示例", .qualityControl, practitioner: "pingding-zhikong", unit: "pingding-renmin",
            hint: "what hospitals sent, and what went wrong"),
        Person("pingding", "shen", "申示例", .auditor, hint: "who looked at whom, why, and was it justified"),
        Person("yuxian", "yu", "余示例", .auditor, hint: "the same of another county"),
        Person("pingding", "xi", "席示例", .systemAdministrator, hint: "Accounts"),
        Person("pingding", "an", "安示例", .securityAdministrator, hint: "Accounts: roles"),
        Person("pingding", "ji", "纪示例", .auditAdministrator, hint: "Sign-ins"),
    ]

    /// Makes the accounts and says where each signs in.
    func open() async throws {
        var lines: [[String]] = []
        for person in Self.people {
            guard let node = stage.nodes.first(where: { $0.id == person.node }), let console = node.consoleURL else {
                continue
            }
            let link = try await stage.client(node) { client in
                _ = try await client.ask(AccountEndpoints.create, person.account)
                return try await client.ask(AccountEndpoints.link, .init(name: person.account.name))
            }
            let roles = person.account.roles.map(\.word.english).joined(separator: ", ")
            lines.append(["\(roles), \(person.node)", person.hint, console + link.path])
        }
        guard !lines.isEmpty else { return }
        printer.heading("The console: each link signs one person in, once, within the hour")
        printer.say("  the certificate is the demo region's own, which a browser does not know: go on past its warning")
        for line in lines { printer.say("  \(line[0]): \(line[1])\n    \(line[2])") }
    }
}
