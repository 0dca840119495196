import ConsoleKit
import Effects
import ServiceKit
import Testing

@Suite("Requests of browsers") struct RequestTests {
    @Test func `a form is read as browsers write it`() throws {
        let form = try #require(FormData(encoded: "a=%E5%BC%A0+%E4%B8%89&b=&c=1&c=2&%64=x%3Dy&e"))
        #expect(form["a"] == "张 三" && form["b"] == "" && form.all("c") == ["1", "2"] && form["d"] == "x=y")
        #expect(form.has("e") && !form.has("f") && form["f"] == "")
        #expect(FormData(["p": " a "])["p"] == "a" && FormData(["p": " a "]).exactly("p") == " a ")
    }

    @Test func `what is no form is none`() {
        #expect(FormData(encoded: "a=%zz") == nil && FormData(encoded: "a=%ff") == nil)
        #expect(FormData(encoded: String(repeating: "a=1&", count: 300)) == nil)
        #expect(FormData(encoded: "") == FormData())
    }

    @Test func `cookies are read, the first of each name`() {
        let cookies = PageRequest.cookies("a=1; b=2=3; a=4; c;=5")
        #expect(cookies["a"] == "1" && cookies["b"] == "2=3" && cookies["c"] == nil)
        #expect(PageRequest.cookies(nil).isEmpty)
    }

    private static let open = Endpoint<NoQuestion, String>(
        .get, "a", summary: "One.", question: .none, answer: .text("text/plain"))
    private static let closed = Endpoint<NoQuestion, String>(
        .get, "b", summary: "Other.", question: .none, answer: .text("text/plain"))

    @Test func `a page asks what it declares and nothing else`() async throws {
        let asker = EndpointAsker([Self.open.serve { _ in "one" }, Self.closed.serve { _ in "other" }])
        let limited = asker.limited(to: [Self.open.description])
        #expect(try await limited.ask(Self.open, NoQuestion()) == "one")
        await #expect(throws: Failure("page.undeclared", "")) { try await limited.ask(Self.closed, NoQuestion()) }
        await #expect(throws: Failure("page.undeclared", "")) { try await asker.ask(Self.open, NoQuestion()) }
        #expect(asker.serves(Self.closed.description))
    }
}
