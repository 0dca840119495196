import Accounts
import ConsoleKit
import Console
import Effects
import ServiceKit

/// One request on its way through the site.
struct SiteCall: Sendable {
    let site: ConsoleSite
    let request: PageRequest
    let look: Look
    /// What the browser's cookie holds, whether a session hangs on it or not.
    let secret: String?
    let session: Session?
    let scene: Scene
    /// The random value behind the forms of somebody without a session; a new one where the browser has none.
    let door: String

    init(site: ConsoleSite, request: PageRequest, look: Look, secret: String?, session: Session?) {
        self.site = site
        self.request = request
        self.look = look
        self.secret = secret
        self.session = session
        let kept = request.cookies[SiteCookie.door].flatMap { $0.utf8.count == 64 ? $0 : nil }
        door =
            kept
            ?? site.world.random.bytes(32).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
        let token = SessionBoard.formToken(session != nil ? secret ?? "" : door)
        scene = Scene(look.language, now: site.world.time.wallTime, formToken: token)
    }

    var words: Words { scene.words }

    /// Where somebody comes back to who changes the look or signs in.
    var address: PageAddress {
        request.method == .get ? PageAddress(local: request.path) ?? "/" : "/"
    }

    /// A form that came from somewhere else, or without its token, is refused before anything else happens.
    func checkForm() throws {
        guard request.method == .post else { return }
        if let from = request.fetchSite, from != "same-origin" { throw SiteFailure.foreignForm }
        let given = Array(request.form.exactly(Scene.tokenField).utf8)
        let expected = Array(scene.formToken.utf8)
        // Without a cookie of the door there was no form of ours.
        let hasCookie = session != nil || request.cookies[SiteCookie.door] == door
        guard hasCookie, given.count == expected.count,
            zip(given, expected).reduce(UInt8(0), { $0 | ($1.0 ^ $1.1) }) == 0
        else { throw SiteFailure.foreignForm }
    }

    // MARK: Answers

    /// - Parameter isLive: whether what changes on the page may be listened to.
    func response(to outcome: PageOutcome, isLive: Bool = false) async throws -> PageResponse {
        switch outcome {
        case .page(let page): return await self.page(page, isLive: isLive)
        case .redirect(let address, let notice):
            if let notice, let session {
                try session.memory.keep(Self.noticeKey, notice.english + "\u{1F}" + notice.chinese)
            }
            return redirect(address)
        case .file(let name, let type, let bytes):
            let headers = [
                ("content-type", type), ("content-disposition", "attachment; filename=\"\(name)\""),
            ]
            return finished(PageResponse(status: 200, headers: headers, body: bytes))
        }
    }

    private static let noticeKey = "notice"

    private func takeNotice() -> Banner? {
        guard let parts = session?.memory.take(Self.noticeKey)?.split(separator: "\u{1F}"), parts.count == 2 else {
            return nil
        }
        return Banner(.ok, words(String(parts[0]), String(parts[1])))
    }

    /// Always 303: whatever was posted is not posted again when somebody goes back.
    func redirect(_ address: PageAddress, cookies: [(name: String, value: String)] = []) -> PageResponse {
        finished(PageResponse(status: 303, headers: [("location", address.text)] + cookies))
    }

    func page(
        _ page: Page, isLive: Bool = false, cookies: [(name: String, value: String)] = []
    ) async -> PageResponse {
        var page = page
        let visitor = session?.isWhole == true ? session?.visitor : nil
        if let notice = takeNotice() { page.banners.insert(notice, at: 0) }
        let frame = PageFrame(
            node: site.node(), look: look, scene: scene, path: request.path, visitor: visitor,
            menu: visitor.map(site.menu) ?? [], parent: visitor == nil ? nil : await parent(),
            events: isLive ? LiveEvents.address(of: request, page) : nil)
        let headers = [("content-type", "text/html; charset=utf-8"), ("content-language", words.tag)] + cookies
        return finished(
            PageResponse(status: page.status, headers: headers, body: Array(frame.document(page).text.utf8)))
    }

    /// How the link upwards is; it stands on every page, and is about no person.
    private func parent() async -> PageFrame.Parent? {
        let asker = site.asker.limited(to: [NodeEndpoints.peers.description])
        guard let peers = try? await asker.ask(NodeEndpoints.peers, NoQuestion()),
            let parent = peers.first(where: { $0.relation == "parent" }), let since = try? WallTime(text: parent.since)
        else { return nil }
        return PageFrame.Parent(parent.mark, name: site.node().node(parent.node), since: since)
    }

    /// With what every answer says, and what this one says of who asked.
    func finished(_ response: PageResponse) -> PageResponse {
        var response = response
        response.headers += PageResponse.guarding + [("cache-control", "no-store")]
        if session == nil, request.cookies[SiteCookie.door] != door {
            response.headers.append(SiteCookie.set(SiteCookie.door, door, maxAgeSeconds: 86_400))
        }
        if let session, session.isWhole { response.standing = .proven(session.visitor.account) }
        return response
    }
}
