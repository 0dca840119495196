import Accounts
import ArgumentParser
import Console
import ConsoleKit
import Effects
import ServiceKit
import VerbKit

/// The verbs of `yilian account`.
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Keep the accounts with which people sign in at a node's console.",
        discussion: "Example: yilian account create zhou --person 周示例 --role operator --data DIR",
        subcommands: [
            AccountList.self, AccountCreate.self, AccountGrant.self, AccountVerb<AccountUnlock>.self,
            AccountVerb<AccountDisable>.self, AccountVerb<AccountEnable>.self, AccountVerb<AccountReset>.self,
            AccountVerb<AccountLink>.self, AccountEvents.self,
        ])
}

/// The verb `yilian account list`.
struct AccountList: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show every account, its roles, and whether it is locked or disabled.",
        discussion: "Example: yilian account list --data DIR")
    static let endpoint = AccountEndpoints.list

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func show(_ accounts: [AccountEndpoints.Info]) {
        var table = TextTable(
            "NAME", "PERSON", "ROLES", "PRACTITIONER", "UNIT", "LAST SIGN-IN", "LOCKED UNTIL", "DISABLED", "DIRECTORY")
        for account in accounts {
            table.add(
                account.name, account.person,
                account.roles.isEmpty ? "none" : account.roles.map(\.rawValue).joined(separator: " "),
                account.practitioner ?? "-", account.unit ?? "-", Shown.moment(account.lastSignIn),
                Shown.moment(account.lockedUntil), Shown.moment(account.disabledAt), account.directory ?? "-")
        }
        Terminal.line(accounts.isEmpty ? "none" : table.text)
    }
}

/// What an account may do, and who it is in a unit's register.
struct RoleOptions: ParsableArguments {
    static let roles = ConsoleRole.allCases.map(\.rawValue).joined(separator: ", ")

    @Option(help: ArgumentHelp("One of \(RoleOptions.roles); may be repeated.", valueName: "role"))
    var role: [String] = []

    @Option(help: ArgumentHelp("The person in the unit's register of practitioners.", valueName: "id"))
    var practitioner: String?

    @Option(help: ArgumentHelp("The unit where the person works.", valueName: "unit"))
    var unit: String?

    func validate() throws { _ = try checked() }

    func checked() throws -> [ConsoleRole] {
        try role.map { name in
            guard let role = ConsoleRole(rawValue: name) else {
                throw ValidationError("--role is one of \(Self.roles).")
            }
            return role
        }
    }
}

/// The verb `yilian account create`.
struct AccountCreate: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make an account and show its first password, once.",
        discussion: """
            The person signs in with it within three days, chooses another one and binds a phone that shows codes. Without
            --role somebody else has to grant roles. The three administrators are three people: none of them has another
            role. A doctor and an expert need --practitioner and --unit, as the unit's register has them.

            Example: yilian account create admin --person 林示例 --role systemAdministrator --data DIR
            Example: yilian account create shi --person 石示例 --role doctor --practitioner dr-shi --unit yx-yy --data DIR
            """)
    static let endpoint = AccountEndpoints.create

    @OptionGroup var node: NodeOptions
    @OptionGroup var roles: RoleOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "By what the person signs in: small letters, digits, '.' and '-'.")
    var name: String

    @Option(help: "How the person is called.")
    var person: String

    func question() throws -> AccountEndpoints.Order {
        AccountEndpoints.Order(
            name: name, person: person, roles: try roles.checked(), practitioner: roles.practitioner, unit: roles.unit)
    }

    func show(_ opening: AccountEndpoints.Opening) { opening.show() }
}

extension AccountEndpoints.Opening {
    /// Shows a first password.
    fileprivate func show() {
        Terminal.say(Wording("account: {1}", "账号：{1}"), name)
        Terminal.say(Wording("first password: {1}", "首次口令：{1}"), password)
        Terminal.say(Wording("it holds until {1} and is not shown again", "有效到 {1}，不再显示"), Shown.moment(until))
    }
}

/// The verb `yilian account grant`.
struct AccountGrant: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "Give an account these roles and no others; its sessions end.",
        discussion: """
            Without --role it has none afterwards.

            Example: yilian account grant shi --role doctor --role expert --practitioner dr-shi --unit yx-yy --data DIR
            """)
    static let endpoint = AccountEndpoints.grant

    @OptionGroup var node: NodeOptions
    @OptionGroup var roles: RoleOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The account's name.")
    var name: String

    func question() throws -> AccountEndpoints.Grant {
        AccountEndpoints.Grant(
            name: name, roles: try roles.checked(), practitioner: roles.practitioner, unit: roles.unit)
    }

    func show(_ account: AccountEndpoints.Info) {
        let roles = account.roles.map(\.rawValue).joined(separator: ", ")
        Terminal.say(
            Wording("{1} has the roles: {2}", "{1} 的角色：{2}"), account.name, roles.isEmpty ? "-" : roles)
    }
}

/// A verb about one account that needs nothing but its name.
struct AccountVerb<Change: AccountChange>: AskingVerb {
    static var configuration: CommandConfiguration { Change.configuration }
    static var endpoint: Endpoint<AccountEndpoints.Choice, Change.Answer> { Change.endpoint }

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The account's name.")
    var name: String

    func question() -> AccountEndpoints.Choice { AccountEndpoints.Choice(name: name) }

    func show(_ answer: Change.Answer) { Change.show(answer) }
}

/// What is done to one account.
protocol AccountChange {
    associatedtype Answer: Encodable & Sendable
    static var configuration: CommandConfiguration { get }
    static var endpoint: Endpoint<AccountEndpoints.Choice, Answer> { get }
    static func show(_ answer: Answer)
}

/// What the verb `yilian account unlock` does.
enum AccountUnlock: AccountChange {
    static let configuration = CommandConfiguration(
        commandName: "unlock", abstract: "Let an account try again that wrong passwords or codes have locked.",
        discussion: "Example: yilian account unlock shi --data DIR")
    static let endpoint = AccountEndpoints.unlock

    static func show(_ account: AccountEndpoints.Info) {
        Terminal.say(Wording("{1} may try again", "{1} 可以再试了"), account.name)
    }
}

/// What the verb `yilian account disable` does.
enum AccountDisable: AccountChange {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Keep an account out; its sessions end at once.",
        discussion: "Example: yilian account disable shi --data DIR")
    static let endpoint = AccountEndpoints.disable

    static func show(_ account: AccountEndpoints.Info) {
        Terminal.say(Wording("{1} is kept out", "{1} 已停用"), account.name)
    }
}

/// What the verb `yilian account enable` does.
enum AccountEnable: AccountChange {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Let an account in again that was disabled.",
        discussion: "Example: yilian account enable shi --data DIR")
    static let endpoint = AccountEndpoints.enable

    static func show(_ account: AccountEndpoints.Info) {
        Terminal.say(Wording("{1} is let in again", "{1} 已启用"), account.name)
    }
}

/// What the verb `yilian account reset` does.
enum AccountReset: AccountChange {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Make a new first password and forget the phone of an account.",
        discussion: """
            For somebody who has lost the password or the phone and the recovery codes. Make sure who asks.

            Example: yilian account reset shi --data DIR
            """)
    static let endpoint = AccountEndpoints.reset

    static func show(_ opening: AccountEndpoints.Opening) { opening.show() }
}

/// What the verb `yilian account link` does.
enum AccountLink: AccountChange {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Make a link that signs an account in once, without password and code.",
        discussion: """
            Only at a node whose file says 'oneTimeLinks: true' under 'console', as the demo's do: where nothing is real.
            It holds for an hour.

            Example: yilian account link shi --data DIR
            """)
    static let endpoint = AccountEndpoints.link

    static func show(_ link: AccountEndpoints.Link) {
        Terminal.line(link.path)
        Terminal.say(
            Wording("once, until {1}; behind the console's address", "一次有效，到 {1}；接在控制台地址后面"), Shown.moment(link.until))
    }
}

/// The verb `yilian account events`.
struct AccountEvents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Show sign-ins, wrong ones and what was changed, the newest first.",
        discussion: """
            They are kept for 200 days.

            Example: yilian account events --limit 50 --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var limit: LimitOption

    func run() async throws {
        let question = AccountEndpoints.EventQuestion(limit: limit.asked)
        let found = try await node.talk { try await $0.ask(AccountEndpoints.events, question) }
        try limit.show(found, isForPeople: !output.json) { events in
            if output.json { return try Terminal.json(events) }
            var table = TextTable("AT", "NAME", "EVENT", "BY", "ADDRESSES")
            for event in events {
                table.add(
                    Shown.moment(event.at), event.account, event.action.rawValue, event.actor,
                    event.address.isEmpty ? "-" : event.address)
            }
            Terminal.line(events.isEmpty ? "none" : table.text)
        }
    }
}
