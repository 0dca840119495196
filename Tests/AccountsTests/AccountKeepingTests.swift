import ConsoleKit
import Effects
import ServiceKit
import Testing

@testable import Accounts

@Suite("Keeping accounts") struct AccountKeepingTests {
    @Test(arguments: ["", "a", "Zhou Li", "zhou@x", "张三", "1zhou", "../x", String(repeating: "a", count: 41)])
    func `a name that is not plain is none`(_ name: String) async throws {
        let fixture = try await AccountFixture()
        await #expect(throws: Failure("account.badName", "")) {
            _ = try await fixture.book.create(name, person: "x", by: "test")
        }
    }

    @Test func `an account is made once, with roles that go together`() async throws {
        let book = try await AccountFixture().book
        _ = try await book.create("zhou", person: "周示例", roles: [.operator, .reporter], by: "test")
        await #expect(throws: Failure("account.exists", "")) { _ = try await book.create("Zhou", person: "x", by: "t") }
        await #expect(throws: Failure("account.roles", "")) {
            _ = try await book.create("li", person: "x", roles: [.auditAdministrator, .operator], by: "t")
        }
        await #expect(throws: Failure("account.roles", "")) {
            try await book.grant([.systemAdministrator, .securityAdministrator], to: "zhou", by: "t")
        }
        await #expect(throws: Failure("account.noPractitioner", "")) {
            try await book.grant([.doctor], to: "zhou", by: "t")
        }
        await #expect(throws: Failure("account.absent", "")) {
            try await book.grant([.operator], to: "nobody", by: "t")
        }
        await #expect(throws: Failure("account.badPerson", "")) { _ = try await book.create("wu", person: "", by: "t") }
    }

    @Test func `other roles end the sessions, and stand on record with who gave them`() async throws {
        let fixture = try await AccountFixture()
        let book = fixture.book
        try await fixture.settled("zhou")
        let visitor = try #require(try await book.account("zhou")).visitor
        let secret = book.sessions.begin(visitor, step: .done, address: "")
        try await book.grant([.doctor], to: "zhou", practitioner: "d9", unit: "u9", by: "security")
        #expect(book.sessions.session(secret) == nil)
        let account = try #require(try await book.account("zhou"))
        #expect(account.roles == [.doctor] && account.practitioner == "d9" && account.unit == "u9")
        let events = try await book.events()
        #expect(events.first?.action == .rolesChanged && events.first?.actor == "security")
    }

    @Test func `events are kept as long as the law asks, and no longer`() async throws {
        let fixture = try await AccountFixture()
        try await fixture.settled("zhou")
        let count = try await fixture.book.events().count
        fixture.pass(milliseconds: Limits.accountEventMilliseconds + 1)
        try await fixture.book.unlock("zhou", by: "t")
        #expect(count > 3)
        #expect(try await fixture.book.events().map(\.action) == [.unlocked])
    }

    @Test func `the endpoints do what their verbs say, and a reset shows a password once`() async throws {
        let fixture = try await AccountFixture()
        let served = AccountEndpoints.endpoints(of: fixture.book)
        let asker = EndpointAsker(served).limited(to: served.map(\.description))
        let opening = try await asker.ask(
            AccountEndpoints.create, .init(name: "Zhou", person: "周示例", roles: [.operator]))
        #expect(opening.name == "zhou" && opening.password.count == 19)
        #expect(try await asker.ask(AccountEndpoints.list, NoQuestion()).map(\.name) == ["zhou"])
        #expect(try await asker.ask(AccountEndpoints.grant, .init(name: "zhou", roles: [.auditor])).roles == [.auditor])
        #expect(try await asker.ask(AccountEndpoints.disable, .init(name: "zhou")).disabledAt != nil)
        #expect(try await asker.ask(AccountEndpoints.enable, .init(name: "zhou")).disabledAt == nil)
        #expect(try await asker.ask(AccountEndpoints.unlock, .init(name: "zhou")).lockedUntil == nil)
        #expect(try await asker.ask(AccountEndpoints.reset, .init(name: "zhou")).password != opening.password)
        let events = try await asker.ask(AccountEndpoints.events, .init(limit: 3))
        #expect(events.count == 3 && events[0].action == .reset && events[0].actor == "node")
        for endpoint in served { #expect(try endpoint.description.question.body.map(Self.isDescribed) ?? true) }
    }

    private static func isDescribed(_ body: EndpointDescription.Body) throws -> Bool {
        if case .json(let schema) = body { _ = try schema.get() }
        return true
    }
}
