package import Accounts
package import ConsoleKit
package import Effects
package import Logging
package import ServiceKit

/// The console of one node: whatever a browser asks, this answers, as values and without a socket.
///
/// Deny by default: a place that is on no list is not found, one that none of somebody's roles may see is refused, and a page
/// reaches only the endpoints that its route names.
package struct ConsoleSite: Sendable {
    /// Says a sentence of the node in a person's language, where somebody has it in that language.
    package typealias Translating = @Sendable (_ sentence: String, _ language: Language) -> String

    let node: @Sendable () -> NodeFace
    let accounts: AccountBook
    /// Whose people may sign in besides those with an account here.
    let directory: (any PersonDirectory)?
    let asker: EndpointAsker
    let routes: [PageRoute]
    /// What stands on start pages, beside what the node's operator sees.
    let needs: [StartNeed]
    let catalogue: FailureCatalogue
    let translating: Translating
    let world: World
    let logger: Logger
    /// The streams of events that are open.
    package let live: LiveBoard

    /// - Parameters:
    ///   - node: what pages say of the node now.
    ///   - endpoints: what the node serves.
    ///   - services: the pages that services bring; those whose endpoints the node does not serve stay away.
    package init(
        node: @escaping @Sendable () -> NodeFace, accounts: AccountBook,
        directory: (any PersonDirectory)? = nil, endpoints: [ServedEndpoint],
        services: [any ServicePages.Type], catalogue: FailureCatalogue,
        translating: @escaping Translating = { sentence, _ in sentence }, world: World, logger: Logger
    ) {
        self.node = node
        self.accounts = accounts
        self.directory = directory
        self.catalogue = catalogue
        self.translating = translating
        self.world = world
        self.logger = logger
        live = LiveBoard(time: world.time)
        let asker = EndpointAsker(endpoints)
        self.asker = asker
        let needs = (AuditReviewPages.needs + services.flatMap { $0.needs }).filter {
            $0.asks.allSatisfy(asker.serves)
        }
        self.needs = needs
        let all = NodePages.routes(translating, needs) + services.flatMap { $0.routes } + PeoplePages.routes
        routes = all.filter { $0.asks.allSatisfy(asker.serves) }
    }

    /// Answers a request; whatever goes wrong is a page too.
    package func respond(to request: PageRequest) async -> PageResponse {
        if request.path.hasPrefix("/assets/") { return asset(request) }
        let look = Look(cookie: request.cookies[SiteCookie.look], accepting: request.languages)
        let secret = request.cookies[SiteCookie.session]
        let session = secret.flatMap { accounts.sessions.session($0) }
        let call = SiteCall(site: self, request: request, look: look, secret: secret, session: session)
        do {
            return try await answer(call)
        } catch {
            return problem(error, call)
        }
    }

    private func answer(_ call: SiteCall) async throws -> PageResponse {
        try call.checkForm()
        if let response = try await Entrance(call: call).answer() { return response }
        guard let session = call.session, session.isWhole else {
            guard call.request.method == .get else { throw SiteFailure.signedOut }
            return call.redirect(PageAddress("/sign-in", [("back", call.address.text)]))
        }
        if call.request.path == LiveEvents.path {
            return try await LiveEvents(call: call, session: session).answer()
        }
        if let response = try await SessionPages(call: call, session: session).answer() { return response }
        let here = routes.filter { $0.path == call.request.path }
        guard let route = here.first(where: { $0.method == call.request.method }) else {
            throw here.isEmpty ? SiteFailure.notFound : SiteFailure.otherMethod
        }
        guard !route.roles.isDisjoint(with: session.visitor.roles) else { throw SiteFailure.forbidden }
        let visit = PageVisit(
            request: call.request, visitor: session.visitor, scene: call.scene, node: node(),
            asker: asker.limited(to: route.asks), memory: session.memory, translating: translating)
        return try await call.response(to: try await route.answer(visit), isLive: route.mayBeLive)
    }

    private func asset(_ request: PageRequest) -> PageResponse {
        guard request.method == .get, let asset = Asset.all.first(where: { $0.path == request.path }) else {
            return PageResponse(status: 404, headers: PageResponse.guarding + [("cache-control", "no-store")])
        }
        let headers = [("content-type", asset.type), ("cache-control", "public, max-age=31536000, immutable")]
        return PageResponse(status: 200, headers: PageResponse.guarding + headers, body: asset.body)
    }

    /// The menu of somebody: what the roles may open, with everybody's own pages.
    func menu(of visitor: Visitor) -> [PageFrame.MenuItem] {
        routes.compactMap { route in
            guard let place = route.menu, !route.roles.isDisjoint(with: visitor.roles) else { return nil }
            return PageFrame.MenuItem(place, path: route.path)
        }
    }
}
