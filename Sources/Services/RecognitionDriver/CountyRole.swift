import ArgumentParser
import Effects
import Links
import NodeRuntime
import Recognition
import ServiceKit

/// The county's process: takes what its township publishes, and says when all of it is to be found.
struct CountyRole: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "county", shouldDisplay: false)

    @Option var folder: String
    @Option var port = 0
    @OptionGroup var load: LoadOptions

    /// What the county saw.
    struct Visible: Codable, Sendable {
        /// When every report was there and the last was found.
        var atMilliseconds: Int64
        /// From the township's first measured publish, or from the link where a backlog is drained.
        var cpuSeconds: Double
        var peakBytes: Int
        var linkedAtMilliseconds: Int64
    }

    struct Verified: Codable, Sendable {
        var finds: Int
        /// From the township's disk to the county's, warm-up included.
        var delayP50Milliseconds: Int64
        var delayP99Milliseconds: Int64
    }

    func run() async throws {
        let world = World.system
        let baton = Baton(folder: folder, world: world, timeoutSeconds: load.timeout)
        let node = try await LoadNode.open(
            NodeSecrets.county, in: folder, listen: LinkAddress(host: "127.0.0.1", port: port), parents: [],
            world: world)
        guard let address = node.node.linkAddress else { throw Failure("load.noAddress", "the county does not listen") }
        try await node.run { node in
            try baton.put(Stage.countyListens, address.port)
            try await work(node, baton)
        }
    }

    private func work(_ node: YilianNode, _ baton: Baton) async throws {
        let finder = Finder(recognition: try node.service(RecognitionService.self), reports: load.generator)
        if try baton.get(Stage.warm, Bool.self) == nil {
            while try await finder.count() < load.warmup { try await baton.pause(waitingFor: "the warm-up") }
            try baton.put(Stage.warm, true)
        }
        while !node.isLinked(with: NodeSecrets.township) { try await baton.pause(waitingFor: "the link") }
        let linkedAt = baton.world.time.wallTime.milliseconds
        let _: Int64 = try await baton.take(Stage.begun)
        let before = try ProcessFigures.now(disk: baton.world.disk)
        let _: TownshipRole.Published = try await baton.take(Stage.published)
        while try await finder.find(load.total - 1) == 0 { try await baton.pause(waitingFor: "the last report") }
        while try await finder.count() < load.total { try await baton.pause(waitingFor: "every report") }
        let after = try ProcessFigures.now(disk: baton.world.disk)
        try baton.put(
            Stage.visible,
            Visible(
                atMilliseconds: baton.world.time.wallTime.milliseconds,
                cpuSeconds: after.cpuSeconds - before.cpuSeconds, peakBytes: after.peakBytes,
                linkedAtMilliseconds: linkedAt))
        try baton.put(Stage.verified, try await finder.verify(total: load.total))
        let _: Bool = try await baton.take(Stage.stop)
    }
}

/// Asks the county as its doctors do.
struct Finder: Sendable {
    let recognition: RecognitionService
    let reports: LaboratoryReports

    private static let sampleCount = 500

    func count() async throws -> Int { try await recognition.counts().results }

    /// How many results of a report's patient are found that have their payload here.
    func find(_ position: Int) async throws -> Int {
        let findings = try await recognition.find(
            Asking(practitioner: "doctor", organizationUnit: "county", purpose: .treatment, order: "BENCH"),
            about: [reports.identifier(position)])
        return findings.answer.summaries.count(where: \.isPayloadHere)
    }

    /// Finds the patients of reports all over the run.
    ///
    /// - Throws: `load.lost` where a patient's reports are not all there.
    func verify(total: Int) async throws -> CountyRole.Verified {
        let count = min(Self.sampleCount, total)
        for place in 0..<count {
            let position = place * total / count
            let first = position / 3 * 3
            let due = min(first + 3, total) - first
            let found = try await find(position)
            guard found == due else {
                throw Failure("load.lost", "\(found) of \(due) reports of a patient are found", place: "\(position)")
            }
        }
        guard try await self.count() == total, let delay = try await recognition.statistics().delayMilliseconds else {
            throw Failure("load.lost", "the county does not hold each report once")
        }
        return CountyRole.Verified(
            finds: count, delayP50Milliseconds: delay.p50, delayP99Milliseconds: delay.p99)
    }
}
