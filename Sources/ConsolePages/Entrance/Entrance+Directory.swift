import Accounts
import ConsoleKit
import Effects

/// Signing in with a hospital's directory: there by a link, and back by the directory's hand.
extension Entrance {
    /// The way to the directory below the form for local accounts; empty where the node has none.
    func directoryDoor(back: PageAddress?) -> HTML {
        guard let directory = call.site.directory else { return .empty }
        let link = PageAction.link(
            words("Sign in with the hospital's directory", "用医院账号登录"),
            PageAddress("/sign-in/directory", [("back", back?.text ?? "")]), style: .plain)
        let away: HTML = .each(directory.awaySince) { since in
            """
            <p class="note">\(words(
                "The directory does not answer since", "目录没有应答，自")) \(Moment(since).withAge(call.scene))\
            \(words(". Accounts of this node sign in as always.", "。本节点的账号照常登录。"))</p>
            """
        }
        return "<p class=\"block-s\">\(link.html(in: call.scene))</p>\(away)"
    }

    /// Sends the browser to the directory.
    ///
    /// By a link and not by a form: the policy of these pages lets a form go nowhere else than to this node.
    func goToDirectory() async throws -> PageResponse {
        guard let directory = call.site.directory else { throw SiteFailure.notFound }
        if let session = call.session { return call.redirect(Self.path(of: session.step)) }
        let back = PageAddress(local: call.request.query["back"]) ?? "/"
        let departure = try await directory.begin(back: back.text)
        let cookie = SiteCookie.set(SiteCookie.directory, departure.ticket, maxAgeSeconds: 600)
        return call.finished(PageResponse(status: 303, headers: [("location", departure.address), cookie]))
    }

    /// Lets in whom the directory has proved; whoever it has not gets one page that says why, and nothing of others.
    func comeFromDirectory() async throws -> PageResponse {
        guard let directory = call.site.directory else { throw SiteFailure.notFound }
        let query = call.request.query
        let arrival = DirectoryArrival(
            ticket: call.request.cookies[SiteCookie.directory] ?? "", state: query.exactly("state"),
            code: query.exactly("code"), error: query.exactly("error"), issuer: query.exactly("iss"))
        do {
            let person = try await directory.finish(arrival)
            let secret = try await accounts.signIn(person, address: call.request.address)
            if let old = call.secret { accounts.sessions.end(old) }
            return call.redirect(
                PageAddress(local: person.back) ?? "/",
                cookies: [
                    SiteCookie.set(SiteCookie.session, secret), SiteCookie.clear(SiteCookie.door),
                    SiteCookie.clear(SiteCookie.directory),
                ])
        } catch let failure as Failure {
            call.site.logger.notice(
                "nobody was let in from the directory", metadata: ["code": "\(failure.code)"])
            var response = call.site.problem(failure, call)
            response.headers.append(SiteCookie.clear(SiteCookie.directory))
            if response.standing == .stranger, response.status < 500 { response.standing = .wrongTry }
            return response
        }
    }
}
