import Recognition
import RecognitionTestKit
import Regions
import Testing
import YilianTestKit

@Suite("Whose figures stand in a node's sheet", .serialized)
struct SheetScopeTests {
    @Test("a township's own, a county's group, the city's all, whatever else they know of others")
    func scope() async throws {
        try await RecognitionRegion.run { region in
            try await region.node("jucheng").publish(RecognitionRegion.report("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            let doctor = try region.node("yuxian")
            let match = try await doctor.match(People.wang)
            try await doctor.open(try #require(match.items.first?.candidates.first), of: match)
            _ = try await doctor.decide(match)
            try await region.waitUntilAcknowledged()
            let period = ReportingPeriod(.year, containing: region.clock.time.wallTime)
            // The issuer knows what the other county decided; that is no figure of its own.
            #expect(try await region.node("jucheng").recognition.decisions().isEmpty == false)
            for (id, units) in [
                ("jucheng", ["jucheng"]), ("pingding", ["jucheng"]), ("yuxian", ["yuxian"]),
                ("shi", ["jucheng", "yuxian"]),
            ] {
                let sheet = try await region.node(id).recognition.sheet(period)
                #expect(sheet.rows.map(\.unit.rawValue) == units, "at \(id)")
            }
            #expect(try await region.node("pingding").recognition.sheet(period).total.recognised == 0)
            #expect(try await region.node("yuxian").recognition.sheet(period).total.recognised == 1)
            #expect(try await region.node("shi").recognition.sheet(period).total.recognised == 1)
        }
    }
}
