import ConsoleKit
import Effects
import Storage
import Testing
import Trust

@testable import Accounts

@Suite("Signing in") struct SignInTests {
    @Test func `a first password lets somebody choose another one and bind a device, and nothing else`() async throws {
        let fixture = try await AccountFixture()
        let book = fixture.book
        let first = try await book.create("zhou", person: "周示例", roles: [.operator], by: "test")
        guard case .accepted(let account) = try await book.tryPassword(first.text, of: "Zhou", address: "a") else {
            Issue.record("the first password was refused")
            return
        }
        #expect(book.nextStep(for: account) == .newPassword)
        try await book.changePassword(of: "zhou", to: AccountFixture.password, address: "a")
        let chosen = try #require(try await book.account("zhou"))
        #expect(book.nextStep(for: chosen) == .device && !chosen.mustChange)
        let device = OneTimePassword(random: fixture.world.random)
        #expect(try await book.bindDevice(device, code: "000000", to: "zhou", address: "a") == nil)
        let codes = try await book.bindDevice(device, code: fixture.code(device), to: "zhou", address: "a")
        #expect(Set(codes ?? []).count == Limits.recoveryCodes)
        #expect(book.nextStep(for: try #require(try await book.account("zhou"))) == .code)
        #expect(try await book.tryPassword(first.text, of: "zhou", address: "a") == .refused(.wrong(left: 4)))
    }

    @Test func `a first password runs out`() async throws {
        let fixture = try await AccountFixture()
        let first = try await fixture.book.create("zhou", person: "周示例", roles: [.operator], by: "test")
        fixture.pass(milliseconds: Limits.firstPasswordMilliseconds + 1)
        #expect(
            try await fixture.book.tryPassword(first.text, of: "zhou", address: "") == .refused(.firstPasswordEnded))
    }

    @Test func `five wrong ones lock an account for a quarter of an hour, the right one too`() async throws {
        let fixture = try await AccountFixture()
        let book = fixture.book
        try await fixture.settled("zhou")
        for left in [4, 3, 2, 1] {
            #expect(try await book.tryPassword("wrong", of: "zhou", address: "") == .refused(.wrong(left: left)))
        }
        let until = fixture.now.advanced(byMilliseconds: Limits.signInLockMilliseconds)
        #expect(try await book.tryPassword("wrong", of: "zhou", address: "") == .refused(.locked(until)))
        #expect(
            try await book.tryPassword(AccountFixture.password, of: "zhou", address: "") == .refused(.locked(until)))
        #expect(try await book.tryCode("000000", of: "zhou", address: "") == .locked(until))
        #expect(try await book.tryRecovery("AAAA", of: "zhou", address: "") == .locked(until))
        fixture.pass(milliseconds: Limits.signInLockMilliseconds)
        guard case .accepted = try await book.tryPassword(AccountFixture.password, of: "zhou", address: "") else {
            Issue.record("the lock has not ended")
            return
        }
        #expect(try await book.events().map(\.action).filter { $0 == .locked }.count == 1)
    }

    @Test func `a name that is no account's counts and locks like one that is`() async throws {
        let fixture = try await AccountFixture()
        try await fixture.settled("zhou")
        for _ in 0..<6 {
            let known = try await fixture.book.tryPassword("wrong", of: "zhou", address: "")
            let stranger = try await fixture.book.tryPassword("wrong", of: "nobody", address: "")
            #expect(known == stranger)
        }
        for number in 0..<(Limits.strangersCounted + 50) {
            _ = try await fixture.book.tryPassword("wrong", of: "n\(number)", address: "")
        }
        #expect(fixture.book.strangerLock("n1") == nil)
    }

    @Test func `a code is taken once, and an administrator unlocks what wrong ones locked`() async throws {
        let fixture = try await AccountFixture()
        let book = fixture.book
        let (device, _) = try await fixture.settled("zhou")
        let code = fixture.code(device)
        #expect(try await book.tryCode(code, of: "zhou", address: "") == nil)
        #expect(try await book.tryCode(code, of: "zhou", address: "") == .wrong(left: 4))
        for _ in 0..<4 { _ = try await book.tryCode(code, of: "zhou", address: "") }
        #expect(try await book.account("zhou")?.lockedUntil != nil)
        try await book.unlock("zhou", by: "admin")
        fixture.pass(milliseconds: 60_000)
        #expect(try await book.tryCode(fixture.code(device), of: "zhou", address: "") == nil)
    }

    @Test func `codes that come at once are taken once`() async throws {
        let fixture = try await AccountFixture()
        let (device, _) = try await fixture.settled("zhou")
        let code = fixture.code(device)
        let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 { group.addTask { try await fixture.book.tryCode(code, of: "zhou", address: "") == nil } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 1)
    }

    @Test func `a recovery code lets somebody in once, however it is typed`() async throws {
        let fixture = try await AccountFixture()
        let (_, codes) = try await fixture.settled("zhou")
        let typed = codes[3].lowercased().replacing("-", with: " ")
        #expect(try await fixture.book.tryRecovery(typed, of: "zhou", address: "") == nil)
        #expect(try await fixture.book.tryRecovery(typed, of: "zhou", address: "") == .wrong(left: 4))
        try await fixture.settled("li")
        #expect(
            try await fixture.book.tryRecovery(codes[4], of: "li", address: "") == .wrong(left: 4), "each has its own")
    }

    @Test func `whoever is disabled or reset has no session and no device any more`() async throws {
        let fixture = try await AccountFixture()
        let book = fixture.book
        let (device, codes) = try await fixture.settled("zhou")
        let visitor = try #require(try await book.account("zhou")).visitor
        let one = book.sessions.begin(visitor, step: .done, address: "")
        try await book.setDisabled(true, "zhou", by: "admin")
        #expect(book.sessions.session(one) == nil)
        #expect(try await book.tryPassword(AccountFixture.password, of: "zhou", address: "") == .refused(.disabled))
        #expect(
            try await book.tryPassword("wrong", of: "zhou", address: "") == .refused(.wrong(left: 4)),
            "who does not know it hears nothing")
        #expect(try await book.tryCode(fixture.code(device), of: "zhou", address: "") == .disabled)
        #expect(try await book.tryRecovery(codes[0], of: "zhou", address: "") == .disabled)
        try await book.setDisabled(false, "zhou", by: "admin")
        let other = book.sessions.begin(visitor, step: .done, address: "")
        let first = try await book.reset("zhou", by: "admin")
        #expect(book.sessions.session(other) == nil)
        #expect(try await book.account("zhou")?.hasDevice == false)
        #expect(try await book.tryRecovery(codes[1], of: "zhou", address: "") == .wrong(left: 4))
        guard case .accepted = try await book.tryPassword(first.text, of: "zhou", address: "") else {
            Issue.record("the new first password was refused")
            return
        }
    }

    @Test func `a password is changed every ninety days`() async throws {
        let fixture = try await AccountFixture()
        try await fixture.settled("zhou")
        #expect(!fixture.book.needsPassword(try #require(try await fixture.book.account("zhou"))))
        fixture.pass(milliseconds: Limits.passwordMilliseconds + 1)
        #expect(fixture.book.needsPassword(try #require(try await fixture.book.account("zhou"))))
    }

    @Test(arguments: [
        ("short 1A", false), ("longenoughbutone", false), ("Zhou-likes-9", false), ("P@ssw0rd-2026", false),
        ("aaaaaaaaaaA1-", false), ("Stone-bridge 7", true), ("长长的口令有汉字和1A", true),
    ])
    func `a password is long, of three kinds, and not one that everybody tries`(_ text: String, _ isGood: Bool) {
        #expect((PasswordRule.objection(to: text, of: "zhou") == nil) == isGood)
    }

    @Test func `the same password is none, and accents are the same however they were typed`() async throws {
        let fixture = try await AccountFixture()
        try await fixture.settled("zhou")
        await #expect(throws: Failure("account.samePassword", "")) {
            try await fixture.book.changePassword(of: "zhou", to: AccountFixture.password, address: "")
        }
        await #expect(throws: Failure("account.weakPassword", "")) {
            try await fixture.book.changePassword(of: "zhou", to: "x", address: "")
        }
        try await fixture.book.changePassword(of: "zhou", to: "Caf\u{E9}-bridge 7", address: "")
        guard case .accepted = try await fixture.book.tryPassword("Cafe\u{301}-bridge 7", of: "zhou", address: "")
        else {
            Issue.record("refused")
            return
        }
    }

    @Test func `nothing that opens an account stands in what others see of it or in its table`() async throws {
        let fixture = try await AccountFixture()
        let (device, codes) = try await fixture.settled("zhou")
        let shown = try await fixture.book.all().map { "\(AccountEndpoints.Info($0)) \($0)" }.joined()
        #expect(!shown.contains("scrypt") && !shown.contains(Hex.text(device.secret)))
        let rows = try await fixture.store.read { sql in
            try sql.rows("SELECT password FROM account", []).map { try $0.text(0) }
                + sql.rows("SELECT digest FROM account_recovery", []).map { Hex.text(try $0.bytes(0)) }
        }
        #expect(rows.count == 1 + codes.count)
        for row in rows { #expect(!row.contains(AccountFixture.password) && !codes.contains { row.contains($0) }) }
    }
}
