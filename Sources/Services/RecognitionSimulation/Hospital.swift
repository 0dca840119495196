import Effects
import Ledgers
import Recognition
import Regions
import ServiceKit
import Simulator

/// A hospital's system beside one node: publishes results, sends some of them again, corrects and voids others, brings
/// some versions late and lifts some voids.
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
        /// When its newest and its earliest version were issued, in seconds of the region's time; no two are equal.
        var newest: Int64
        var earliest: Int64
    }

    private let node: SimulatedNode
    private let shared: SharedSimulation
    private let journal: HospitalJournal
    private var orders: [Order] = []
    private let count: Int

    init(_ node: SimulatedNode, shared: SharedSimulation, journal: HospitalJournal, count: Int) {
        self.node = node
        self.shared = shared
        self.journal = journal
        self.count = count
    }

    func run() async throws {
        for moment in shared.moments(count) {
            try await shared.wait(until: moment)
            switch shared.random.number(below: 12) {
            case 0 where !orders.isEmpty: try await again()
            case 1, 2: try await change(status: .corrected)
            case 3: try await change(status: .void)
            case 4: try await late()
            case 5: try await lift()
            default: try await publishNew()
            }
        }
    }

    /// One result of which nothing is known yet.
    func publishNew() async throws {
        let number = "\(node.id)-\(orders.count + 1)"
        let patient = Int(shared.random.number(below: UInt64(SimulatedRegion.patients)))
        let status: ReportStatus = shared.random.number(below: 8) == 0 ? .preliminary : .final
        let issued = seconds
        let content = content(number, patient: patient, edition: 1, status: status, issued: issued)
        let restores = try await send(content, order: number, issued: issued)
        orders.append(
            Order(
                number: number, patient: patient, contents: 1, isVoid: false, last: content, restores: restores,
                newest: issued, earliest: issued))
    }

    private func change(status: ReportStatus) async throws {
        guard let index = pick(where: { !$0.isVoid }) else { return try await publishNew() }
        orders[index].isVoid = status == .void
        try await send(status, of: index, issued: newer(than: orders[index]))
    }

    /// A version that was issued before all others and comes after them.
    private func late() async throws {
        guard let index = pick(where: { _ in true }) else { return try await publishNew() }
        orders[index].earliest -= 1
        let status: ReportStatus = shared.random.number(below: 2) == 0 ? .preliminary : .final
        try await send(status, of: index, issued: orders[index].earliest)
    }

    /// A final version of a result that was voided.
    private func lift() async throws {
        guard let index = pick(where: \.isVoid) else { return try await publishNew() }
        orders[index].isVoid = false
        try await send(.final, of: index, issued: newer(than: orders[index]))
    }

    private func send(_ status: ReportStatus, of index: Int, issued: Int64) async throws {
        orders[index].contents += 1
        orders[index].newest = max(orders[index].newest, issued)
        let order = orders[index]
        let content = content(
            order.number, patient: order.patient, edition: order.contents, status: status, issued: issued)
        orders[index].last = content
        orders[index].restores = try await send(content, order: order.number, issued: issued)
    }

    private func pick(where isMeant: (Order) -> Bool) -> Int? {
        guard !orders.isEmpty else { return nil }
        let index = Int(shared.random.number(below: UInt64(orders.count)))
        return isMeant(orders[index]) ? index : nil
    }

    /// The region's time, which no fault touches.
    private var seconds: Int64 { shared.time.wallTime.milliseconds / 1_000 }

    private func newer(than order: Order) -> Int64 { max(seconds, order.newest + 1) }

    /// The same message once more: nothing new may come of it, unless the disk has been put back since.
    private func again() async throws {
        let index = Int(shared.random.number(below: UInt64(orders.count)))
        if orders[index].restores != node.restores { journal.allowTwice(orders[index].number) }
        orders[index].restores = try await send(orders[index].last, order: orders[index].number, issued: nil)
    }

    /// Sends until it is acknowledged.
    ///
    /// - Parameter issued: when it was issued; nothing for a repetition.
    private func send(_ content: ReportContent, order: String, issued: Int64?) async throws -> Int {
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
                    if let issued {
                        journal.add(
                            HospitalJournal.Version(
                                order: order, reportKey: outcome.reportKey, entry: outcome.entry,
                                status: content.status, issued: issued))
                    }
                    return node.restores
                }
            } catch {
                shared.log.add("\(node.id) did not take \(order): \(error)")
            }
            try await shared.time.sleep(milliseconds: 2_000 + Int64(shared.random.number(below: 8_000)))
        }
    }

    private func acknowledge(_ outcome: PublishOutcome, order: String) {
        shared.note("acknowledged \(outcome.entry)")
        shared.verdict.results += 1
        journal.add(
            HospitalJournal.Published(
                node: node.id, entry: outcome.entry, reportKey: outcome.reportKey, version: outcome.version,
                order: order,
                restores: node.restores))
    }

    private func content(
        _ number: String, patient: Int, edition: Int, status: ReportStatus, issued: Int64
    ) -> ReportContent {
        Self.content(
            of: node.id, number, patient: patient, edition: edition, status: status, issued: issued, shared.random)
    }

    static func content(
        of institution: NodeID, _ number: String, patient: Int, edition: Int, status: ReportStatus, issued: Int64,
        _ random: any RandomSource
    ) -> ReportContent {
        ReportContent(
            institution: institution.rawValue, patient: Self.demographics(patient), fillerOrderNumber: number,
            service: Coding(codes: [Coding.Code(code: "GLU", display: "空腹血糖")]), status: status,
            category: .laboratory, issuedTime: WallTime(milliseconds: issued * 1_000).chinaText,
            observations: (1...3).map { position in
                ReportedObservation(
                    setID: "\(position)", code: Coding(codes: [Coding.Code(code: "X\(position)", display: "项目")]),
                    valueType: "NM", value: "\(edition).\(random.number(below: 1_000))",
                    unit: Coding(codes: [Coding.Code(code: "mmol/L")]), referenceRange: "3.9-6.1", flags: [])
            })
    }

    static func demographics(_ number: Int) -> PatientDemographics {
        PatientDemographics(
            identifiers: [PatientIdentifier(type: "MR", authority: "region", value: "P\(number)")], name: "试\(number)")
    }
}
