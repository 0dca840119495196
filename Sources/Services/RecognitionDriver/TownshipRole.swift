import ArgumentParser
import Effects
import Links
import NodeRuntime
import Recognition
import Regions
import Synchronization

/// The township's process: publishes the reports, each with a publish of its own.
struct TownshipRole: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "township", shouldDisplay: false)

    @Option var folder: String
    @Option var port: Int
    @OptionGroup var load: LoadOptions

    struct Published: Codable, Sendable {
        var beganAtMilliseconds: Int64
        var endedAtMilliseconds: Int64
        var publishP50Microseconds: Int64
        var publishP99Microseconds: Int64
        /// What making the reports costs without publishing them.
        var generatorCPUSeconds: Double
    }

    struct Ended: Codable, Sendable {
        var cpuSeconds: Double
        var peakBytes: Int
        /// Clinical entries that were written while a backlog drained, and after it; only where there was one.
        var clinicalWhileDraining: ClinicalProbe.Times?
        var clinicalIdle: ClinicalProbe.Times?
    }

    func run() async throws {
        let world = World.system
        let baton = Baton(folder: folder, world: world, timeoutSeconds: load.timeout)
        let generatorSeconds = try load.generator.cost(load.reports, disk: world.disk)
        let node = try await LoadNode.open(
            NodeSecrets.township, in: folder, listen: nil, parents: [LinkAddress(host: "127.0.0.1", port: port)],
            world: world)
        try await node.run { node in try await work(node, baton, generatorSeconds) }
    }

    private func work(_ node: YilianNode, _ baton: Baton, _ generatorSeconds: Double) async throws {
        let time = baton.world.time
        while !node.isLinked(with: NodeSecrets.county) { try await baton.pause(waitingFor: "the link") }
        let publisher = Publisher(
            recognition: try node.service(RecognitionService.self), reports: load.generator, inflight: load.inflight,
            time: time)
        _ = try await publisher.publish(0..<load.warmup)
        let _: Bool = try await baton.take(Stage.go)
        let before = try ProcessFigures.now(disk: baton.world.disk)
        let began = time.wallTime.milliseconds
        try baton.put(Stage.begun, began)
        let latencies = try await publisher.publish(load.warmup..<load.total).sorted()
        try baton.put(
            Stage.published,
            Published(
                beganAtMilliseconds: began, endedAtMilliseconds: time.wallTime.milliseconds,
                publishP50Microseconds: latencies[latencies.count / 2],
                publishP99Microseconds: latencies[(latencies.count - 1) * 99 / 100],
                generatorCPUSeconds: generatorSeconds))
        let draining = load.backlog ? try await probe(node, baton, until: { _ in try Self.isDrained(baton) }) : nil
        let _: CountyRole.Visible = try await baton.take(Stage.visible)
        let after = try ProcessFigures.now(disk: baton.world.disk)
        let idle = load.backlog ? try await probe(node, baton, until: { $0 == Self.idleProbes }) : nil
        try baton.put(
            Stage.ended,
            Ended(
                cpuSeconds: after.cpuSeconds - before.cpuSeconds, peakBytes: after.peakBytes,
                clinicalWhileDraining: draining, clinicalIdle: idle))
        let _: Bool = try await baton.take(Stage.stop)
    }

    private static let idleProbes = 200

    private static func isDrained(_ baton: Baton) throws -> Bool {
        try baton.get(Stage.visible, CountyRole.Visible.self) != nil
    }

    /// Times clinical entries from when the county is linked; they are versions of a result that both nodes have.
    private func probe(
        _ node: YilianNode, _ baton: Baton, until isOver: (Int) throws -> Bool
    ) async throws -> ClinicalProbe.Times {
        while !node.isLinked(with: NodeSecrets.county) { try await baton.pause(waitingFor: "the link") }
        let probe = ClinicalProbe(node: node, time: baton.world.time, result: try await node.someResult())
        // At least one: a short backlog may be gone at once.
        let times = try await probe.times { entries in try entries > 0 && isOver(entries) }
        return try ClinicalProbe.Times(times.map(\.microseconds))
    }
}

/// Positions that are waiting to be published.
private final class Line: Sendable {
    private let taken: Atomic<Int>
    private let end: Int

    init(_ positions: Range<Int>) {
        taken = Atomic(positions.lowerBound)
        end = positions.upperBound
    }

    func next() -> Int? {
        let position = taken.add(1, ordering: .relaxed).oldValue
        return position < end ? position : nil
    }
}

/// Publishes ranges of reports, so many at the same time.
struct Publisher: Sendable {
    let recognition: RecognitionService
    let reports: LaboratoryReports
    let inflight: Int
    let time: any TimeSource

    private static let patienceMilliseconds: Int64 = 10

    /// - Returns: how long each publish took, in microseconds.
    func publish(_ positions: Range<Int>) async throws -> [Int64] {
        let line = Line(positions)
        return try await withThrowingTaskGroup(of: [Int64].self) { group in
            for _ in 0..<inflight {
                group.addTask { try await publish(from: line) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func publish(from line: Line) async throws -> [Int64] {
        var latencies: [Int64] = []
        while let position = line.next() {
            let submission = reports.submission(position)
            let began = time.monotonicTime
            let outcome = try await published(submission)
            latencies.append((time.monotonicTime.nanoseconds - began.nanoseconds) / 1_000)
            guard outcome.word == "accepted" else {
                throw Failure("load.notNew", "a report was \(outcome.word)", place: "\(position)")
            }
        }
        return latencies
    }

    /// A node that is full says so; whoever publishes comes back.
    private func published(_ submission: ReportSubmission) async throws -> PublishOutcome {
        while true {
            do {
                guard let outcome = try await recognition.publish([submission]).first else {
                    throw Failure("load.noOutcome", "the node took a report and said nothing of it")
                }
                return outcome
            } catch let failure as Failure where failure.code == "ledger.overloaded" {
                try await time.sleep(milliseconds: Self.patienceMilliseconds)
            }
        }
    }
}

extension LoadOptions {
    var total: Int { warmup + reports }
    var generator: LaboratoryReports { LaboratoryReports(seed: seed, itemCount: items) }
}

extension LaboratoryReports {
    /// The processor time that making so many reports takes.
    func cost(_ count: Int, disk: any Disk) throws -> Double {
        let before = try ProcessFigures.now(disk: disk)
        var lines = 0
        for position in 0..<count { lines += submission(position).content.observations.count }
        guard lines == count * itemCount else { throw Failure("load.badReports", "a report lacks items") }
        return try ProcessFigures.now(disk: disk).cpuSeconds - before.cpuSeconds
    }
}

extension YilianNode {
    func isLinked(with peer: String) -> Bool {
        NodeID(rawValue: peer).flatMap { hub.facts(of: $0) } != nil
    }
}
