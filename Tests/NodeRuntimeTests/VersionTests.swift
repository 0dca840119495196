import RecognitionTestKit
import Regions
import Testing
import YilianTestKit

@Suite("Versions of a result, seen from the other county", .serialized)
struct VersionTests {
    /// What a doctor at the other county finds after a township published these reports in this order.
    private func found(_ reports: [TestReport]) async throws -> FoundResult {
        try await TestRegion.run(.small) { region in
            for report in reports { try await region.node("jucheng").publish(report) }
            try await region.waitUntilAcknowledged()
            let results = try await region.node("yuxian").find(People.wang).results
            #expect(results.count == 1)
            return try #require(results.first)
        }
    }

    private func report(
        _ status: TestReport.Status, value: String = "5.60", isProduction: Bool = true, issued: String? = nil
    ) -> TestReport {
        TestReport(
            "J-1", of: People.wang, status: status, observations: [TestObservation("GLU", "葡萄糖", value)],
            isProduction: isProduction, issuedTime: issued)
    }

    @Test("a preliminary result is found and not recognisable")
    func preliminary() async throws {
        let result = try await found([report(.preliminary)])
        #expect(!result.isRecognisable)
        #expect(result.obstacle == "preliminary")
    }

    @Test("a result from training is found and not recognisable")
    func training() async throws {
        let result = try await found([report(.final, isProduction: false)])
        #expect(!result.isRecognisable)
        #expect(result.obstacle == "notProduction")
    }

    @Test("changed content is a new version, which is the one that is found")
    func newVersion() async throws {
        let result = try await found([report(.preliminary), report(.final), report(.corrected, value: "5.70")])
        #expect(result.version == 3)
        #expect(result.versionCount == 3)
        #expect(result.status == "corrected")
        #expect(result.isRecognisable)
    }

    @Test("the same content again is no new version, and an old one that comes late brings nothing back")
    func duplicate() async throws {
        let result = try await found([
            report(.final), report(.final), report(.corrected, value: "5.70"), report(.final),
        ])
        #expect(result.versionCount == 2)
        #expect(result.status == "corrected")
    }

    @Test("a void wins over everything that was not issued after it, whatever comes when")
    func void() async throws {
        let result = try await found([
            report(.final, issued: "20260301"), report(.void, issued: "20260303"),
            report(.corrected, value: "5.80", issued: "20260302"), report(.preliminary, issued: "20260304"),
        ])
        #expect(result.isVoid)
        #expect(result.obstacle == "void")
    }

    @Test("a void is lifted by what is final and issued later, or comes later where nothing says when it was issued")
    func lifted() async throws {
        for (void, later) in [("20260303", "20260304"), (nil, nil)] {
            let result = try await found([
                report(.final), report(.void, issued: void), report(.corrected, value: "5.80", issued: later),
            ])
            #expect(!result.isVoid)
            #expect(result.isRecognisable)
        }
    }

    @Test("a void that comes before its result voids it")
    func voidFirst() async throws {
        let result = try await found([report(.void, issued: "20260303"), report(.final, issued: "20260303")])
        #expect(result.isVoid)
        #expect(!result.isRecognisable)
    }

    @Test("a void on one chain and its result on another agree at the city, whichever comes first")
    func twoChains() async throws {
        try await TestRegion.run(.small) { region in
            // One institution for which two nodes write: the result comes by one, its void by the other.
            try await region.publishConfiguration {
                $0.delegations.append(UnitDelivery(unit: try OrgUnitID("jucheng"), node: try NodeID("yuxian")))
                // Always: also before the region was made.
                $0.corrected = $0.version + 1
            }
            try await region.waitUntilConfigured()
            var result = report(.final, issued: "20260303")
            result.institution = "jucheng"
            var void = report(.void, issued: "20260303")
            void.institution = "jucheng"
            try region.cut("jucheng", "pingding")
            try await region.node("jucheng").publish(result)
            try await region.node("yuxian").publish(void)
            try await region.wait(for: "the void at the city") {
                try await region.node("shi").reportCounts().versions == 1
            }
            try region.heal("jucheng", "pingding")
            try await region.waitUntilAcknowledged()
            let found = try await region.node("shi").find(People.wang).results
            #expect(found.count == 1)
            #expect(found.first?.isVoid == true)
            #expect(found.first?.versionCount == 2)
        }
    }
}
