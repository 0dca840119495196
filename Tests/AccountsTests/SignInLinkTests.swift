import ConsoleKit
import Effects
import Testing

@testable import Accounts

@Suite("Links that sign in once") struct SignInLinkTests {
    @Test func `a node makes none unless its file says so`() async throws {
        let fixture = try await AccountFixture()
        try await fixture.settled("zhou")
        await #expect(throws: Failure.self) { try await fixture.book.link(for: "zhou") }
    }

    @Test func `a link opens its account once, within the hour, and it is on record`() async throws {
        let fixture = try await AccountFixture(allowsLinks: true)
        try await fixture.settled("zhou")
        let ticket = try await fixture.book.link(for: "zhou").ticket
        let secret = try #require(try await fixture.book.signIn(by: ticket, address: "a"))
        #expect(fixture.book.sessions.session(secret)?.isWhole == true)
        let again = try await fixture.book.signIn(by: ticket, address: "a")
        #expect(again == nil)
        let events = try await fixture.book.events()
        #expect(events.first?.action == .signedIn && events.first?.actor == "node")
        let late = try await fixture.book.link(for: "zhou").ticket
        fixture.pass(milliseconds: Limits.signInLinkMilliseconds)
        let overdue = try await fixture.book.signIn(by: late, address: "a")
        #expect(overdue == nil)
    }

    @Test func `neither a guessed one nor one of a disabled account opens anything`() async throws {
        let fixture = try await AccountFixture(allowsLinks: true)
        try await fixture.settled("zhou")
        let guessed = try await fixture.book.signIn(by: String(repeating: "0", count: 64), address: "a")
        #expect(guessed == nil)
        let ticket = try await fixture.book.link(for: "zhou").ticket
        try await fixture.book.setDisabled(true, "zhou", by: "test")
        let disabled = try await fixture.book.signIn(by: ticket, address: "a")
        #expect(disabled == nil)
        await #expect(throws: Failure.self) { try await fixture.book.link(for: "nobody") }
    }

    @Test func `unused links are few: the oldest makes room`() async throws {
        let fixture = try await AccountFixture(allowsLinks: true)
        try await fixture.settled("zhou")
        let first = try await fixture.book.link(for: "zhou").ticket
        fixture.pass(milliseconds: 1)
        for _ in 0..<Limits.signInLinks { _ = try await fixture.book.link(for: "zhou") }
        let dropped = try await fixture.book.signIn(by: first, address: "a")
        #expect(dropped == nil)
    }
}
