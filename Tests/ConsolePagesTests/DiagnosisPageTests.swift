import ConsoleKit
import Effects
import ServiceKit
import Testing
import WorkflowKit

@testable import ConsolePages

@Suite("Pages of diagnoses") struct DiagnosisPageTests {
    private static let report = ["id": "pingding.claimed", "event": "reported"]

    @Test func `an expert claims what is offered, and reports on what is theirs`() async throws {
        let samples = ServiceSamples()
        let fixture = try await ServicePageTests.fixture(samples)
        let browser = try await fixture.browser([.expert], name: "li")
        try await browser.get("/diagnoses")
        #expect(browser.page.contains("心电") && browser.page.contains("您接的") && browser.page.contains("急诊"))
        try await browser.get("/diagnoses/case?id=pingding.offered")
        #expect(browser.page.contains("接诊") && !browser.page.contains("出具报告"))
        #expect(browser.page.contains("运送中"), "where the specimen is")
        try await browser.get("/diagnoses/case?id=pingding.claimed")
        #expect(browser.page.contains("出具报告") && !browser.page.contains("审核签发"))
        try await browser.post("/diagnoses/act", Self.report)
        #expect(browser.response.status == 422 && browser.page.contains("href=\"#reported-conclusion\""))
        #expect(samples.diagnosed.withLock { $0.isEmpty })
        try await browser.post("/diagnoses/act", Self.report.merging(["reported-conclusion": "正常心电图"]) { $1 })
        let action = try #require(samples.diagnosed.withLock { $0.first })
        #expect(action.event == "reported" && action.practitioner == "dr-li" && action.id == "pingding.claimed")
        #expect(action.values.map(\.text) == ["正常心电图"])
    }

    @Test func `who is on duty stands on a page about nobody's patients`() async throws {
        let browser = try await ServicePageTests.fixture(ServiceSamples()).browser([.expert], name: "li")
        try await browser.get("/diagnoses/experts")
        #expect(browser.response.status == 200 && browser.page.contains("在班"))
        #expect(!browser.page.contains("class=\"watermark\""))
    }
}
