import Effects
import Recognition
import RecognitionTestKit
import Regions
import Storage
import Testing
import Wire
import YilianTestKit

@testable import Ledgers

/// Queues that rows of one author could block for everybody.
@Suite("Queues and a hostile node", .serialized)
struct HostileQueueTests {
    @Test("a reader is warned of a correction behind hundreds of openings of another that lead nowhere")
    func readers() async throws {
        try await ExtremeRegion.run { extreme in
            let region = extreme.region
            let author = try region.node("jucheng")
            try await author.publish(RecognitionRegion.report("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            let doctor = try region.node("yuxian")
            _ = try await doctor.open(try #require(try await doctor.find(People.wang).results.first))
            try await region.waitUntilAcknowledged()
            let report = try await HonestEntries.first(of: EntryKind(100), by: author).id.description
            // Before all others: readings that name another result than the version they read, and some whose result is
            // not here.
            let ledger = try author.node.context.ledger
            try await ledger.write(lane: .bulk) { transaction in
                for number in 0..<700 {
                    try transaction.sql.execute(
                        """
                        INSERT INTO recognition_due (entry, reader, report_key, report_entry, since)
                        VALUES ($1, $2, $3, $4, $5)
                        """,
                        [
                            "aaa/1/bulk/0/\(number)", number < 350 ? "shi" : "aaa", String(repeating: "0", count: 40),
                            number < 350 ? report : "jucheng/1/bulk/0/\(number)",
                            number < 525 ? 0 : transaction.now.milliseconds,
                        ])
                }
            }
            let later = try region.node("shi")
            _ = try await later.open(try #require(try await later.find(People.wang).results.first))
            try await author.publish(
                RecognitionRegion.report("J-1", of: People.wang, value: "5.90", status: .corrected))
            try await region.wait(for: "an alert about the correction") {
                try await !doctor.recognition.alerts().isEmpty
            }
            // What cannot come any more goes, with a line in the log; what may come stays.
            try await region.wait(for: "old rows to go") {
                try await ledger.read { try $0.row("SELECT COUNT(*) FROM recognition_due", [])?.integer(0) } == 175
            }
            #expect(!region.log.lines(of: "jucheng", holding: "has not come").isEmpty)
        }
    }
}
