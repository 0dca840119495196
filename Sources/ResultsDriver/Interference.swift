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
    /// Between an acknowledgement and the next entry.
    private static let pauseMilliseconds: Int64 = 10

    func validate() throws {
        guard (1...120).contains(seconds), (0...20_000).contains(bulk) else {
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
            let times = try await acknowledge(node, from: begin, until: end).sorted()
            let reports = try await published
            guard !times.isEmpty else { throw Failure("load.noTimes", "not one entry was acknowledged in time") }
            let (p50, p99) = (times[times.count / 2], times[(times.count - 1) * 99 / 100])
            StandardStream.write(
                "{\"entries\":\(times.count),\"p50Microseconds\":\(p50),\"p99Microseconds\":\(p99),"
                    + "\"bulkReports\":\(reports)}\n", toError: false)
        }
    }

    /// - Returns: microseconds from before the append until after the acknowledgement.
    private func acknowledge(
        _ node: YilianNode, from begin: MonotonicTime, until end: MonotonicTime
    ) async throws -> [Int64] {
        let time = World.system.time
        let county = try NodeID(NodeSecrets.county)
        var times: [Int64] = []
        var number = 0
        while time.monotonicTime < end {
            number += 1
            let before = time.monotonicTime
            let entry = try await append(number, to: node)
            while (node.couriers.board.acknowledged(of: entry.batch.chain, by: county) ?? 0) <= entry.batch.sequence {
                guard time.monotonicTime < end.advanced(byMilliseconds: 60_000) else {
                    throw Failure("load.notAcknowledged", "a clinical entry was not acknowledged within a minute")
                }
                try await time.sleep(milliseconds: 1)
            }
            if before >= begin { times.append((time.monotonicTime.nanoseconds - before.nanoseconds) / 1_000) }
            try await time.sleep(milliseconds: Self.pauseMilliseconds)
        }
        return times
    }

    /// A report's header and payload, on the lane of what cannot wait.
    private func append(_ number: Int, to node: YilianNode) async throws -> EntryID {
        let run = World.system.time.wallTime.milliseconds
        var submission = LaboratoryReports(seed: 2, itemCount: 10).submission(number)
        submission.content.fillerOrderNumber = "C\(run)-\(number)"
        let identifier = submission.content.patient.identifiers[0]
        let key = try node.context.patientKeys.current(
            type: identifier.type, authority: identifier.authority, value: identifier.value, at: node.context.now)
        let reportKey = "\(run)-\(number)"
        let fields = ReportFields(submission, reportKey: reportKey, patientKeys: [key], version: 1)
        let (header, payload) = (try fields.encoded(), try submission.content.wireBytes())
        return try await node.context.ledger.write(lane: .clinical, sizeBytes: header.count + payload.count) {
            try $0.append(
                EntryDraft(
                    kind: .report, subject: reportKey, fields: header, headerAudience: .city, payload: payload,
                    payloadAudience: .parent))
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
