import Couriers
import Effects
import Ledgers
import NodeRuntime
import Recognition
import Regions
import ServiceKit
import Storage
import Trust

/// Appends entries on the clinical lane of the township, one after the other, and waits for each one's acknowledgement
/// from the county's disk.
struct ClinicalProbe: Sendable {
    let node: YilianNode
    let time: any TimeSource
    /// The result of which every entry is a further version; each a result of its own, where there is none.
    var result: ReportFields?

    /// Between an acknowledgement and the next entry.
    private static let pauseMilliseconds: Int64 = 10
    private static let patienceMilliseconds: Int64 = 60_000

    /// The middle and the last hundredth of some times.
    struct Times: Codable, Sendable {
        var entries: Int
        var p50Microseconds: Int64
        var p99Microseconds: Int64

        var text: String { "\(Double(p50Microseconds) / 1_000), \(Double(p99Microseconds) / 1_000)" }

        init(_ times: [Int64]) throws {
            let sorted = times.sorted()
            guard let last = sorted.indices.last else {
                throw Failure("load.noTimes", "not one entry was acknowledged in time")
            }
            entries = sorted.count
            p50Microseconds = sorted[sorted.count / 2]
            p99Microseconds = sorted[last * 99 / 100]
        }
    }

    /// - Parameter isOver: asked before each entry.
    /// - Returns: for each entry when it was appended, and microseconds from before that until after its acknowledgement.
    func times(
        until isOver: (_ entries: Int) throws -> Bool
    ) async throws -> [(began: MonotonicTime, microseconds: Int64)] {
        let county = try NodeID(NodeSecrets.county)
        var times: [(began: MonotonicTime, microseconds: Int64)] = []
        while try !isOver(times.count) {
            let before = time.monotonicTime
            let entry = try await append(times.count + 1)
            while (node.couriers.board.acknowledged(of: entry.batch.chain, by: county) ?? 0) <= entry.batch.sequence {
                guard time.monotonicTime < before.advanced(byMilliseconds: Self.patienceMilliseconds) else {
                    throw Failure("load.notAcknowledged", "a clinical entry was not acknowledged within a minute")
                }
                try await time.sleep(milliseconds: 1)
            }
            times.append((before, (time.monotonicTime.nanoseconds - before.nanoseconds) / 1_000))
            try await time.sleep(milliseconds: Self.pauseMilliseconds)
        }
        return times
    }

    private static func reportKey(_ name: String) -> String {
        String(Suite.ed25519.digest(Array(name.utf8)).hex.prefix(40))
    }

    /// A report's header and payload, on the lane of what cannot wait.
    private func append(_ number: Int) async throws -> EntryID {
        let run = time.wallTime.milliseconds
        var submission = LaboratoryReports(seed: 2, itemCount: 10).submission(number)
        submission.content.fillerOrderNumber = "C\(run)-\(number)"
        var fields = try result ?? firstVersion(submission, reportKey: Self.reportKey("\(run)-\(number)"))
        if result != nil { fields.version = number + 1 }
        let (subject, header, payload) = (fields.reportKey, try fields.encoded(), try submission.content.wireBytes())
        return try await node.context.ledger.write(lane: .clinical, sizeBytes: header.count + payload.count) {
            try $0.append(
                EntryDraft(
                    kind: .report, subject: subject, fields: header, headerAudience: .city, payload: payload,
                    payloadAudience: .parent))
        }
    }

    private func firstVersion(_ submission: ReportSubmission, reportKey: String) throws -> ReportFields {
        let identifier = submission.content.patient.identifiers[0]
        let key = try node.context.patientKeys.current(
            of: identifier, within: submission.content.institution, at: node.context.now)
        return ReportFields(submission, reportKey: reportKey, patientKeys: key.map { [$0] } ?? [], version: 1)
    }
}

extension YilianNode {
    /// Some result that this node holds.
    func someResult() async throws -> ReportFields? {
        try await context.ledger.read { sql in
            try sql.row("SELECT fields, report, report_rest FROM report_version ORDER BY entry LIMIT 1", []).map {
                try ReportFields(
                    bytes: try $0.bytes(0),
                    reportKey: ReportKeyColumns.key(number: try $0.integer(1), rest: try $0.bytes(2)))
            }
        }
    }
}
