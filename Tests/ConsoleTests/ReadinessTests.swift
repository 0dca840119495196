import Effects
import Synchronization
import Testing
import YilianTestKit

@testable import Console

@Suite("Readiness", .serialized)
struct ReadinessTests {
    private func checks(freeBytes: Int64?) async throws -> [ReadinessProbe.Check] {
        let found = Mutex<[ReadinessProbe.Check]>([])
        try await TestRegion.run(.small) { region in
            var setup = try await OperatedNode.setup(try region.node("pingding"))
            setup.freeDiskBytes = { freeBytes }
            let probe = try await ReadinessProbe.open(setup)
            let checks = await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await probe.run() }
                defer { group.cancelAll() }
                // A machine with much to do may need more than the deadline; that one is no matter here.
                var checks = await probe.checks()
                for _ in 0..<20 where checks.first?.name == "deadline" { checks = await probe.checks() }
                return checks
            }
            found.withLock { $0 = checks }
        }
        return found.withLock { $0 }
    }

    @Test("a disk with room is ready, a full one is not, and the check says how much is left and how much is needed")
    func fullDisk() async throws {
        let well = try await checks(freeBytes: Limits.freeDiskBytes)
        #expect(well.map(\.name) == ["keys", "disk", "deliveries", "space"])
        #expect(well.filter { !$0.isSound } == [])
        let full = try await checks(freeBytes: Limits.freeDiskBytes - 1)
        #expect(full.filter { !$0.isSound }.map(\.name) == ["space"], "one row in place of another still fits")
        #expect(full.last?.detail == "63 MiB are free on the disk; make room for at least 64")
        let unknown = try await checks(freeBytes: nil)
        #expect(unknown.map(\.name) == ["keys", "disk", "deliveries"], "where nobody can say, nothing is claimed")
    }
}
