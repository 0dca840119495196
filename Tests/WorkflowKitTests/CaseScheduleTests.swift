import Effects
import Ledgers
import Regions
import SQLiteStorage
import Storage
import Testing
import Trust
import WorkflowKit

/// What a case costs does not grow with how many there are.
struct CaseScheduleTests {
    private func withStore(_ body: (SQLiteStore) async throws -> Void) async throws {
        let folder =
            (ProcessImage.environment("YILIAN_TEST_FOLDER") ?? "/tmp") + "/yilian-cases-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
        let world = World(
            time: ManualTime(), random: SeededRandom(seed: 7), disk: MemoryDisk(),
            makeWorker: { ThreadWorker(name: $0) })
        let store = try SQLiteStore(path: "\(folder)/cases.sqlite", world: world, onBroken: { _ in })
        try await store.migrate(CaseTables().migrations)
        do { try await body(store) } catch {
            try await store.close()
            throw error
        }
        try await store.close()
        try SystemDisk().remove(folder)
    }

    /// Cases that wait for a day that is far away.
    private func wait(for count: Int, from first: Int, in sql: any SQLTransaction) throws {
        let home = try NodeID("east")
        for number in first..<first + count {
            let id = CaseID<SampleWorkflow>(origin: home, serial: "\(number)")
            try CaseSchedule<SampleWorkflow>.noteChange(of: id, isOpen: true, in: sql)
            let item = try #require(try CaseSchedule<SampleWorkflow>.item(id, in: sql))
            try CaseSchedule<SampleWorkflow>.put(item, at: WallTime(milliseconds: 1 << 41), in: sql)
        }
    }

    private func entry(_ number: Int, of id: CaseID<SampleWorkflow>) throws -> Entry {
        let walk = try WorkflowWalk<SampleWorkflow>()
        var fields = CaseFields<SampleWorkflow>(id: id, home: walk.home, terms: walk.terms)
        fields.organizationUnit = "unit"
        return Entry(
            id: try EntryID("east/1/clinical/\(number)/0"), kind: SampleWorkflow.table.creation.kind,
            subject: id.description, authorTime: .epoch, receivedTime: .epoch, causes: [],
            fields: try fields.encoded(), payload: nil, hasPayload: false)
    }

    @Test func `folding an event and finding what is due costs the same with 2,000 and with 100,000 open cases`()
        async throws
    {
        try await withStore { store in
            let home = try NodeID("east")
            let context = FoldContext(
                node: home,
                tree: ManagementTree(
                    RegionConfiguration(region: try RegionID("sample"), name: "示例", version: 1, validFrom: .epoch),
                    at: .epoch), suite: .ed25519)
            var steps: [Int] = []
            for (round, count) in [2_000, 98_000].enumerated() {
                try await store.write { sql in try wait(for: count, from: round * 2_000, in: sql) }
                steps += [
                    try await store.write { sql in
                        let meter = MeteredTransaction(sql, limit: .max, refusal: Failure("test.never", "no limit"))
                        let id = CaseID<SampleWorkflow>(origin: home, serial: "new\(round)")
                        let entry = try entry(round, of: id)
                        try CaseProjection<SampleWorkflow>().fold(entry, in: meter, context: context)
                        let due = try CaseSchedule<SampleWorkflow>.due(at: .epoch, limit: 200, in: meter)
                        #expect(due.map(\.id) == [id])
                        try CaseSchedule<SampleWorkflow>.put(due[0], at: nil, in: meter)
                        _ = try CaseSchedule<SampleWorkflow>.next(in: meter)
                        return meter.steps
                    }
                ]
            }
            #expect(steps.count == 2 && steps[0] == steps[1] && steps[0] > 0, "\(steps)")
        }
    }

    @Test func `one author writes no more about one case than anybody needs to`() async throws {
        try await withStore { store in
            let id = CaseID<SampleWorkflow>(origin: try NodeID("east"), serial: "1")
            let context = FoldContext(
                node: try NodeID("east"),
                tree: ManagementTree(
                    RegionConfiguration(region: try RegionID("sample"), name: "示例", version: 1, validFrom: .epoch),
                    at: .epoch), suite: .ed25519)
            let refused = try await store.write { sql -> Failure.Code? in
                do {
                    for number in 0...Limits.caseEntriesPerAuthor {
                        try CaseProjection<SampleWorkflow>().fold(
                            try entry(number, of: id), in: sql, context: context)
                    }
                    return nil
                } catch let failure as Failure {
                    return failure.code
                }
            }
            #expect(refused == "sample.tooMany")
        }
    }
}
