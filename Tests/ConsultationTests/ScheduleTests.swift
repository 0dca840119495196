import Effects
import Storage
import Testing
import WorkflowKit

@testable import Consultation

private typealias ConsultationSchedule = CaseSchedule<ConsultationWorkflow>

/// The watch looks at what has changed and at what is due.
struct ScheduleTests {
    /// The requests that wait to be looked at.
    private func waiting(at member: ConsultationRegion.Member) async throws -> [ConsultationID] {
        let now = member.context.now
        return try await member.ledger.read { try ConsultationSchedule.due(at: now, limit: 99, in: $0) }.map(\.id)
    }

    @Test func `what happens to a request puts it in front, and a closed one is looked at no more`() async throws {
        try await ConsultationRegion.run { region in
            let ids = [
                try await region.service("hill").create(Samples.draft()).id,
                try await region.service("hill").create(Samples.draft()).id,
            ]
            try await region.deliver()
            let east = try region["east"]
            #expect(try await Set(waiting(at: east)) == Set(ids))
            try await region.settle()
            for member in region.running { #expect(try await waiting(at: member).isEmpty, "\(member.context.node)") }
            let due = try #require(try await east.watch.attendToDue())
            #expect(due == east.context.now.advanced(byMilliseconds: Int64(SampleRegion.claimSeconds) * 1_000))

            _ = try await region.service("lake").claim(ids[0], expert: "ecg-zhao")
            #expect(try await waiting(at: east) == [ids[0]])
            _ = try await east.watch.attendToDue()
            #expect(try await waiting(at: east).isEmpty)
            region.time.advance(milliseconds: Int64(SampleRegion.claimSeconds) * 1_000)
            #expect(try await waiting(at: east) == [ids[1]], "its claim is due; the other one was claimed")
            _ = try await region.service("lake").report(ids[0], expert: "ecg-zhao", text: Samples.report)
            try await region.settle()
            _ = try await region.service("hill").acknowledge(ids[0], practitioner: "D-102")
            try await region.settle()
            let left = try await east.ledger.read { sql in
                try sql.rows("SELECT case_id FROM case_schedule", []).map { try $0.text(0) }
            }
            #expect(!left.contains(ids[0].description))
            // A refold puts everything that is open in front.
            try await east.ledger.refold()
            #expect(try await Set(waiting(at: east).map(\.description)) == Set(left))
        }
    }

    /// Counted inside a transaction that is taken back.
    private struct Counted: Error {
        var steps: Int
    }

    @Test func `what it costs to find what is due does not grow with the requests that are open`() async throws {
        try await ConsultationRegion.run { region in
            let (store, now) = (try region["east"].ledger.store, try region["east"].context.now)
            var steps: [Int] = []
            for count in [300, 600] {
                do {
                    try await store.write { sql -> Void in
                        for number in 0..<count {
                            let id = try ConsultationID("hill.\(number)")
                            try ConsultationSchedule.noteChange(of: id, isOpen: true, in: sql)
                            let item = try #require(try ConsultationSchedule.item(id, in: sql))
                            try ConsultationSchedule.put(item, at: now.advanced(byMilliseconds: 60_000), in: sql)
                        }
                        try ConsultationSchedule.noteChange(of: try ConsultationID("hill.7"), isOpen: true, in: sql)
                        let meter = MeteredTransaction(sql, limit: .max, refusal: Failure("test.never", "no limit"))
                        let due = try ConsultationSchedule.due(at: now, limit: 200, in: meter)
                        #expect(due.map(\.id.description) == ["hill.7"])
                        _ = try ConsultationSchedule.next(in: meter)
                        throw Counted(steps: meter.steps)
                    }
                } catch let counted as Counted {
                    steps.append(counted.steps)
                }
            }
            #expect(steps.count == 2 && steps[0] == steps[1] && steps[0] > 0, "\(steps)")
        }
    }
}
