import ConsoleKit
import Effects
import ServiceKit
import Testing
import WorkflowKit

@testable import ConsolePages

@Suite("Pages of referrals and adverse events") struct CasePageTests {
    private static let referral = [
        "name": "赵示例", "kind": "up", "r-diagnosis": "胸痛", "r-summary": "两小时", "r-reason": "需介入治疗",
    ]

    @Test func `a doctor refers the person who was asked for, with what was opened`() async throws {
        let samples = ServiceSamples()
        let browser = try await ServicePageTests.doctor(try await ServicePageTests.fixture(samples))
        try await browser.get("/results/one?entry=jucheng/0/clinical/0/0")
        try await browser.get("/referrals/new")
        #expect(browser.page.contains("附上已打开的结果") && !browser.page.contains("name=\"number\""))
        for missing in ["name", "kind", "r-reason"] {
            try await browser.post("/referrals/new", Self.referral.filter { $0.key != missing })
            #expect(browser.response.status == 422 && browser.page.contains("href=\"#\(missing)\""), "\(missing)")
        }
        try await browser.post(
            "/referrals/new", Self.referral.merging(["references": "jucheng/0/clinical/0/0"]) { $1 })
        #expect(browser.path == "/referrals/case" && browser.page.contains("转诊已落盘"))
        let order = try #require(samples.referred.withLock { $0.first })
        #expect(order.practitioner == "dr-li" && order.identifier == ServiceSamples.number && order.consent == "C-1")
        #expect(order.values.count == 3 && order.references == ["jucheng/0/clinical/0/0"] && order.kind == "up")
        #expect(browser.page.contains("无床位"), "the words of a list are words")
    }

    @Test func `a referral is of the person who stood on its page, or it is not written`() async throws {
        let samples = ServiceSamples()
        let browser = try await ServicePageTests.doctor(try await ServicePageTests.fixture(samples))
        try await browser.get("/referrals/new")
        let hidden = browser.hidden(of: "/referrals/new")
        // In another window.
        try await browser.post("/results", ServicePageTests.person)
        try await browser.post("/referrals/new", hidden.merging(Self.referral) { $1 })
        #expect(browser.response.status == 409 && browser.page.contains("page.otherPerson"))
        #expect(samples.referred.withLock { $0.isEmpty })
        try await browser.get("/referrals/new")
        try await browser.post("/referrals/new", Self.referral)
        #expect(samples.referred.withLock { $0.count } == 1)
    }

    @Test func `what a form writes is written once, however often it is sent`() async throws {
        let samples = ServiceSamples()
        let browser = try await ServicePageTests.doctor(try await ServicePageTests.fixture(samples))
        try await browser.get("/referrals/new")
        let hidden = browser.hidden(of: "/referrals/new")
        try await browser.post("/referrals/new", hidden.merging(Self.referral) { $1 })
        // The answer was slow, and somebody has clicked again.
        try await browser.post("/referrals/new", hidden.merging(Self.referral) { $1 })
        #expect(browser.response.status == 409 && browser.page.contains("page.sentTwice"))
        #expect(samples.referred.withLock { $0.count } == 1)
        try await browser.get("/referrals/new")
        try await browser.post("/referrals/new", Self.referral)
        #expect(samples.referred.withLock { $0.count } == 2, "another form is another referral")
    }

    @Test func `a referral rests on consent or an emergency, never on an order alone`() async throws {
        let samples = ServiceSamples()
        let fixture = try await ServicePageTests.fixture(samples)
        let browser = try await fixture.browser([.doctor], name: "li")
        try await browser.get("/referrals/new")
        let order = ServicePageTests.person.filter { $0.key != "consent" }
        try await browser.post("/referrals/new", order.merging(Self.referral) { $1 })
        #expect(browser.response.status == 422 && browser.page.contains("href=\"#consent\""))
        try await browser.post(
            "/referrals/new",
            order.merging(Self.referral) { $1 }.merging(["reason": "昏迷", "purpose": "emergency"]) { $1 })
        #expect(samples.referred.withLock { $0.first?.breakGlassReason } == "昏迷")
    }

    @Test func `an adverse event is read and acted on by a controller, whose list names nobody`() async throws {
        let samples = ServiceSamples()
        let browser = try await ServicePageTests.controller(try await ServicePageTests.fixture(samples))
        try await browser.get("/")
        #expect(browser.page.contains("起不良事件待处理"))
        try await browser.get("/adverse-events")
        #expect(browser.page.contains("2 份未完成") && browser.page.contains("跌倒坠床") && browser.page.contains("受理期限"))
        try await browser.get("/adverse-events/case?id=pingding.1")
        #expect(browser.page.contains("轻度") && browser.page.contains("已分析"))
        try await browser.post(
            "/adverse-events/act", ["id": "pingding.1", "event": "planned", "planned-measures": "扶手"])
        #expect(browser.response.status == 422 && browser.page.contains("href=\"#planned-by-day\""))
        try await browser.post(
            "/adverse-events/act",
            [
                "id": "pingding.1", "event": "planned", "planned-measures": "扶手", "planned-by-day": "2026-12-31",
                "practitioner": "x",
            ])
        let action = try #require(samples.acted.withLock { $0.first })
        #expect(action.practitioner == "qc-1" && action.day == "2026-12-31" && action.event == "planned")
        #expect(action.values == [CaseValue(field: "measures", text: "扶手")])
    }

    @Test func `an event is reported without a name unless somebody gives it`() async throws {
        let samples = ServiceSamples()
        let fixture = try await ServicePageTests.fixture(samples)
        let browser = try await fixture.browser([.doctor], name: "li")
        try await browser.get("/adverse-events/new")
        let report = ["grade": "level-1", "kind": "fall", "e-what": "如厕时滑倒", "e-harm": "mild"]
        for missing in ["grade", "kind", "e-what", "e-harm"] {
            try await browser.post("/adverse-events/new", report.filter { $0.key != missing })
            #expect(browser.response.status == 422, "\(missing)")
        }
        try await browser.post("/adverse-events/new", report)
        #expect(browser.page.contains("谢谢"))
        try await browser.post("/adverse-events/new", report.merging(["signed": "yes"]) { $1 })
        let reports = samples.reported.withLock { $0 }
        #expect(reports.map(\.reporter) == [nil, "dr-li"] && reports.allSatisfy { $0.patientName == nil })
        #expect(reports.first?.unit == "u1" && reports.first?.kind == "fall")
        for role in [ConsoleRole.doctor, .auditor, .operator] {
            let other = try await fixture.browser([role], name: "n-" + role.rawValue)
            #expect(try await other.get("/adverse-events").status == 403, "\(role)")
        }
    }
}
