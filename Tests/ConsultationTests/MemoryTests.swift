import Effects
import Ledgers
import Regions
import ServiceKit
import Testing

@testable import Consultation
@testable import WorkflowKit

/// What a node keeps of closed cases besides what it derives from their entries.
struct MemoryTests {
    private static let dayMilliseconds: Int64 = 86_400_000

    private func kept(_ member: ConsultationRegion.Member) async throws -> [Int64] {
        try await member.ledger.read { sql in
            try [
                sql.row("SELECT COUNT(*) FROM case_order", []), sql.row("SELECT COUNT(*) FROM case_answer", []),
                sql.row("SELECT COUNT(*) FROM case_share", []),
            ].map { try $0?.integer(0) ?? 0 }
        }
    }

    private func forget(_ region: ConsultationRegion) async throws -> Int {
        var count = 0
        for member in region.running { count += try await CaseMemory<ConsultationWorkflow>(member.context).forget() }
        return count
    }

    /// A case that another county reports on; its hospital has been told.
    private func close(_ region: ConsultationRegion) async throws {
        let hill = try region["hill"]
        let id = try await hill.service.create(Samples.draft(orderNumber: "O-1")).id
        try await region.settle()
        for _ in 0..<2 { try await region.pass(seconds: SampleRegion.claimSeconds) }
        _ = try await region.service("west").claim(id, expert: "ecg-wang")
        _ = try await region.service("west").report(id, expert: "ecg-wang", text: Samples.report)
        try await region.settle()
        _ = try await hill.service.acknowledge(id, practitioner: "D-102")
        try await region.settle()
        let due = try await hill.ledger.read { try ConsultationAnswers.due(after: 0, limit: 10, in: $0) }
        #expect(due.count == 1)
        try await hill.ledger.write(lane: .clinical) { transaction in
            for answer in due { try ConsultationAnswers.mark(answer.entry, in: transaction.sql) }
        }
    }

    @Test func `what a closed case left behind goes after its time, and a refold neither tells nor shares it again`()
        async throws
    {
        try await ConsultationRegion.run { region in
            try await close(region)
            let (hill, city) = (try region["hill"], try region["city"])
            #expect(try await kept(hill) == [1, 1, 0])
            let shared = try await kept(city)[2]
            #expect(shared > 0)
            region.time.advance(milliseconds: 399 * Self.dayMilliseconds)
            _ = try await hill.service.create(Samples.draft(orderNumber: "O-2"))
            #expect(try await forget(region) == 0)
            region.time.advance(milliseconds: 2 * Self.dayMilliseconds)
            #expect(try await forget(region) > 0)
            #expect(try await kept(hill) == [1, 0, 0], "the order of the open case stays")
            #expect(try await kept(city)[2] == 0)
            for member in [hill, city] { try await member.ledger.refold() }
            for member in region.running { try await member.watch.round() }
            #expect(try await hill.ledger.read { try ConsultationAnswers.due(after: 0, limit: 10, in: $0) } == [])
            #expect(try await kept(hill)[1] == 0)
            #expect(try await kept(city)[2] == 0)
        }
    }
}
