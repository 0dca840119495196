import AdverseEventsPages
import ConsoleKit
import DiagnosisPages
import Effects
import IdentityPages
import PageMarkup
import RecognitionPages
import ReferralPages
import ServiceKit
import Testing

@testable import ConsolePages

@Suite("Pages that services bring") struct ServicePageTests {
    static let services: [any ServicePages.Type] = [
        RecordPages.self, CardPages.self, IdentityWork.self, ReferralWork.self, AdverseWork.self,
        DiagnosisWork.self,
    ]

    static func fixture(_ samples: ServiceSamples) async throws -> SiteFixture {
        try await SiteFixture(SampleNode(text: samples.text), services: services, asked: samples.endpoints)
    }

    static let person = [
        "number": ServiceSamples.number, "purpose": "treatment", "consent": "C-1", "order": "O-1", "other": "1",
    ]

    /// A practitioner's browser, in which a person was asked for and matched.
    static func doctor(_ fixture: SiteFixture, person: String = "周示例") async throws -> Browser {
        let browser = try await fixture.browser([.doctor], name: "li", person: person)
        try await browser.get("/recognition/cards")
        try await browser.post("/recognition/cards", self.person.merging(["planned": "P-1"]) { $1 })
        return browser
    }

    /// A quality controller with a register's entry.
    static func controller(_ fixture: SiteFixture, person: String = "周示例") async throws -> Browser {
        let device = try await fixture.account("zhi", [.qualityControl], person: person)
        try await fixture.book.grant([.qualityControl], to: "zhi", practitioner: "qc-1", unit: "u1", by: "test")
        return try await fixture.signIn("zhi", device)
    }

    static let looks: [ConsoleRole: [String]] = [
        .doctor: [
            "/", "/results", "/results/found", "/results/one?entry=jucheng/0/clinical/0/0", "/recognition/cards",
            "/recognition/cards?other=1", "/recognition/cards/shown", "/recognition/certificates", "/identity",
            "/identity/person", "/referrals", "/referrals/case?id=pingding.1", "/referrals/new",
            "/referrals/new?other=1", "/adverse-events/new", "/accesses", "/diagnoses", "/diagnoses/new",
            "/diagnoses/new?other=1", "/diagnoses/case?id=pingding.offered", "/diagnoses/experts",
        ],
        .qualityControl: ["/", "/adverse-events", "/adverse-events/case?id=pingding.1", "/adverse-events/new"],
        .auditor: ["/identity/log"],
    ]

    private static func pages(_ samples: ServiceSamples, _ language: Language) async throws -> [String: String] {
        let fixture = try await fixture(samples)
        var pages: [String: String] = [:]
        for (role, paths) in looks {
            let browser =
                switch role {
                case .doctor: try await doctor(fixture, person: samples.text)
                case .qualityControl: try await controller(fixture, person: samples.text)
                default: try await fixture.browser([role], name: "shen", person: samples.text)
                }
            browser.setCookie("__Host-yilian-look", Look(language: language).cookie)
            for path in paths {
                try await browser.get(path)
                #expect(browser.response.status == 200, "\(role): \(path): \(browser.page)")
                pages["\(role.rawValue) \(path)"] = browser.page
            }
        }
        return pages
    }

    @Test(arguments: SitePageTests.hostile) func `no text of others becomes markup`(_ text: String) async throws {
        for (name, page) in try await Self.pages(ServiceSamples(text), .chinese) {
            #expect(try Markup(page).problem == nil, "\(name)")
            #expect(!page.contains("<script>") && !page.contains("onmouseover=\"x"), "\(name)")
        }
    }

    @Test func `pages are sound in both languages, and each speaks its own`() async throws {
        let chinese = try await Self.pages(ServiceSamples("x1"), .chinese)
        let english = try await Self.pages(ServiceSamples("x1"), .english)
        for (name, page) in chinese.merging(english, uniquingKeysWith: { first, _ in first }) {
            #expect(try Markup(page).problem == nil, "\(name)")
            #expect(page.components(separatedBy: "<h1>").count == 2, "\(name)")
            #expect(page.utf8.count < 100_000, "\(name)")
        }
        for (name, page) in english {
            let left = page.unicodeScalars.filter { $0.properties.isIdeographic }
            #expect(Set(left.map { Character($0) }).subtracting(["医", "联", "中", "文"]) == [], "\(name)")
        }
        for (name, page) in chinese {
            let words = page.matches(of: /[>] ?[A-Z][a-z]+ [a-z]+ [a-z]+ [a-z]+/).map { String($0.output) }
            #expect(words == [], "\(name)")
        }
    }

    @Test func `a page that shows a person says who looks, and no number is whole on any`() async throws {
        let pages = try await Self.pages(ServiceSamples(), .chinese)
        for (name, page) in pages { #expect(!page.contains(ServiceSamples.number), "\(name)") }
        for path in [
            "/results/found", "/recognition/cards/shown", "/identity/person", "/referrals/case?id=pingding.1",
            "/referrals/new", "/diagnoses/new", "/diagnoses/case?id=pingding.offered",
        ] {
            #expect(pages["doctor \(path)"]?.contains("class=\"watermark\"") == true, "\(path)")
        }
        #expect(pages["qualityControl /adverse-events/case?id=pingding.1"]?.contains("class=\"watermark\"") == true)
        let list = AdverseWork.routes.first { $0.path == "/adverse-events" }
        #expect(list?.asks.allSatisfy { $0.audit == nil } == true, "the list of events is about nobody")
    }

    @Test func `whom somebody asks for stands in no address and in no other session`() async throws {
        let fixture = try await Self.fixture(ServiceSamples())
        let browser = try await Self.doctor(fixture)
        #expect(browser.path == "/recognition/cards/shown")
        let posted = try await browser.post("/results", Self.person, follow: false)
        #expect(posted.header("location") == "/results/found")
        let stranger = try await fixture.browser([.doctor], name: "wang")
        for path in ["/results/found", "/identity/person"] {
            #expect(try await stranger.get(path).status == 400, "\(path)")
        }
        try await stranger.get("/recognition/cards/shown")
        #expect(stranger.page.contains("上次的答复已过时") && !stranger.page.contains("class=\"cards\""))
    }
}
