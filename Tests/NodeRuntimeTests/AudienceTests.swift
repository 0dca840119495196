import RecognitionTestKit
import Testing
import YilianTestKit

@Suite("Who gets what", .serialized)
struct AudienceTests {
    @Test("content lies at the author and its county, and nowhere else, not even after it was opened")
    func payload() async throws {
        try await TestRegion.run(.small) { region in
            let report = TestReport("J-4711", of: People.wang, conclusion: "葡萄糖升高待查")
            try await region.node("jucheng").publish(report)
            try await region.waitUntilAcknowledged()
            let doctor = try region.node("yuxian")
            let found = try #require(try await doctor.find(People.wang).results.first)
            _ = try await doctor.open(found)
            for planted in [People.wang.name, People.wang.identifier, "葡萄糖升高待查"] {
                for (id, holds) in [
                    ("jucheng", true), ("pingding", true), ("shi", false), ("diaodu", false), ("yuxian", false),
                ] {
                    #expect(try await region.node(id).diskHolds(planted) == holds, "\(planted) at \(id)")
                }
            }
        }
    }

    @Test("the index reaches the city and not the dispatcher")
    func header() async throws {
        try await TestRegion.run(.small) { region in
            let published = try await region.node("jucheng").publish(TestReport("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            for (id, holds) in [("jucheng", true), ("pingding", true), ("shi", true), ("diaodu", false)] {
                #expect(try await region.node(id).diskHolds(published.resultKey) == holds, "\(id)")
                #expect(try await region.node(id).reportCounts().versions == (holds ? 1 : 0), "\(id)")
            }
        }
    }

    @Test("what a county's own hospital reports stays at the county, and is opened from there")
    func countyHospital() async throws {
        try await TestRegion.run(.small) { region in
            try await region.node("pingding").publish(TestReport("P-1", of: People.li))
            try await region.waitUntilAcknowledged()
            #expect(try await !region.node("shi").diskHolds(People.li.name))
            let doctor = try region.node("yuxian")
            let opened = try await doctor.open(try #require(try await doctor.find(People.li).results.first))
            #expect(opened.servedBy == "pingding")
            #expect(opened.patientName == People.li.name)
        }
    }
}
