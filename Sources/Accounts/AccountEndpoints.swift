package import ConsoleKit
import Effects
import Regions
package import ServiceKit

/// What somebody asks of the accounts of a node.
package enum AccountEndpoints {
    /// An account without anything that opens it.
    package struct Info: Codable, Sendable, Equatable {
        package var name: String
        package var person: String
        package var roles: [ConsoleRole]
        package var practitioner: String?
        package var unit: String?
        package var createdAt: String
        package var lastSignIn: String?
        package var passwordAt: String
        package var firstPasswordUntil: String?
        package var hasDevice: Bool
        package var lockedUntil: String?
        package var disabledAt: String?
        /// The directory that keeps its password and its roles.
        package var directory: String?
    }

    /// A new account.
    package struct Order: Codable, Sendable, Equatable {
        package var name: String
        package var person: String
        package var roles: [ConsoleRole]
        package var practitioner: String?
        package var unit: String?
        /// Who makes it; the node's user where nobody is named.
        package var actor: String?

        package init(
            name: String, person: String, roles: [ConsoleRole], practitioner: String? = nil, unit: String? = nil,
            actor: String? = nil
        ) {
            self.name = name
            self.person = person
            self.roles = roles
            self.practitioner = practitioner
            self.unit = unit
            self.actor = actor
        }
    }

    /// The roles that an account is to have from now on, and no others.
    package struct Grant: Codable, Sendable, Equatable {
        package var name: String
        package var roles: [ConsoleRole]
        package var practitioner: String?
        package var unit: String?
        package var actor: String?

        package init(
            name: String, roles: [ConsoleRole], practitioner: String? = nil, unit: String? = nil, actor: String? = nil
        ) {
            self.name = name
            self.roles = roles
            self.practitioner = practitioner
            self.unit = unit
            self.actor = actor
        }
    }

    /// One account by its name.
    package struct Choice: Codable, Sendable, Equatable {
        package var name: String
        package var actor: String?

        package init(name: String, actor: String? = nil) {
            self.name = name
            self.actor = actor
        }
    }

    /// A first password; it is seen this once.
    package struct Opening: Codable, Sendable, Equatable {
        package var name: String
        package var password: String
        package var until: String
    }

    /// Where somebody signs in once without a password and a code.
    package struct Link: Codable, Sendable, Equatable {
        package var name: String
        /// From the console's address on.
        package var path: String
        package var until: String
    }

    /// What happened to accounts, before a moment.
    package struct EventQuestion: Codable, Sendable, Equatable {
        package var before: String?
        package var limit: UInt32?

        package init(before: String? = nil, limit: UInt32? = nil) {
            self.before = before
            self.limit = limit
        }
    }

    /// Something that happened to an account.
    package struct EventInfo: Codable, Sendable, Equatable {
        package var at: String
        package var account: String
        package var action: AccountEvent.Action
        package var actor: String
        package var address: String
    }

    package static let list = Endpoint<NoQuestion, [Info]>(
        .get, "accounts", summary: "The accounts of the console, without anything that opens one.", question: .none,
        answer: .json)

    package static let create = Endpoint<Order, Opening>(
        .post, "accounts", summary: "Makes an account, with a first password that must be changed.", question: .json,
        answer: .json, failures: [.conflict])

    package static let grant = Endpoint<Grant, Info>(
        .post, "accounts/roles", summary: "Gives an account these roles and no others; its sessions end.",
        question: .json, answer: .json, failures: [.absent, .conflict])

    package static let unlock = change("unlock", "Lets an account try again that was locked.")
    package static let disable = change("disable", "Keeps an account out; its sessions end.")
    package static let enable = change("enable", "Lets an account in again.")

    package static let reset = Endpoint<Choice, Opening>(
        .post, "accounts/reset", summary: "Makes a new first password and forgets the device that shows codes.",
        question: .json, answer: .json, failures: [.absent, .conflict])

    package static let link = Endpoint<Choice, Link>(
        .post, "accounts/link", summary: "Makes a link that signs in once, where the node's file allows it.",
        question: .json, answer: .json, failures: [.absent, .conflict, .forbidden])

    package static let events = Endpoint<EventQuestion, [EventInfo]>(
        .get, "accounts/events", summary: "Sign-ins, wrong ones, and what was changed, the newest first.",
        question: .query, answer: .json)

    private static func change(_ name: String, _ summary: String) -> Endpoint<Choice, Info> {
        Endpoint(
            .post, "accounts/\(name)", summary: summary, question: .json, answer: .json, failures: [.absent])
    }

    /// Who acts where nobody is named: whoever may open the node's socket or holds its token.
    static let nodeUser = "node"

    package static func endpoints(of book: AccountBook) -> [ServedEndpoint] {
        @Sendable func info(_ name: String) async throws -> Info {
            guard let account = try await book.account(name) else {
                throw Failure("account.absent", "there is no account of this name", place: name)
            }
            return Info(account)
        }
        return [
            list.serve { _ in try await book.all().map(Info.init) },
            create.serve { order in
                let first = try await book.create(
                    order.name, person: order.person, roles: Set(order.roles), practitioner: order.practitioner,
                    unit: order.unit, by: order.actor ?? nodeUser)
                return Opening(
                    name: try Account.checkedName(order.name), password: first.text, until: first.until.description)
            },
            grant.serve { grant in
                try await book.grant(
                    Set(grant.roles), to: grant.name, practitioner: grant.practitioner, unit: grant.unit,
                    by: grant.actor ?? nodeUser)
                return try await info(grant.name)
            },
            unlock.serve { choice in
                try await book.unlock(choice.name, by: choice.actor ?? nodeUser)
                return try await info(choice.name)
            },
            disable.serve { choice in
                try await book.setDisabled(true, choice.name, by: choice.actor ?? nodeUser)
                return try await info(choice.name)
            },
            enable.serve { choice in
                try await book.setDisabled(false, choice.name, by: choice.actor ?? nodeUser)
                return try await info(choice.name)
            },
            reset.serve { choice in
                let first = try await book.reset(choice.name, by: choice.actor ?? nodeUser)
                return Opening(name: choice.name, password: first.text, until: first.until.description)
            },
            link.serve { choice in
                let (ticket, until) = try await book.link(for: choice.name)
                return Link(name: choice.name, path: "/sign-in/link?ticket=\(ticket)", until: until.description)
            },
            events.serve { question in
                let before = try question.before.map { try WallTime(text: $0) }
                return try await book.events(
                    before: before, limit: question.limit.map { Int($0) } ?? Limits.accountEventsShown
                ).map(EventInfo.init)
            },
        ]
    }
}

extension AccountEndpoints.Info {
    init(_ account: Account) {
        self.init(
            name: account.name, person: account.person, roles: ConsoleRole.allCases.filter(account.roles.contains),
            practitioner: account.practitioner, unit: account.unit, createdAt: account.createdAt.description,
            lastSignIn: account.lastSignIn?.description, passwordAt: account.passwordAt.description,
            firstPasswordUntil: account.firstPasswordUntil?.description, hasDevice: account.hasDevice,
            lockedUntil: account.lockedUntil?.description, disabledAt: account.disabledAt?.description,
            directory: account.issuer)
    }
}

extension AccountEndpoints.EventInfo {
    init(_ event: AccountEvent) {
        self.init(
            at: event.at.description, account: event.account, action: event.action, actor: event.actor,
            address: event.address)
    }
}
