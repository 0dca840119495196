import Console
import Demo
import Effects
import Foundation
import Synchronization
import Testing
import YilianTestKit

/// A region of real processes in a folder of its own.
final class Cluster: Sendable {
    let stage: DemoStage
    private let state: Mutex<RegionPlan>
    private let days = Mutex(0)

    /// The region of the suite whose test is running.
    @TaskLocal static var running: Cluster?

    static var current: Cluster {
        get throws { try #require(running, "the test's suite has no region: give it .region(…)") }
    }

    var world: World { stage.world }
    var plan: RegionPlan { state.withLock { $0 } }
    var nodeIDs: [String] { stage.nodes.map(\.id) }

    private init(_ plan: RegionPlan, _ stage: DemoStage) {
        self.stage = stage
        state = Mutex(plan)
    }

    /// Writes the region's files, issues keys and certificates, starts every node.
    static func raise(_ plan: RegionPlan) async throws -> Cluster {
        let world = World.system
        let folder = TestOptions.usualFolder + "/yilian-cluster-\(world.identifier().suffix(10).lowercased())"
        let nodesFolder = folder + "/nodes"
        try world.disk.createDirectory(nodesFolder, mode: 0o700)
        try world.disk.write(plan.regionText, to: nodesFolder + "/region.yaml")
        for place in RegionPlan.Place.all {
            try world.disk.write(RegionPlan.nodeText(place.node), to: nodesFolder + "/\(place.node).yaml")
        }
        let options = DemoOptions(
            nodesFolder: nodesFolder, messagesFolder: "", keepFolder: folder, exits: true, printsJSON: true, seed: 1,
            suite: "ed25519", dayPercent: 0, program: try BuiltProgram.path(), isTerminal: false)
        let stage = DemoStage(
            options: options, folder: folder, world: world, printer: DemoPrinter(isTerminal: false, isQuiet: true))
        let cluster = Cluster(plan, stage)
        do {
            try await stage.raise()
        } catch {
            await cluster.lower()
            throw error
        }
        return cluster
    }

    /// Ends every process and removes the folder; it stays where `YILIAN_KEEP_CLUSTERS` is set.
    func lower() async {
        await stage.lower()
        if ProcessInfo.processInfo.environment["YILIAN_KEEP_CLUSTERS"] == nil { try? world.disk.remove(stage.folder) }
    }

    /// A day of generated messages that no other test of this region has used: its order numbers are its own.
    func nextDay() -> WorkingDay {
        let number = days.withLock { count in
            count += 1
            return count
        }
        let day = world.time.wallTime.advanced(byMilliseconds: -86_400_000 * Int64(number))
        return WorkingDay(
            seed: UInt64(number), day: CivilDateTime(day, offsetMinutes: 480), kinds: [.laboratory, .ecg])
    }

    // MARK: Processes

    /// `kill -9`, and waits for the end.
    func kill(_ id: String) async throws {
        let process = try stage.node(id).process
        process.signal(9)
        let code = try await process.wait()
        #expect(code == 128 + 9, "\(id) had ended with code \(code) before it was killed: \(lastWords(of: id))")
    }

    /// Stops a node as its operator does.
    func stop(_ id: String) async throws {
        try await stage.node(id).process.end(withinMilliseconds: 20_000)
    }

    /// Starts again what a test before this one left stopped, killed or without a disk: a test that was given up in its
    /// middle must not fail the next one.
    ///
    /// A node that ended otherwise, by a trap or an error, did so by itself, and is an issue.
    func makeWhole() async throws {
        for node in stage.nodes where !node.process.isRunning {
            let code = try await node.process.wait()
            if !Self.endings.contains(code) {
                Issue.record("\(node.id) ended by itself with code \(code): \(lastWords(of: node.id))")
            }
            try await stage.restart(node.id)
        }
    }

    /// How tests end nodes: as an operator does, by `kill -9`, by a disk that fails.
    private static let endings: Set<Int32> = [0, 128 + 9, 74]

    /// The last lines that a node wrote.
    private func lastWords(of id: String) -> String {
        let path = (try? stage.node(id).dataFolder).map { $0 + "/node.log" } ?? ""
        let text = (try? world.disk.readText(path, limitBytes: Limits.importFileBytes)) ?? "no log"
        return text.split(separator: "\n").suffix(5).joined(separator: "\n")
    }

    // MARK: Waiting

    /// Asks again and again until `condition` gives true.
    func wait(for what: String, seconds: Int = 60, until condition: () async throws -> Bool) async throws {
        _ = try await stage.wait(for: what, seconds: seconds, condition, until: { $0 })
    }

    // MARK: The region's configuration

    /// Writes a changed region.yaml with the next version, signs it and hands it to the dispatcher.
    func publish(_ change: (inout RegionPlan) -> Void = { _ in }) async throws {
        let plan = state.withLock { plan in
            plan.version += 1
            change(&plan)
            return plan
        }
        let file = stage.options.nodesFolder + "/region.yaml"
        try world.disk.write(plan.regionText, to: file)
        try await stage.yilian([
            "region", "publish", file, "--authority", stage.folder + "/authority", "--out",
            stage.folder + "/region.configuration", "--data", try stage.node("diaodu").dataFolder,
        ])
    }
}

/// Raises a region for a suite: once, before its first test; lowers it after its last.
///
/// Before each test every node runs.
struct ClusterTrait: SuiteTrait, TestTrait, TestScoping {
    let plan: RegionPlan

    /// Its tests have it too.
    var isRecursive: Bool { true }

    func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? {
        test.isSuite || testCase != nil ? self : nil
    }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        if !test.isSuite {
            try await Cluster.current.makeWhole()
            return try await function()
        }
        // Suites within the suite work on its region.
        if Cluster.running != nil { return try await function() }
        let cluster = try await Cluster.raise(plan)
        let result: Result<Void, any Error>
        do {
            result = .success(try await Cluster.$running.withValue(cluster, operation: function))
        } catch {
            result = .failure(error)
        }
        await cluster.lower()
        try result.get()
    }
}

extension Trait where Self == ClusterTrait {
    static func region(_ plan: RegionPlan) -> ClusterTrait { ClusterTrait(plan: plan) }
}
