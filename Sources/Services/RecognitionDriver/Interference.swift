import ArgumentParser
import Couriers
import Effects
import Ledgers
import Links
import NodeRuntime
import Recognition
import Regions
import ServiceKit

/// Makes the region of an interference run: one folder, from which its two nodes start wherever they run.
struct RegionVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "region", abstract: "Makes the keys and the region of `serve` and `acknowledge`.")

    @Option(help: "The folder; it must not be there yet.") var folder: String

    func run() async throws {
        try World.system.disk.createDirectory(folder, mode: 0o700)
        try NodeSecrets.writeRegion(in: folder, suite: .ed25519, world: .system)
    }
}

/// The county alone, until it is ended.
struct ServeVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs the county until it is ended; prints one line of JSON.")

    @Option(help: "The folder of `region`.") var folder: String
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port; 0 lets the system choose.") var port = 0

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("an option is out of its range; see --help") }
    }

    func run() async throws {
        let node = try await LoadNode.open(
            NodeSecrets.county, in: folder, listen: LinkAddress(host: host, port: port), parents: [], world: .system)
        guard let address = node.node.linkAddress else { throw Failure("load.noAddress", "the county does not listen") }
        StandardStream.write("{\"port\":\(address.port)}\n", toError: false)
        try await node.run { _ in try await World.system.time.sleepForever() }
    }
}

/// The township: appends entries on the clinical lane, one after the other, and waits for each one's acknowledgement.
struct AcknowledgeVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge",
        abstract: "Times clinical entries from `append` to the county's durable acknowledgement; prints one JSON line.",
        discussion: "With --bulk the township also publishes reports with attachments that do not compress.")

    @Option(help: "The folder of `region`.") var folder: String
    @Option(help: "The county's address.") var host = "127.0.0.1"
    @Option(help: "The port that `serve` printed.") var port: Int
    @Option(help: "How long to measure, 1 to 120.") var seconds: Int64 = 5
    @Option(help: "Bulk to publish, in kilobytes a second, 0 to 20000.") var bulk: Int64 = 0

    private static let attachmentBytes = 40_000
    /// Bulk runs so long before anything is timed.
    private static let warmUpMilliseconds: Int64 = 3_000

    func validate() throws {
        guard (1...120).contains(seconds), (0...20_000).contains(bulk), (1...65_535).contains(port) else {
            throw ValidationError("an option is out of its range; see --help")
        }
    }

    func run() async throws {
        let node = try await LoadNode.open(
            NodeSecrets.township, in: folder, listen: nil, parents: [LinkAddress(host: host, port: port)],
            world: .system)
        try await node.run { node in
            let time = World.system.time
            let baton = Baton(folder: folder, world: .system, timeoutSeconds: 60)
            while !node.isLinked(with: NodeSecrets.county) { try await baton.pause(waitingFor: "the link") }
            let begin = time.monotonicTime.advanced(byMilliseconds: Self.warmUpMilliseconds)
            let end = begin.advanced(byMilliseconds: seconds * 1_000)
            async let published = publish(node, until: end)
            let probe = ClinicalProbe(node: node, time: time)
            let all = try await probe.times { _ in time.monotonicTime >= end }
            let reports = try await published
            let times = try ClinicalProbe.Times(all.filter { $0.began >= begin }.map(\.microseconds))
            StandardStream.write(
                "{\"entries\":\(times.entries),\"p50Microseconds\":\(times.p50Microseconds),"
                    + "\"p99Microseconds\":\(times.p99Microseconds),"
                    + "\"bulkReports\":\(reports)}\n", toError: false)
        }
    }

    /// Publishes at an even pace, on the bulk lane, as hospital systems do.
    private func publish(_ node: YilianNode, until end: MonotonicTime) async throws -> Int {
        guard bulk > 0 else { return 0 }
        let time = World.system.time
        let recognition = try node.service(RecognitionService.self)
        let random = SeededRandom(seed: UInt64(bitPattern: time.wallTime.milliseconds))
        let reports = LaboratoryReports(seed: random.next(), itemCount: 10)
        let begin = time.monotonicTime
        var count = 0
        while time.monotonicTime < end {
            let due = time.monotonicTime.milliseconds(since: begin) * bulk / Int64(Self.attachmentBytes)
            guard Int64(count) < due else {
                try await time.sleep(milliseconds: 2)
                continue
            }
            var batch: [ReportSubmission] = []
            while Int64(count) < due, batch.count < 16 {
                var submission = reports.submission(count)
                submission.content.fillerOrderNumber = "B\(random.next())"
                submission.content.attachments = [
                    ReportAttachment(
                        contentType: "application/pdf", title: "report", bytes: random.bytes(Self.attachmentBytes))
                ]
                batch.append(submission)
                count += 1
            }
            _ = try await recognition.publish(batch)
        }
        return count
    }
}
