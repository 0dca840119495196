import ConsoleKit
import Effects
import ServiceKit
import Testing

@testable import ConsolePages

@Suite("Pages of who is who") struct IdentityPageTests {
    private static let link = [
        "link-type": "MR", "link-authority": "h1", "link-number": "4711", "evidence": "document", "reference": "窗口",
    ]

    @Test func `a doctor links a number on evidence, in the own name and on the ground that was given`() async throws {
        let samples = ServiceSamples()
        let browser = try await ServicePageTests.doctor(try await ServicePageTests.fixture(samples))
        try await browser.get("/identity/person")
        for missing in ["link-number", "evidence"] {
            try await browser.post("/identity/link", Self.link.filter { $0.key != missing })
            #expect(browser.response.status == 422 && browser.page.contains("href=\"#\(missing)\""), "\(missing)")
        }
        try await browser.post("/identity/link", Self.link.merging(["practitioner": "dr-x"]) { $1 })
        #expect(browser.path == "/identity/person" && browser.page.contains("已写下：这些号码属于同一个人"))
        let order = try #require(samples.linked.withLock { $0.first })
        #expect(order.question.practitioner == "dr-li" && order.question.consent == "C-1")
        #expect(order.question.identifier == ServiceSamples.number && order.evidence == "document")
        #expect(order.others == [IdentifierInfo(type: "MR", authority: "h1", value: "4711")])
    }

    @Test func `a doctor separates a number that the page showed, for a reason`() async throws {
        let samples = ServiceSamples()
        let browser = try await ServicePageTests.doctor(try await ServicePageTests.fixture(samples))
        try await browser.get("/identity/person")
        for form in [["apart": "1"], ["why": "登记错误"], ["why": "登记错误", "apart": "7"]] {
            try await browser.post("/identity/separate", form)
            #expect(browser.response.status == 422, "\(form)")
        }
        #expect(samples.separated.withLock { $0.isEmpty })
        try await browser.post(
            "/identity/separate", ["apart": "1", "why": "登记错误", "links": "jucheng/0/clinical/0/0"])
        let order = try #require(samples.separated.withLock { $0.first })
        #expect(order.from == [IdentifierInfo(type: "MR", authority: samples.text, value: samples.text)])
        #expect(order.reason == "登记错误" && order.links == ["jucheng/0/clinical/0/0"])
    }

    @Test func `a form about one person writes nothing about another who was asked for since`() async throws {
        let samples = ServiceSamples()
        let browser = try await ServicePageTests.doctor(try await ServicePageTests.fixture(samples))
        let forms = [("/identity/link", Self.link), ("/identity/separate", ["apart": "1", "why": "登记错误"])]
        for (path, form) in forms {
            try await browser.get("/identity/person")
            let hidden = browser.hidden(of: path)
            try await browser.post("/results", ServicePageTests.person)
            try await browser.post(path, hidden.merging(form) { $1 })
            #expect(browser.response.status == 409 && browser.page.contains("page.otherPerson"), "\(path)")
        }
        // The numbers among which somebody chooses are those of the page.
        try await browser.get("/identity/person")
        let hidden = browser.hidden(of: "/identity/separate")
        try await browser.get("/identity/person")
        try await browser.post("/identity/separate", hidden.merging(forms[1].1) { $1 })
        #expect(browser.response.status == 404 && browser.page.contains("page.gone"))
        #expect(samples.linked.withLock { $0.isEmpty } && samples.separated.withLock { $0.isEmpty })
    }

    @Test func `an expert looks and writes nothing, an auditor sees who wrote and no number`() async throws {
        let samples = ServiceSamples()
        let fixture = try await ServicePageTests.fixture(samples)
        let expert = try await fixture.browser([.expert], name: "guo")
        try await expert.get("/identity")
        try await expert.post("/identity", ServicePageTests.person.merging(["type": "citizenID"]) { $1 })
        #expect(expert.path == "/identity/person" && !expert.page.contains("action=\"/identity/link\""))
        for path in ["/identity/link", "/identity/separate"] {
            #expect(try await expert.post(path, Self.link, follow: false).status == 403, "\(path)")
            try await expert.get("/identity")
        }
        let auditor = try await fixture.browser([.auditor], name: "shen")
        try await auditor.get("/identity/log")
        #expect(auditor.page.contains("拆分") && !auditor.page.contains("999999"))
        #expect(try await auditor.get("/identity/person").status == 403)
    }
}
