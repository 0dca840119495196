import Calls
import Effects
import Indicators
import NodeRuntime
import RecognitionTestKit
import Regions
import Testing
import YilianTestKit

@Suite("Figures are explained between nodes", .serialized)
struct IndicatorsDeskTests {
    @Test("a county has its township explain a figure and submit it; nobody but its parent may ask a unit")
    func asking() async throws {
        try await TestRegion.run(.small) { region in
            try await region.node("jucheng").publish(TestReport("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            let period = ReportingPeriod(.year, containing: region.clock.time.wallTime)
            let (county, township) = (try region.node("pingding").node, try NodeID("jucheng"))
            let indicators = try county.service(IndicatorsService.self)
            let explanation = try await indicators.explain(period, of: township)
            #expect(explanation.unit == township && explanation.editions.isEmpty)
            #expect(explanation.next?.own["results-published"].numerator == 1)
            // The year is not over: a reminder says until when, and publishes nothing.
            guard case .waiting(let until, let missing) = try await indicators.remind(township, of: period) else {
                Issue.record("closed before its time")
                return
            }
            #expect(until >= period.end && missing.isEmpty)
            let shown = try #require(
                try IndicatorEndpoints.endpoints(of: county).first {
                    $0.description.path == "indicators" && $0.description.method == .get
                })
            func show(_ unit: String) async throws -> PeriodReport {
                let question = IndicatorEndpoints.PeriodQuestion(period: period.description, unit: unit)
                return try IndicatorEndpoints.show.read(
                    try await shown.respond(try IndicatorEndpoints.show.request(question)))
            }
            let report = try await show("jucheng")
            #expect(report.node == "pingding" && report.units.map(\.unit) == ["jucheng"])
            let figures = try #require(report.units.first)
            #expect(figures.state == .open && figures.editions.isEmpty)
            #expect(figures.live?.figures.first { $0.indicator == "results-published" }?.numerator == 1)
            await #expect(throws: Failure("console.badRequest", "")) { try await show("shi") }
            let served = try #require(
                try IndicatorEndpoints.endpoints(of: county).first { $0.description.path == "indicators/close" })
            func close(_ unit: String, force: Bool? = nil) async throws -> ClosingInfo {
                let order = IndicatorEndpoints.ClosingOrder(period: period.description, force: force, unit: unit)
                return try IndicatorEndpoints.close.read(
                    try await served.respond(try IndicatorEndpoints.close.request(order)))
            }
            let reminded = try await close("jucheng")
            #expect(reminded.outcome == "waiting" && reminded.waitingUntil == until.description)
            for (unit, force) in [("shi", nil), ("pingding", nil), ("jucheng", true)] as [(String, Bool?)] {
                await #expect(throws: Failure("console.badRequest", "")) { try await close(unit, force: force) }
            }
            let upwards = try region.node("jucheng").node.service(IndicatorsService.self)
            await #expect(throws: Failure.self) {
                try await upwards.explain(period, of: NodeID("pingding"))
            }
            let refused = await #expect(throws: Failure.self) {
                try await region.node("shi").node.service(IndicatorsService.self).explain(period, of: township)
            }
            #expect(refused?.code == "call.notANeighbour")
        }
    }
}
