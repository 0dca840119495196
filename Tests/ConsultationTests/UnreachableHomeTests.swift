import Effects
import Regions
import Testing

@testable import Consultation

/// What happens when a home dies.
struct UnreachableHomeTests {
    @Test func `when the home dies after a claim the dispatcher opens another attempt, and both reports are shown`()
        async throws
    {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            _ = try await region.service("east").claim(id, expert: "ecg-li")
            try await region.settle()
            try await region.stop("east")
            try await region.pass(seconds: SampleRegion.reportSeconds + SampleRegion.graceSeconds - 1)
            #expect(try await region.service("root").show(id).attempts.map(\.state) == [.claimed])
            try await region.pass(seconds: 1)
            #expect(try await region.service("city").show(id).attempts.map(\.state) == [.claimed, .offered])
            _ = try await region.service("city").claim(id, expert: "ecg-chen")
            _ = try await region.service("city").report(id, expert: "ecg-chen", text: Samples.report)
            try await region.settle()

            try await region.start("east")
            try await region.settle()
            let late = try await region.service("east").report(
                id, attempt: 1, expert: "ecg-li", text: Samples.otherReport)
            #expect(late.state == .reported)
            try await region.settle()
            let shown = try await region.service("hill").read(
                id, by: "D-102", of: "hill-wsy")
            #expect(shown.reports.map(\.attempt) == [1, 2])
            #expect(shown.reports.map(\.report.text) == [Samples.otherReport, Samples.report])
        }
    }

    @Test func `a home that died before it took the request on is replaced, and finds its work again afterwards`()
        async throws
    {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.deliver()
            try await region.stop("east")
            try await region.pass(seconds: SampleRegion.claimSeconds + SampleRegion.graceSeconds)
            let record = try await region.service("city").show(id)
            #expect(record.attempts.map(\.number) == [2])
            #expect(record.attempts.map(\.state) == [.offered])
            try await region.start("east")
            try await region.settle()
            #expect(try await region.service("hill").show(id).attempts.map(\.home.rawValue) == ["east", "city"])
        }
    }

    @Test func `deadlines that pass while a home is down are found in its tables after the restart`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            try await region.stop("east")
            region.time.advance(milliseconds: Int64(SampleRegion.claimSeconds) * 1_000)
            try await region.start("east")
            try await region.settle()
            #expect(try await region.service("hill").show(id).attempts.map(\.state) == [.escalated, .offered])
        }
    }

    @Test func `the watch does by itself what is due, driven by changes and the clock`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.deliver()
            let east = try region["east"]
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await east.watch.run() }
                try await region.until { try await east.service.show(id).state == .offered }
                region.time.advance(milliseconds: Int64(SampleRegion.claimSeconds) * 1_000)
                try await region.until { try await east.service.show(id).state == .escalated }
                group.cancelAll()
            }
        }
    }

    @Test func `a full disk does not end the watch, which goes on when there is room`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.deliver()
            let east = try region["east"]
            try await east.fillDisk()
            // One request that cannot be attended to keeps no other waiting; of which none can be, the round says so.
            do { try await east.watch.round() } catch { #expect(error as? Failure == Failure("storage.full", "")) }
            #expect(try await east.service.show(id).state == .requested)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await east.watch.run() }
                try await region.until { region.time.sleeperCount > 0 }
                #expect(try await east.service.show(id).state == .requested)
                try await east.emptyDisk()
                // The watch may begin its pause only now.
                try await region.until {
                    region.time.advance(milliseconds: 100)
                    return try await east.service.show(id).state != .requested
                }
                group.cancelAll()
            }
        }
    }
}

extension ConsultationRegion.Member {
    /// Lets the store's file grow no more, and every new batch need more pages than were ever freed in it.
    fileprivate func fillDisk() async throws {
        try await ledger.store.write { sql in
            try sql.execute("CREATE TABLE filler(bytes BLOB)", [])
            try sql.execute(
                """
                CREATE TRIGGER fill BEFORE INSERT ON batch BEGIN INSERT INTO filler VALUES(zeroblob(1000000)); END
                """, [])
            _ = try sql.rows("PRAGMA max_page_count=1", [])
        }
    }

    fileprivate func emptyDisk() async throws {
        try await ledger.store.write { sql in
            try sql.execute("DROP TRIGGER fill", [])
            _ = try sql.rows("PRAGMA max_page_count=1000000", [])
        }
    }
}

extension ConsultationRegion {
    /// Waits until something holds, for five minutes at most; lets other tasks run meanwhile.
    func until(_ condition: () async throws -> Bool) async throws {
        let clock = SystemTime()
        let end = clock.monotonicTime.advanced(byMilliseconds: 300_000)
        while clock.monotonicTime < end {
            if try await condition() { return }
            await Task.yield()
        }
        throw Failure("test.never", "it never came to hold")
    }
}
