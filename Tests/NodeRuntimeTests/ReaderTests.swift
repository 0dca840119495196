import Recognition
import RecognitionTestKit
import Testing
import YilianTestKit

@Suite("Readers of a result", .serialized)
struct ReaderTests {
    @Test("who opened a correction is warned when it is voided, and nothing waits for the versions before it")
    func correction() async throws {
        try await TestRegion.run(.small) { region in
            let author = try region.node("jucheng")
            try await author.publish(TestReport("J-1", of: People.wang, conclusion: "一"))
            try await author.publish(TestReport("J-1", of: People.wang, status: .corrected, conclusion: "二"))
            try await region.waitUntilAcknowledged()
            let reader = try region.node("yuxian")
            let found = try #require(try await reader.find(People.wang).results.first)
            #expect(try await reader.open(found).conclusion == "二")
            try await region.wait(for: "both versions at the reader's node") {
                try await reader.reportCounts().versions == 2
            }
            try await author.publish(TestReport("J-1", of: People.wang, status: .void, conclusion: "三"))
            try await region.wait(for: "the alert") {
                try await reader.node.service(RecognitionService.self).alerts().contains(where: \.isVoid)
            }
            #expect(try await reader.node.context.ledger.verify().held == 0)
        }
    }
}
