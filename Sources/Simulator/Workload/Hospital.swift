import Effects
import Ledgers
import Recognition
import Regions

/// A hospital's system beside one node: publishes results, sends some of them again, corrects and voids others.
///
/// As a real one does, it sends a message until it is acknowledged.
final class Hospital: @unchecked Sendable {
    private struct Order {
        var number: String
        var patient: Int
        var contents: Int
        var isVoid: Bool
        var last: ReportContent
        var restores: Int
    }

    private let node: SimulatedNode
    private let ground: SimulationGround
    private let journal: Journal
    private var orders: [Order] = []
    private let count: Int

    init(_ node: SimulatedNode, ground: SimulationGround, journal: Journal, count: Int) {
        self.node = node
        self.ground = ground
        self.journal = journal
        self.count = count
    }

    func run() async throws {
        for moment in ground.moments(count) {
            try await ground.wait(until: moment)
            switch ground.random.number(below: 10) {
            case 0 where !orders.isEmpty: try await again()
            case 1, 2: try await change(status: .corrected)
            case 3: try await change(status: .void)
            default: try await publishNew()
            }
        }
    }

    private func publishNew() async throws {
        let number = "\(node.id)-\(orders.count + 1)"
        let patient = Int(ground.random.number(below: UInt64(Self.patients)))
        let status: ReportStatus = ground.random.number(below: 8) == 0 ? .preliminary : .final
        let content = content(number, patient: patient, edition: 1, status: status)
        let restores = try await send(content, order: number)
        orders.append(
            Order(number: number, patient: patient, contents: 1, isVoid: false, last: content, restores: restores))
    }

    private func change(status: ReportStatus) async throws {
        guard !orders.isEmpty else { return try await publishNew() }
        let index = Int(ground.random.number(below: UInt64(orders.count)))
        guard !orders[index].isVoid else { return try await publishNew() }
        orders[index].contents += 1
        orders[index].isVoid = status == .void
        let order = orders[index]
        let content = content(order.number, patient: order.patient, edition: order.contents, status: status)
        orders[index].last = content
        orders[index].restores = try await send(content, order: order.number)
    }

    /// The same message once more: nothing new may come of it, unless the disk has been put back since.
    private func again() async throws {
        let index = Int(ground.random.number(below: UInt64(orders.count)))
        if orders[index].restores != node.restores { journal.allowTwice(orders[index].number) }
        orders[index].restores = try await send(orders[index].last, order: orders[index].number)
    }

    /// Sends until it is acknowledged.
    private func send(_ content: ReportContent, order: String) async throws -> Int {
        let restores = node.restores
        while true {
            if restores != node.restores { journal.allowTwice(order) }
            do {
                let outcomes = try await node.ask { running in
                    try await running.service(RecognitionService.self).publish([
                        ReportSubmission(content: content, format: .hl7v2, messageID: order)
                    ])
                }
                if let outcome = outcomes?.first {
                    acknowledge(outcome, order: order)
                    return node.restores
                }
            } catch {
                ground.log.add("\(node.id) did not take \(order): \(error)")
            }
            try await ground.time.sleep(milliseconds: 2_000 + Int64(ground.random.number(below: 8_000)))
        }
    }

    private func acknowledge(_ outcome: PublishOutcome, order: String) {
        ground.scheduler.note("acknowledged \(outcome.entry)")
        ground.verdict.results += 1
        journal.add(
            Journal.Published(
                node: node.id, entry: outcome.entry, reportKey: outcome.reportKey, version: outcome.version,
                order: order,
                restores: node.restores))
    }

    private func content(_ number: String, patient: Int, edition: Int, status: ReportStatus) -> ReportContent {
        ReportContent(
            institution: node.id.rawValue, patient: Self.demographics(patient), fillerOrderNumber: number,
            service: Coding(codes: [Coding.Code(code: "GLU", display: "空腹血糖")]), status: status,
            category: .laboratory,
            observations: (1...3).map { position in
                ReportedObservation(
                    setID: "\(position)", code: Coding(codes: [Coding.Code(code: "X\(position)", display: "项目")]),
                    valueType: "NM", value: "\(edition).\(ground.random.number(below: 1_000))",
                    unit: Coding(codes: [Coding.Code(code: "mmol/L")]), referenceRange: "3.9-6.1", flags: [])
            })
    }

    static let patients = 120

    static func demographics(_ number: Int) -> PatientDemographics {
        PatientDemographics(
            identifiers: [PatientIdentifier(type: "MR", authority: "region", value: "P\(number)")], name: "试\(number)")
    }
}
