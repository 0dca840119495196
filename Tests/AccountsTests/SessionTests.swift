import ConsoleKit
import Effects
import Testing

@testable import Accounts

@Suite("Sessions") struct SessionTests {
    private static func visitor(_ name: String) -> Visitor { Visitor(account: name, name: name, roles: [.operator]) }

    @Test func `a session ends when nobody is there, and after a working day in any case`() async throws {
        let fixture = try await AccountFixture()
        let board = fixture.book.sessions
        let idle = board.begin(Self.visitor("zhou"), step: .done, address: "a")
        fixture.pass(milliseconds: Limits.sessionIdleMilliseconds - 1)
        #expect(board.session(idle)?.visitor.account == "zhou")
        fixture.pass(milliseconds: Limits.sessionIdleMilliseconds)
        #expect(board.session(idle) == nil)
        let long = board.begin(Self.visitor("zhou"), step: .done, address: "a")
        for _ in 0..<45 {
            fixture.pass(milliseconds: Limits.sessionMilliseconds / 45 - 1_000)
            #expect(board.session(long) != nil)
        }
        fixture.pass(milliseconds: 60_000)
        #expect(board.session(long) == nil)
    }

    @Test func `between password and code there are five minutes, and the secret changes with each step`() async throws
    {
        let fixture = try await AccountFixture()
        let board = fixture.book.sessions
        let half = board.begin(Self.visitor("zhou"), step: .code, address: "a")
        #expect(board.session(half)?.isWhole == false && board.all(of: "zhou").isEmpty)
        let whole = try #require(board.advance(half, to: .done))
        #expect(board.session(half) == nil && board.session(whole)?.isWhole == true)
        #expect(board.advance(half, to: .done) == nil)
        let late = board.begin(Self.visitor("zhou"), step: .code, address: "a")
        fixture.pass(milliseconds: Limits.halfSessionMilliseconds)
        #expect(board.session(late) == nil && board.advance(late, to: .done) == nil)
    }

    @Test func `an account has a few sessions, and all together have a bound`() async throws {
        let fixture = try await AccountFixture()
        let board = fixture.book.sessions
        let first = board.begin(Self.visitor("zhou"), step: .done, address: "a")
        fixture.pass(milliseconds: 1)
        for _ in 0..<Limits.sessionsPerAccount { _ = board.begin(Self.visitor("zhou"), step: .done, address: "a") }
        #expect(board.session(first) == nil && board.all(of: "zhou").count == Limits.sessionsPerAccount)
        for number in 0..<(Limits.sessions + 10) {
            _ = board.begin(Self.visitor("n\(number)"), step: .code, address: "")
        }
        #expect(board.count <= Limits.sessions)
    }

    @Test func `somebody ends one of the own sessions and nobody else's`() async throws {
        let board = try await AccountFixture().book.sessions
        let mine = board.begin(Self.visitor("zhou"), step: .done, address: "a")
        let other = board.begin(Self.visitor("li"), step: .done, address: "a")
        let id = try #require(board.session(mine)).id
        #expect(!board.end(id: id, of: "li"))
        #expect(board.end(id: id, of: "zhou") && board.session(mine) == nil && board.session(other) != nil)
        board.end(other)
        #expect(board.session(other) == nil)
    }

    @Test func `a form's token follows from the secret and is another for each`() {
        #expect(SessionBoard.formToken("a") == SessionBoard.formToken("a"))
        #expect(SessionBoard.formToken("a") != SessionBoard.formToken("b"))
        #expect(!SessionBoard.formToken("a").contains("a1b2"))
    }
}
