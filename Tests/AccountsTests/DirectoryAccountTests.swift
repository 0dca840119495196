import ConsoleKit
import Effects
import Storage
import Testing

@testable import Accounts

@Suite("Accounts of a directory") struct DirectoryAccountTests {
    private static let issuer = "https://sso.example"

    private func person(
        _ name: String = "Zhang.Shi", subject: String = "s1", roles: Set<ConsoleRole> = [.operator],
        practitioner: String? = nil, unit: String? = nil, issuer: String = Self.issuer
    ) -> DirectoryPerson {
        DirectoryPerson(
            issuer: issuer, subject: subject, name: name, person: "张示例", roles: roles, practitioner: practitioner,
            unit: unit)
    }

    private func visitor(_ secret: String, _ fixture: AccountFixture) -> Visitor? {
        fixture.book.sessions.session(secret)?.visitor
    }

    private func actions(_ fixture: AccountFixture) async throws -> [AccountEvent.Action] {
        try await fixture.book.events().map(\.action).reversed()
    }

    @Test func `who comes first gets an account that is marked, a whole session, and no step more`() async throws {
        let fixture = try await AccountFixture()
        let secret = try await fixture.book.signIn(person(roles: [.operator, .reporter]), address: "203.0.113.9")
        let session = try #require(fixture.book.sessions.session(secret))
        #expect(session.isWhole && session.visitor.account == "zhang.shi" && session.visitor.name == "张示例")
        #expect(session.visitor.roles == [.operator, .reporter])
        let account = try #require(try await fixture.book.account("zhang.shi"))
        #expect(account.issuer == Self.issuer && !account.hasDevice && !account.mustChange)
        #expect(account.lastSignIn == fixture.now && account.createdAt == fixture.now)
        let events = try await fixture.book.events()
        #expect(events.map(\.action) == [.signedIn, .created])
        #expect(events.map(\.actor) == ["zhang.shi", "directory"])
        #expect(events.allSatisfy { $0.account == "zhang.shi" && $0.address == "203.0.113.9" })
        #expect(AccountEndpoints.Info(account).directory == Self.issuer)
    }

    @Test("roles are those that the directory gives now, and sessions with others end")
    func roles() async throws {
        let fixture = try await AccountFixture()
        let first = try await fixture.book.signIn(person(roles: [.operator, .auditor]), address: "")
        let second = try await fixture.book.signIn(person(roles: [.operator, .auditor]), address: "")
        #expect(visitor(first, fixture) != nil, "the same roles end nobody's session")
        let third = try await fixture.book.signIn(person(roles: [.operator]), address: "")
        #expect(visitor(first, fixture) == nil && visitor(second, fixture) == nil)
        #expect(visitor(third, fixture)?.roles == [.operator])
        #expect(try await fixture.book.account("zhang.shi")?.roles == [.operator])
        #expect(
            try await actions(fixture) == [.created, .signedIn, .signedIn, .rolesChanged, .signedIn])
    }

    @Test func `who has no role any more is let in nowhere, and has none left here`() async throws {
        let fixture = try await AccountFixture()
        let secret = try await fixture.book.signIn(person(), address: "")
        await #expect(throws: Failure("directory.noRole", "")) {
            try await fixture.book.signIn(person(roles: []), address: "")
        }
        #expect(visitor(secret, fixture) == nil)
        #expect(try await fixture.book.account("zhang.shi")?.roles == [])
        #expect(try await actions(fixture).last == .rolesRefused)
        await #expect(throws: Failure("directory.noRole", "")) {
            try await fixture.book.signIn(person("li", subject: "s2", roles: []), address: "")
        }
        #expect(try await fixture.book.account("li") == nil, "and who comes first gets no account without one")
    }

    @Test func `the three administrators stay three, and a doctor is somebody of a register`() async throws {
        let fixture = try await AccountFixture()
        for administrator in ConsoleRole.allCases.filter(\.isAdministrator) {
            for other in ConsoleRole.allCases where other != administrator {
                await #expect(throws: Failure("account.roles", ""), "\(administrator) \(other)") {
                    try await fixture.book.signIn(
                        person(roles: [administrator, other], practitioner: "d1", unit: "u1"), address: "")
                }
            }
        }
        for (practitioner, unit) in [(nil, "u1"), ("d1", nil), ("", "u1")] as [(String?, String?)] {
            await #expect(throws: Failure("account.noPractitioner", "")) {
                try await fixture.book.signIn(
                    person(roles: [.doctor], practitioner: practitioner, unit: unit), address: "")
            }
        }
        #expect(try await fixture.book.all().isEmpty)
        let secret = try await fixture.book.signIn(
            person(roles: [.doctor], practitioner: "d1", unit: "u1"), address: "")
        #expect(visitor(secret, fixture)?.practitioner == "d1" && visitor(secret, fixture)?.unit == "u1")
    }

    @Test("an account of the node with the same name stays its owner's")
    func names() async throws {
        let fixture = try await AccountFixture()
        try await fixture.settled("zhang.shi", roles: [.securityAdministrator])
        let before = try await fixture.book.account("zhang.shi")
        await #expect(throws: Failure("directory.noAccount", "")) {
            try await fixture.book.signIn(person(), address: "203.0.113.9")
        }
        #expect(try await fixture.book.account("zhang.shi") == before)
        let event = try #require(try await fixture.book.events().first)
        #expect(event.action == .nameTaken && event.actor == "directory" && event.address == "203.0.113.9")
    }

    @Test func `a person is the subject, not the name`() async throws {
        let fixture = try await AccountFixture()
        _ = try await fixture.book.signIn(person(), address: "")
        // Married, and renamed by the directory: the account stays the same.
        let renamed = try await fixture.book.signIn(person("zhang.wang"), address: "")
        #expect(visitor(renamed, fixture)?.account == "zhang.shi")
        // The old name was given to somebody else, or another directory has it too.
        for other in [person(subject: "s2"), person(issuer: "https://other.example")] {
            await #expect(throws: Failure("directory.noAccount", "")) {
                try await fixture.book.signIn(other, address: "")
            }
        }
        #expect(try await fixture.book.all().map(\.name) == ["zhang.shi"])
    }

    @Test func `whoever is disabled here is kept out, and let in again`() async throws {
        let fixture = try await AccountFixture()
        let secret = try await fixture.book.signIn(person(), address: "")
        try await fixture.book.setDisabled(true, "zhang.shi", by: "lin")
        #expect(visitor(secret, fixture) == nil)
        await #expect(throws: Failure("directory.disabled", "")) {
            try await fixture.book.signIn(person(), address: "")
        }
        #expect(try await actions(fixture).last == .keptOut)
        try await fixture.book.setDisabled(false, "zhang.shi", by: "lin")
        _ = try await fixture.book.signIn(person(), address: "")
    }

    @Test func `it has no password here, and can be given none, no role and no link`() async throws {
        let fixture = try await AccountFixture(allowsLinks: true)
        _ = try await fixture.book.signIn(person(), address: "")
        await #expect(throws: Failure("account.directory", "")) { try await fixture.book.reset("zhang.shi", by: "lin") }
        await #expect(throws: Failure("account.directory", "")) { try await fixture.book.link(for: "zhang.shi") }
        await #expect(throws: Failure("account.directory", "")) {
            try await fixture.book.grant([.auditor], to: "zhang.shi", by: "lin")
        }
        #expect(try await fixture.book.account("zhang.shi")?.roles == [.operator])
        for (password, left) in [("", 4), ("anything", 3)] {
            let outcome = try await fixture.book.tryPassword(password, of: "zhang.shi", address: "")
            #expect(outcome == .refused(.wrong(left: left)), "like a name that is no account's")
        }
        await #expect(throws: Failure("account.exists", "")) {
            try await fixture.book.create("zhang.shi", person: "别人", by: "lin")
        }
    }

    @Test func `a name is taken as directories write it, and nothing that could be something else`() throws {
        for (given, name) in [
            ("Zhang.Shi", "zhang.shi"), ("10234", "10234"), ("z", "z"),
            ("zhang_shi@hospital.example", "zhang_shi@hospital.example"),
        ] { #expect(try Account.checkedDirectoryName(given) == name) }
        let bad = ["", "张示例", "a b", "a/b", "a\u{0}", "a\nb", "<b>", "a\u{301}", String(repeating: "a", count: 101)]
        for name in bad {
            #expect(throws: Failure("directory.badName", ""), "\(name)") { try Account.checkedDirectoryName(name) }
        }
    }

    @Test func `a full node gives nobody an account, and those who have one come in`() async throws {
        let fixture = try await AccountFixture()
        _ = try await fixture.book.signIn(person(), address: "")
        try await fixture.store.write { sql in
            for number in 1..<Limits.accounts {
                try sql.execute(
                    """
                    INSERT INTO account (name, person, roles, password, password_at, must_change, device_step, failures,
                        created_at) VALUES ($1, 'x', '', '', 0, 0, 0, 0, 0)
                    """, ["a\(number)"])
            }
        }
        await #expect(throws: Failure("directory.noAccount", "")) {
            try await fixture.book.signIn(person("li", subject: "s2"), address: "")
        }
        _ = try await fixture.book.signIn(person(), address: "")
    }
}
