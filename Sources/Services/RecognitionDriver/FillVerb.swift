import ArgumentParser
import Destinations
import Effects
import Ledgers
import NodeRuntime
import Recognition
import Regions
import ServiceKit
import Trust

/// Fills the store of a node that does not run: results, messages that wait for its hospital's system, accesses, and
/// messages that it took.
///
/// Everything is written by what writes it at a node that runs, only many rows with one commit: results by `publish`,
/// messages by the queue, accesses by the audit ledger, each with a statement that is signed.
struct FillVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fill", abstract: "Fills the store of a node that does not run; prints one JSON line.")

    @Option(help: "The node's data folder, with what `cert issue` and `region publish` wrote.") var data: String
    @Option(help: "The node.") var node: String
    @Option(help: "The node's unit for which everything is written.") var unit: String
    @Option(help: "The destination of the node's file for which the messages wait.") var destination: String
    @Option(help: "Results, 0 to 2000000; as many messages come, and as many accesses.") var results = 1_000_000
    @Option(help: "Messages that wait, and accesses, 0 to 1000000.") var messages = 1_000_000

    private static let inflight = 512
    private static let rowsPerCommand = 500
    /// What a destination may hold at most.
    private static let bounds = Destination.Bounds(messages: 1_000_000, bytes: 4_096 << 20, days: 7)

    func validate() throws {
        guard (0...2_000_000).contains(results), (0...1_000_000).contains(messages) else {
            throw ValidationError("an option is out of its range; see --help")
        }
    }

    func run() async throws {
        let world = World.system
        let load = try await LoadNode.open(
            node, with: try NodeSecrets.read(dataFolder: data, disk: world.disk), in: data, listen: nil, parents: [],
            world: world)
        try await load.run { node in
            let began = world.time.monotonicTime
            let reports = LaboratoryReports(seed: 1, itemCount: 10, institution: unit)
            let publisher = Publisher(
                recognition: try node.service(RecognitionService.self), reports: reports, inflight: Self.inflight,
                time: world.time)
            _ = try await publisher.publish(0..<results)
            let published = world.time.monotonicTime
            for first in stride(from: 0, to: messages, by: Self.rowsPerCommand) {
                try await write(first..<min(first + Self.rowsPerCommand, messages), of: reports, at: node)
            }
            let ended = world.time.monotonicTime
            StandardStream.write(
                "{\"results\":\(results),\"messages\":\(messages),"
                    + "\"publishMilliseconds\":\(published.milliseconds(since: began)),"
                    + "\"messagesMilliseconds\":\(ended.milliseconds(since: published))}\n", toError: false)
        }
    }

    /// Messages about some reports, and what lies beside each: that the report was looked at, and that it was taken.
    private func write(_ positions: Range<Int>, of reports: LaboratoryReports, at node: YilianNode) async throws {
        let (context, suite, unit, destination) = (node.context, node.context.region.suite, unit, destination)
        let items = try positions.map { position in
            let name = LaboratoryReports.orderNumber(position)
            let person = try context.patientKeys.all(of: reports.identifier(position), within: unit, at: context.now)
            let asking = Asking(
                practitioner: "doctor-\(position % 400)", organizationUnit: unit, purpose: .treatment, order: name)
            return (
                name: name, body: try reports.submission(position).content.wireBytes(), person: person,
                record: AuditRecord(
                    try context.sign(asking, about: person, question: "recognition.fetch"), answered: 1)
            )
        }
        let size = items.reduce(0) { $0 + $1.body.count }
        try await context.ledger.write(lane: .bulk, sizeBytes: size) { transaction in
            for item in items {
                let draft = DestinationQueue.Draft(
                    destination: destination, key: "report/" + item.name, kind: "reports",
                    patients: item.person.map { Hex.text($0.indexBytes) }, controlID: item.name, target: "",
                    body: item.body)
                let outcome = try DestinationQueue.put(
                    draft, bounds: Self.bounds, at: transaction.now, in: transaction.sql)
                guard outcome == .put else {
                    throw Failure("load.notNew", "a message was \(outcome)", place: item.name)
                }
                try AuditTrail.append(item.record, in: transaction)
                try MessageMemory.remember(
                    MessageReceipt(source: "lis", institution: unit, messageID: "M" + item.name, bytes: item.body),
                    outcome: "accepted", answer: Array("MSA|AA|M\(item.name)".utf8), suite: suite, in: transaction)
            }
        }
    }
}
