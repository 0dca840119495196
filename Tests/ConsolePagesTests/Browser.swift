import ConsoleKit
import Effects
import Synchronization
import Testing

/// What a browser does: keeps cookies, sends what stands hidden in the form on the page, follows where it is led.
final class Browser: Sendable {
    private struct State {
        var cookies: [String: String] = [:]
        var page = ""
        var path = ""
        var response = PageResponse(status: 0)
    }

    private let fixture: SiteFixture
    private let state = Mutex(State())

    init(_ fixture: SiteFixture) { self.fixture = fixture }

    /// The page that is shown.
    var page: String { state.withLock { $0.page } }
    /// Where one is.
    var path: String { state.withLock { $0.path } }
    var response: PageResponse { state.withLock { $0.response } }
    var cookies: [String: String] { state.withLock { $0.cookies } }

    func setCookie(_ name: String, _ value: String?) { state.withLock { $0.cookies[name] = value } }

    /// Every token that stands in a form of the page is the same.
    var token: String {
        page.components(separatedBy: "name=\"token\" value=\"").dropFirst().first.map {
            String($0.prefix { $0 != "\"" })
        } ?? ""
    }

    /// What stands hidden in the first form of the page that goes to a path.
    func hidden(of path: String) -> [String: String] {
        let forms = page.components(separatedBy: "<form")
        guard let form = forms.first(where: { $0.contains("action=\"\(path)\"") }) else { return [:] }
        let fields = form.components(separatedBy: "</form>")[0].components(separatedBy: "type=\"hidden\" name=\"")
        return fields.dropFirst().reduce(into: [:]) { hidden, field in
            let parts = field.components(separatedBy: "\"")
            if parts.count > 2 { hidden[parts[0]] = parts[2] }
        }
    }

    @discardableResult
    func get(_ address: String, follow: Bool = true) async throws -> PageResponse {
        let parts = address.split(separator: "#").first?.split(separator: "?", maxSplits: 1).map(String.init) ?? ["/"]
        let query = try #require(FormData(encoded: parts.count > 1 ? parts[1] : ""))
        return try await send(PageRequest(.get, parts[0], query: query, cookies: cookies), follow: follow)
    }

    @discardableResult
    func post(
        _ path: String, _ fields: [String: String], token: String? = nil, from: String? = "same-origin",
        follow: Bool = true
    ) async throws -> PageResponse {
        var fields = hidden(of: path).merging(fields) { $1 }
        fields["token"] = token ?? self.token
        return try await send(
            PageRequest(.post, path, form: FormData(fields), cookies: cookies, fetchSite: from, address: "203.0.113.7"),
            follow: follow)
    }

    private func send(_ request: PageRequest, follow: Bool) async throws -> PageResponse {
        let response = await fixture.site.respond(to: request)
        for header in response.headers where header.name == "set-cookie" {
            let pair = header.value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            let value = pair.count > 1 ? String(pair[1]) : nil
            setCookie(String(pair[0]), value)
        }
        state.withLock { state in
            state.response = response
            state.path = request.path
            state.page = String(decoding: response.body, as: UTF8.self)
        }
        guard follow, response.status == 303, let next = response.header("location") else { return response }
        return try await get(next)
    }
}
