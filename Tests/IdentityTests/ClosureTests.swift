import Effects
import Ledgers
import Testing

@testable import Identity

/// Who is found from which identifier.
struct ClosureTests {
    private static let all = ["a", "b", "c", "d", "e"]

    @Test func `a chain of links is one person, from either end and from the middle`() async throws {
        var fixture = IdentityFixture()
        try fixture.link("a", "b")
        try fixture.link("b", "c", author: "vale")
        try fixture.link("c", "d", author: "city")
        for asked in ["a", "b", "c", "d"] {
            #expect(try await fixture.found(asked, among: Self.all) == ["a", "b", "c", "d"])
        }
        let answer = try await fixture.equivalents(["a"])
        let last = try #require(answer.reached.last)
        #expect(last.path.map(\.from) == [try fixture.key("a"), try fixture.key("b"), try fixture.key("c")])
        #expect(last.path.last?.to == last.key)
        #expect(!answer.isTruncated)
    }

    @Test func `links and reports that go round in a ring end`() async throws {
        var fixture = IdentityFixture()
        try fixture.link("a", "b")
        try fixture.link("b", "c")
        try fixture.link("c", "a")
        #expect(try await fixture.found("a", among: Self.all, reports: [["a", "b", "c"]]) == ["a", "b", "c"])
    }

    @Test func `a report that names two identifiers is evidence, and is named`() async throws {
        var fixture = IdentityFixture()
        let link = try fixture.link("b", "c")
        let answer = try await fixture.equivalents(["a"], reports: [["a", "b"]])
        let report = try EntryID("lab/1/bulk/0/0")
        #expect(answer.reached.map(\.key) == [try fixture.key("b"), try fixture.key("c")])
        #expect(answer.reached.last?.path.map(\.evidence) == [.report(report), .link(link)])
    }

    @Test func `a link that was undone joins nobody`() async throws {
        var fixture = IdentityFixture()
        let wrong = try fixture.link("a", "b")
        try fixture.link("b", "c")
        try fixture.separate(author: "city", causes: [wrong])
        #expect(try await fixture.found("a", among: Self.all) == ["a"])
        #expect(try await fixture.found("b", among: Self.all) == ["b", "c"])
    }

    @Test func `two groups stay apart although reports name both, and the answer says by what`() async throws {
        var fixture = IdentityFixture()
        try fixture.link("b", "c")
        let separation = try fixture.separate(["a"], ["b"])
        let reports = [["a", "b"], ["a", "d"]]
        #expect(try await fixture.found("a", among: Self.all, reports: reports) == ["a", "d"])
        #expect(try await fixture.found("c", among: Self.all, reports: reports) == ["b", "c"])
        let answer = try await fixture.equivalents(["a"], reports: reports)
        #expect(
            answer.separated == [.init(key: try fixture.key("b"), from: try fixture.key("a"), by: separation)])
    }

    @Test func `whoever is separated from an identifier asked for is not reached by a way round`() async throws {
        var fixture = IdentityFixture()
        try fixture.link("a", "c")
        try fixture.link("c", "d")
        try fixture.link("d", "b")
        try fixture.separate(["a"], ["b"])
        #expect(try await fixture.found("a", among: Self.all) == ["a", "c", "d"])
    }

    @Test func `of two who are equally near and apart from each other neither is taken`() async throws {
        var fixture = IdentityFixture()
        try fixture.link("a", "c")
        try fixture.link("b", "c", author: "vale")
        try fixture.link("c", "d")
        try fixture.separate(["a"], ["b"])
        #expect(try await fixture.found("c", among: Self.all) == ["c", "d"])
        #expect(try await fixture.equivalents(["c"]).separated.count == 2)
    }

    @Test func `the nearer one of two who are apart is taken`() async throws {
        var fixture = IdentityFixture()
        try fixture.link("c", "a")
        try fixture.link("a", "d")
        try fixture.link("d", "b")
        try fixture.separate(["a"], ["b"])
        #expect(try await fixture.found("c", among: Self.all) == ["a", "c", "d"])
    }

    @Test func `a link that names the separation overrules it, and may be undone in turn`() async throws {
        var fixture = IdentityFixture()
        let wrong = try fixture.link("a", "b")
        let separation = try fixture.separate(["a"], ["b"], author: "city", causes: [wrong])
        let again = try fixture.link("a", "b", author: "vale", causes: [separation])
        #expect(try await fixture.found("a", among: Self.all) == ["a", "b"])
        try fixture.separate(author: "east", causes: [again])
        #expect(try await fixture.found("a", among: Self.all) == ["a"])
    }

    @Test func `a link that does not name the separation changes nothing, however late its clock`() async throws {
        var fixture = IdentityFixture()
        try fixture.separate(["a"], ["b"], at: 1_000)
        try fixture.link("a", "b", author: "vale", at: 9_000)
        #expect(try await fixture.found("a", among: Self.all) == ["a"])
    }

    @Test func `what renews an undone link joins nobody, and what renews a separation falls with it`() async throws {
        var fixture = IdentityFixture()
        let wrong = try fixture.link("a", "b")
        try fixture.link("a", "b", "c", causes: [wrong])
        #expect(try await fixture.found("a", among: Self.all) == ["a", "b", "c"])
        let separation = try fixture.separate(["a"], ["b"], author: "city", causes: [wrong])
        #expect(try await fixture.found("a", among: Self.all) == ["a"])
        try fixture.separate(["a"], ["c"], author: "city", causes: [separation])
        try fixture.link("a", "b", "c", causes: [separation])
        #expect(try await fixture.found("a", among: Self.all) == ["a", "b", "c"])
    }

    @Test func `more keys than the bound are cut off, and the answer says so`() async throws {
        var fixture = IdentityFixture()
        for number in 0..<(Limits.identityKeys + 10) { try fixture.link("a", "n\(number)") }
        let answer = try await fixture.equivalents(["a"])
        #expect(answer.keys.count == Limits.identityKeys)
        #expect(answer.isTruncated)
    }

    @Test func `thousands of separations merge nobody by exhaustion`() async throws {
        var fixture = IdentityFixture()
        let link = try fixture.link("a", "b")
        for _ in 0...Limits.identityEntriesWeighed {
            let separation = try fixture.separate(causes: [link])
            try fixture.link("x", "y", causes: [separation])
        }
        let answer = try await fixture.equivalents(["a"])
        #expect(answer.reached.isEmpty)
        #expect(answer.isTruncated)
    }
}
