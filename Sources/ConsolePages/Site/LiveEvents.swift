import Accounts
import ConsoleKit
import Effects
import Synchronization

/// The streams of events of a console: how many there are, and their common end.
package final class LiveBoard: Sendable {
    private let time: any TimeSource
    private let closing = Wakeup()
    let turns = LiveTurns()
    /// By session, the oldest first.
    private let open = Mutex<[String: [Place]]>([:])

    init(time: any TimeSource) {
        self.time = time
    }

    /// Ends every stream, and lets none begin: the node stops.
    package func close() { closing.wake() }

    var isClosed: Bool { closing.count > 0 }

    package var count: Int { open.withLock { $0.values.reduce(0) { $0 + $1.count } } }

    /// Waits for the next look, or until all streams end.
    func pause() async {
        await closing.wait(since: 0, orMilliseconds: LiveEvents.pauseMilliseconds, time: time)
    }

    /// A place for a stream; nil where the node has none left.
    ///
    /// The oldest of a session makes room: a window that was closed is seen only at the next look at it.
    func place(of session: String) -> Place? {
        open.withLock { open in
            var places = open[session] ?? []
            if places.count >= LiveEvents.streamsPerSession {
                places.removeFirst().end()
            } else if open.values.reduce(0, { $0 + $1.count }) >= LiveEvents.streams {
                return nil
            }
            let place = Place()
            open[session] = places + [place]
            return place
        }
    }

    func leave(_ place: Place, of session: String) {
        open.withLock { open in
            let left = open[session]?.filter { $0 !== place } ?? []
            open[session] = left.isEmpty ? nil : left
        }
    }

    final class Place: Sendable {
        private let ended = Atomic(false)

        var isOver: Bool { ended.load(ordering: .relaxed) }

        fileprivate func end() { ended.store(true, ordering: .relaxed) }
    }
}

/// One page that listens is made at a time, in the order in which they came due, on a thread that gives way: however many
/// listen, they leave the process's other threads to calls, and the processor, too.
final class LiveTurns: Sendable {
    private struct State {
        var isTaken = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var waitingCount: Int { state.withLock { $0.waiting.count } }

    nonisolated(nonsending) func take<Value: Sendable>(
        _ body: nonisolated(nonsending) () async throws -> Value
    ) async rethrows -> Value {
        await withCheckedContinuation { waiter in
            let isFree = state.withLock { state in
                if state.isTaken { state.waiting.append(waiter) }
                defer { state.isTaken = true }
                return !state.isTaken
            }
            if isFree { waiter.resume() }
        }
        defer {
            let next = state.withLock { state in
                guard state.waiting.isEmpty else { return state.waiting.removeFirst() as CheckedContinuation? }
                state.isTaken = false
                return nil
            }
            next?.resume()
        }
        return try await withTaskExecutorPreference(YieldingExecutor.shared) { try await body() }
    }
}

extension PageRoute {
    /// Whether what changes on its page may be sent by itself: each look at a person is a statement of its own.
    var mayBeLive: Bool { method == .get && asks.allSatisfy { $0.audit == nil } }
}

/// What changes on a page, as server-sent events.
///
/// The page is made again every five seconds for as long as somebody listens; a part that is another than before is sent.
/// An event's id says what of every part the browser has, so that who comes back gets what changed meanwhile and nothing
/// else, from any process of the node.
struct LiveEvents {
    static let path = "/events"
    static let pauseMilliseconds: Int64 = 5_000
    static let streams = 128
    static let streamsPerSession = 6

    let call: SiteCall
    let session: Session

    /// Where what changes on a page is listened to; nil where nothing does.
    static func address(of request: PageRequest, _ page: Page) -> PageAddress? {
        guard page.status == 200, !LivePart.all(in: page.body).isEmpty else { return nil }
        return PageAddress(path, [("page", request.path), ("query", request.query.encoded)])
    }

    func answer() async throws -> PageResponse {
        let query = call.request.query
        let site = call.site
        guard call.request.method == .get, !site.live.isClosed,
            let route = site.routes.first(where: { $0.path == query["page"] && $0.mayBeLive }),
            let inner = FormData(encoded: query["query"])
        else { throw SiteFailure.notFound }
        guard !route.roles.isDisjoint(with: session.visitor.roles) else { throw SiteFailure.forbidden }
        guard let secret = call.secret, let place = site.live.place(of: session.id) else {
            throw Failure("page.busy", "too many pages of this node listen", remedy: "try again in a minute")
        }
        var request = PageRequest(.get, route.path, query: inner)
        request.cookies = call.request.cookies
        let feed = LiveFeed(
            site: site, route: route, request: request, look: call.look, secret: secret,
            formToken: call.scene.formToken, marks: LivePart.marks(call.request.lastEventID ?? query["marks"]),
            place: place, session: session.id)
        var response = call.finished(
            PageResponse(status: 200, headers: [("content-type", "text/event-stream; charset=utf-8")]))
        // A browser that lost the node comes back after three seconds.
        response.body = Array("retry: 3000\n\n".utf8)
        response.following = { try await feed.next() }
        return response
    }
}

/// One stream: what its browser has, and what it gets next.
private actor LiveFeed {
    private let site: ConsoleSite
    private let route: PageRoute
    private let request: PageRequest
    private let look: Look
    private let secret: String
    private let formToken: String
    private let place: LiveBoard.Place
    private let session: String
    private var marks: [String: String]
    private var isFirst = true

    init(
        site: ConsoleSite, route: PageRoute, request: PageRequest, look: Look, secret: String, formToken: String,
        marks: [String: String], place: LiveBoard.Place, session: String
    ) {
        self.site = site
        self.route = route
        self.request = request
        self.look = look
        self.secret = secret
        self.formToken = formToken
        self.marks = marks
        self.place = place
        self.session = session
    }

    deinit { site.live.leave(place, of: session) }

    /// - Returns: nil where the node stops, or the session has ended.
    func next() async throws -> [UInt8]? {
        if !isFirst { await site.live.pause() }
        isFirst = false
        try Task.checkCancellation()
        guard !site.live.isClosed, !place.isOver, let session = site.accounts.sessions.standing(secret),
            session.isWhole,
            !route.roles.isDisjoint(with: session.visitor.roles)
        else { return nil }
        let scene = Scene(look.language, now: site.world.time.wallTime, formToken: formToken)
        // A page that cannot be made now is made in five seconds; its ages go on meanwhile.
        guard let parts = try? await site.live.turns.take({ try await parts(session, scene) }) else {
            return Array(": not now\n\n".utf8)
        }
        let known = marks
        marks = Dictionary(parts.map { ($0.id, $0.mark) }, uniquingKeysWith: { first, _ in first })
        var had = known
        var text = ""
        for part in parts where known[part.id] != part.mark {
            had[part.id] = part.mark
            // The id says what the browser has with this event and those before it, so that none is lost between two.
            let id = parts.compactMap { part in had[part.id].map { part.id + "-" + $0 } }.joined(separator: ".")
            text += "id: \(id)\ndata: \(part.id)\n"
            for line in part.text.split(separator: "\n", omittingEmptySubsequences: false) { text += "data: \(line)\n" }
            text += "\n"
        }
        return Array((text + "event: at\ndata: \(Moment(scene.now).clock)\n\n").utf8)
    }

    private func parts(_ session: Session, _ scene: Scene) async throws -> [LivePart]? {
        let visit = PageVisit(
            request: request, visitor: session.visitor, scene: scene, node: site.node(),
            asker: site.asker.limited(to: route.asks), memory: session.memory, translating: site.translating)
        guard case .page(let page) = try await route.answer(visit) else { return nil }
        let frame = PageFrame(
            node: visit.node, look: look, scene: scene, path: request.path, visitor: session.visitor,
            events: PageAddress(stringLiteral: "/events"))
        return LivePart.all(in: frame.content(page))
    }
}
