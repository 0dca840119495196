import Accounts
import ConsoleKit
import Effects
import Synchronization
import Testing

@testable import Console
@testable import ConsolePages

@Suite("What changes on a page comes by itself") struct LiveEventTests {
    /// A node whose region changes, and somebody who looks at it.
    private final class Watched: Sendable {
        let fixture: SiteFixture
        let browser: Browser
        private let outlook: Shared

        final class Shared: Sendable {
            let value: Mutex<RegionOutlookInfo>

            init(_ value: RegionOutlookInfo) { self.value = Mutex(value) }
        }

        init(_ role: ConsoleRole = .operator) async throws {
            var sample = SampleNode()
            let shared = Shared(sample.outlook)
            outlook = shared
            sample.region = { shared.value.withLock { $0 } }
            fixture = try await SiteFixture(sample)
            browser = try await fixture.browser([role])
        }

        func change(_ node: Int, to state: RegionOutlookInfo.State) {
            outlook.value.withLock { $0.nodes[node].state = state }
        }

        /// The attribute of the page that is shown.
        func attribute(_ name: String) -> String {
            String(browser.page.components(separatedBy: "\(name)=\"").dropFirst().first?.prefix { $0 != "\"" } ?? "")
        }

        func listen(marks: String? = nil, lastEventID: String? = nil) async throws -> PageResponse {
            let address = attribute("data-live").replacing("&amp;", with: "&")
            let parts = address.split(separator: "?", maxSplits: 1).map(String.init)
            let query = try #require(FormData(encoded: parts[1] + "&marks=" + (marks ?? attribute("data-marks"))))
            var request = PageRequest(.get, parts[0], query: query, cookies: browser.cookies)
            request.lastEventID = lastEventID
            return await fixture.site.respond(to: request)
        }

        /// What comes next, after the pause between two looks.
        func next(_ response: PageResponse) async throws -> Events? {
            let following = try #require(response.following)
            let time = fixture.time
            return try await withThrowingTaskGroup(of: Events?.self) { group in
                group.addTask { try await following().map { Events(String(decoding: $0, as: UTF8.self)) } }
                group.addTask {
                    // Time goes on once, as soon as somebody waits for it.
                    while !Task.isCancelled, time.sleeperCount == 0 { await Task.yield() }
                    if !Task.isCancelled { time.advance(milliseconds: 5_000) }
                    while !Task.isCancelled { await Task.yield() }
                    return nil
                }
                defer { group.cancelAll() }
                return try await group.next() ?? nil
            }
        }
    }

    /// What a browser makes of a piece of a stream.
    struct Events {
        var parts: [String: String] = [:]
        var ids: [String] = []
        var times = 0

        init(_ text: String) {
            for event in text.components(separatedBy: "\n\n") where !event.isEmpty {
                let lines = event.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                let data = lines.filter { $0.hasPrefix("data: ") }.map { String($0.dropFirst(6)) }
                if lines.contains("event: at") {
                    times += 1
                } else if let id = lines.first(where: { $0.hasPrefix("id: ") }), let name = data.first {
                    ids.append(String(id.dropFirst(4)))
                    parts[name] = data.dropFirst().joined(separator: "\n")
                }
            }
        }
    }

    @Test func `a page that was just opened gets nothing but the time; then what changed, and only that`() async throws
    {
        let watched = try await Watched()
        try await watched.browser.get("/region")
        let stream = try await watched.listen()
        #expect(stream.status == 200 && stream.header("content-type") == "text/event-stream; charset=utf-8")
        #expect(stream.header("cache-control") == "no-store")
        let first = try #require(try await watched.next(stream))
        #expect(first.parts.isEmpty && first.times == 1)
        watched.change(3, to: .unknown)
        let second = try #require(try await watched.next(stream))
        #expect(Set(second.parts.keys) == ["map", "look"], "the heading counts the same")
        let third = try #require(try await watched.next(stream))
        #expect(third.parts.isEmpty)
        watched.change(4, to: .up)
        let fourth = try #require(try await watched.next(stream))
        #expect(Set(fourth.parts.keys) == ["head", "map", "look"])
    }

    @Test func `who comes back gets what changed meanwhile, once: no gap and no repeat`() async throws {
        let watched = try await Watched()
        try await watched.browser.get("/region")
        let stream = try await watched.listen()
        _ = try await watched.next(stream)
        watched.change(4, to: .up)
        let before = try #require(try await watched.next(stream))
        #expect(before.ids.count == 3)
        // Cut behind the first of three events: the other two are still to come.
        let again = try await watched.listen(lastEventID: before.ids[0])
        let rest = try #require(try await watched.next(again))
        #expect(Set(rest.parts.keys) == ["map", "look"])
        #expect(rest.ids.last == before.ids.last)
        // Cut behind all of them, and something else happened while nobody listened.
        watched.change(3, to: .up)
        let late = try await watched.listen(lastEventID: before.ids.last)
        let missed = try #require(try await watched.next(late))
        #expect(Set(missed.parts.keys) == ["head", "map", "look"])
        let quiet = try await watched.listen(lastEventID: missed.ids.last)
        let nothing = try #require(try await watched.next(quiet))
        #expect(nothing.parts.isEmpty)
    }

    @Test func `a stream keeps no session alive, and ends with it and with the node`() async throws {
        let watched = try await Watched()
        try await watched.browser.get("/region")
        let stream = try await watched.listen()
        _ = try await watched.next(stream)
        for _ in 0..<4 where watched.fixture.book.sessions.all(of: "zhou").count == 1 {
            watched.fixture.time.advance(milliseconds: 300_000)
            _ = try await watched.next(stream)
        }
        #expect(watched.fixture.book.sessions.all(of: "zhou").isEmpty, "nobody clicked for twenty minutes")
        let last = try await watched.next(stream)
        #expect(last == nil)

        let other = try await Watched()
        try await other.browser.get("/region")
        let open = try await other.listen()
        _ = try await other.next(open)
        other.fixture.site.live.close()
        let following = try #require(open.following)
        let end = try await following()
        #expect(end == nil)
        #expect(try await other.listen().status == 404)
    }

    @Test func `a session has six streams: the oldest makes room, and places are given back`() async throws {
        let watched = try await Watched()
        try await watched.browser.get("/region")
        var streams: [PageResponse] = []
        for _ in 0..<6 { streams.append(try await watched.listen()) }
        #expect(streams.allSatisfy { $0.status == 200 } && watched.fixture.site.live.count == 6)
        _ = try await watched.next(streams[0])
        _ = try await watched.next(streams[1])
        streams.append(try await watched.listen())
        #expect(streams[6].status == 200 && watched.fixture.site.live.count == 6)
        let oldest = try await watched.next(streams[0])
        #expect(oldest == nil)
        let second = try await watched.next(streams[1])
        #expect(second != nil)
        streams = []
        #expect(watched.fixture.site.live.count == 0)
    }

    /// Who was in, in which order, and whether anybody else was at that moment.
    private final class Seen: Sendable {
        private let inside = Atomic(0)
        private let left = Mutex<[Int]>([])

        var order: [Int] { left.withLock { $0 } }

        func enter() {
            let others = inside.add(1, ordering: .relaxed).oldValue
            #expect(others == 0)
        }

        func leave(_ number: Int) {
            left.withLock { $0.append(number) }
            inside.subtract(1, ordering: .relaxed)
        }
    }

    @Test func `pages that listen are made one at a time, in their order, whatever becomes of one`() async throws {
        let turns = LiveTurns()
        let seen = Seen()
        let (begun, goesOn) = (Wakeup(), Wakeup())
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await turns.take {
                    begun.wake()
                    await goesOn.wait(since: 0)
                }
            }
            await begun.wait(since: 0)
            for number in 0..<20 {
                group.addTask {
                    try? await turns.take {
                        seen.enter()
                        await Task.yield()
                        seen.leave(number)
                        if number % 3 == 0 { throw CancellationError() }
                    }
                }
                while turns.waitingCount <= number { await Task.yield() }
            }
            goesOn.wake()
        }
        #expect(seen.order == Array(0..<20) && turns.waitingCount == 0)
    }

    @Test func `nobody listens past a role, without a session, or to a page that shows a person`() async throws {
        let watched = try await Watched()
        try await watched.browser.get("/region")
        let auditor = try await watched.fixture.browser([.auditor], name: "aud")
        let forged: @Sendable (Browser, String) async throws -> Int = { browser, page in
            try await browser.get("/events?page=\(page)&query=&marks=", follow: false).status
        }
        #expect(try await forged(auditor, "%2Fregion") == 403)
        #expect(try await forged(auditor, "%2Faudit") == 404, "who looked at whom is not looked at by itself")
        #expect(try await forged(auditor, "%2Fnothing") == 404)
        #expect(try await forged(Browser(watched.fixture), "%2Fregion") == 303)
        let pages = watched.fixture.site.routes.filter { $0.asks.contains { $0.audit != nil } }
        #expect(!pages.isEmpty && pages.allSatisfy { !$0.mayBeLive })
    }
}
