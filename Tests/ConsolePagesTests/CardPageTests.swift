import ConsoleKit
import Effects
import RecognitionEdge
import ServiceKit
import Testing

@testable import ConsolePages
@testable import RecognitionPages

@Suite("Recognition cards") struct CardPageTests {
    @Test func `what one result holds of an order is one card and one decision, of each of its items`() async throws {
        let samples = ServiceSamples()
        let browser = try await ServicePageTests.doctor(try await ServicePageTests.fixture(samples))
        #expect(samples.matched.withLock { $0.map(\.codes) } == [["P-1"]])
        #expect(samples.matched.withLock { $0.first?.question.practitioner } == "dr-li")
        let page = browser.page
        #expect(page.contains("1 份可互认，1 份由您判断") && page.contains("不再收费 ¥ 9.00") && page.contains("还有 19 天"))
        #expect(page.components(separatedBy: "<li class=\"card").count == 3)
        #expect(
            page.components(separatedBy: "class=\"primary small\"").count == 2, "where one judges nothing stands out")
        #expect(page.contains("没有已有结果") && page.contains("目录中没有") && page.contains("有节点没有问到"))
        try await browser.post(
            "/recognition/cards/decide",
            ["card": "0", "entry": "jucheng/0/clinical/0/0", "outcome": "recognised"])
        #expect(browser.page.contains("已互认，已落盘") && browser.page.contains("决定：互认"))
        let decided = samples.decided.withLock { $0 }
        #expect(decided.map(\.order.item) == ["L-0", "L-1"])
        #expect(decided.allSatisfy { $0.practitioner == "dr-li" && $0.order.match == "m-1" && $0.order.reason == nil })
    }

    @Test func `an examination is repeated for a reason of the region's, with words where it wants them`() async throws
    {
        let samples = ServiceSamples()
        let browser = try await ServicePageTests.doctor(try await ServicePageTests.fixture(samples))
        let card = ["card": "1", "entry": "jucheng/0/clinical/1/0", "outcome": "repeated"]
        for more in [[:], ["reason-1": "77"], ["reason-1": "08"], ["reason-0": "01"]] {
            try await browser.post("/recognition/cards/decide", card.merging(more) { $1 })
            #expect(browser.response.status == 422 && browser.page.contains("class=\"errors\""), "\(more)")
        }
        #expect(samples.decided.withLock { $0.isEmpty })
        try await browser.post(
            "/recognition/cards/decide", card.merging(["reason-1": "08", "text-1": "复查"]) { $1 })
        let order = try #require(samples.decided.withLock { $0.first?.order })
        #expect(order.outcome == "repeated" && order.reason == "08" && order.text == "复查" && order.item == "L-0")
        #expect(browser.page.contains("决定：重做"))
    }

    @Test func `a card of another match, or of one that is over, decides nothing`() async throws {
        let samples = ServiceSamples()
        let fixture = try await ServicePageTests.fixture(samples)
        let browser = try await ServicePageTests.doctor(fixture)
        for (card, entry) in [("0", "jucheng/0/clinical/1/0"), ("9", "jucheng/0/clinical/0/0"), ("x", "")] {
            try await browser.post(
                "/recognition/cards/decide", ["card": card, "entry": entry, "outcome": "recognised"], follow: false)
            #expect(browser.response.status == 404, "\(card)")
            try await browser.get("/recognition/cards")
        }
        fixture.time.advance(milliseconds: 601_000)
        try await browser.get("/recognition/cards/shown")
        #expect(browser.page.contains("上次的答复已过时"))
        try await browser.post(
            "/recognition/cards/decide", ["card": "0", "entry": "jucheng/0/clinical/0/0", "outcome": "recognised"])
        #expect(samples.decided.withLock { $0.isEmpty })
        #expect(samples.matched.withLock { $0.count } == 1, "looking again is no new order")
    }

    @Test func `somebody else who is asked for takes the cards away`() async throws {
        let browser = try await ServicePageTests.doctor(try await ServicePageTests.fixture(ServiceSamples()))
        try await browser.post("/results", ServicePageTests.person)
        try await browser.get("/recognition/cards/shown")
        #expect(!browser.page.contains("class=\"cards\""))
    }

    @Test func `a match is of the person who stood on the page, and a decision of the page's match`() async throws {
        let samples = ServiceSamples()
        let browser = try await ServicePageTests.doctor(try await ServicePageTests.fixture(samples))
        try await browser.post(
            "/recognition/cards/decide",
            ["card": "0", "entry": "jucheng/0/clinical/0/0", "match": "m-0", "outcome": "recognised"])
        #expect(browser.response.status == 404 && samples.decided.withLock { $0.isEmpty })
        try await browser.get("/recognition/cards")
        let hidden = browser.hidden(of: "/recognition/cards")
        try await browser.post("/results", ServicePageTests.person)
        try await browser.post("/recognition/cards", hidden.merging(["planned": "P-1"]) { $1 })
        #expect(browser.response.status == 409 && browser.page.contains("page.otherPerson"))
        #expect(samples.matched.withLock { $0.count } == 1)
    }

    @Test func `nobody is matched without a person, a ground and a code`() async throws {
        let samples = ServiceSamples()
        let fixture = try await ServicePageTests.fixture(samples)
        let browser = try await fixture.browser([.doctor], name: "li")
        try await browser.get("/recognition/cards")
        for (missing, field) in [("number", "number"), ("planned", "planned")] {
            var form = ServicePageTests.person.merging(["planned": "P-1"]) { $1 }
            form[missing] = nil
            try await browser.post("/recognition/cards", form)
            #expect(browser.response.status == 422 && browser.page.contains("href=\"#\(field)\""), "\(missing)")
        }
        let alone = ServicePageTests.person.filter { !["consent", "order"].contains($0.key) }
        try await browser.post("/recognition/cards", alone.merging(["planned": "P-1"]) { $1 })
        #expect(browser.response.status == 422 && browser.page.contains("href=\"#consent\""))
        #expect(samples.matched.withLock { $0.isEmpty })
    }

    @Test func `what a session keeps of a match is bounded, and says where it was cut`() async throws {
        let samples = ServiceSamples(items: 100)
        let browser = try await ServicePageTests.doctor(try await ServicePageTests.fixture(samples))
        #expect(browser.response.status == 200 && browser.page.utf8.count < 100_000, "\(browser.page.utf8.count)")
    }
}
