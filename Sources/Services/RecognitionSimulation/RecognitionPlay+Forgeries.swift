import Effects
import Ledgers
import Recognition
import Regions
import ServiceKit
package import Simulator
import Storage
import Trust
import Wire

extension RecognitionPlay {
    package func forge(_ forgery: Forgery, by thief: Thief) async throws -> [StolenKey.Item] {
        switch forgery {
        case .others: try await forgedReports(by: thief)
        case .extremes: try await extremeReports(by: thief)
        case .many: try manyVersions(by: thief)
        }
    }

    /// Copies of the node's own reports under keys that it has not used, each with a number bent.
    private func extremeReports(by thief: Thief) async throws -> [StolenKey.Item] {
        try await thief.some(
            4, "SELECT entry FROM report_version WHERE author = $1 ORDER BY entry", [.text(thief.key.node.rawValue)]
        ).map {
            var fields = try ReportFields(bytes: $0.fields)
            fields.reportKey = newReportKey(thief)
            return thief.item(
                .report, fields.reportKey, BentMessage.bend(try fields.encoded(), shared.random), $0.payload,
                causes: shared.random.number(below: 4) == 0 ? thief.lost(300) : [])
        }
    }

    /// Voids of others' results, newer than whatever their hospitals said.
    private func forgedReports(by thief: Thief) async throws -> [StolenKey.Item] {
        let tomorrow = shared.time.wallTime.advanced(byMilliseconds: 86_400_000)
        let others = "SELECT entry FROM report_version WHERE author <> $1 ORDER BY entry" as SQLText
        return try await thief.some(4, others, [.text(thief.key.node.rawValue)]).map {
            var fields = try ReportFields(bytes: $0.fields)
            fields.status = .void
            fields.version += 1
            fields.issuedTime = tomorrow.chinaText
            return thief.item(.report, $0.subject, try fields.encoded(), $0.payload, causes: [$0.id])
        }
    }

    private func manyVersions(by thief: Thief) throws -> [StolenKey.Item] {
        guard let patient = PatientKey(bytes: shared.random.bytes(PatientKey.byteCount)) else { return [] }
        let content = Hospital.content(
            of: thief.key.node, "many", patient: 0, edition: 1, status: .final, issued: 0, shared.random)
        let report = newReportKey(thief)
        return try (1...30).map { version in
            let fields = ReportFields(
                ReportSubmission(content: content, format: .hl7v2, messageID: "many"), reportKey: report,
                patientKeys: [PatientKeyReference(epoch: 1, key: patient)], version: version)
            return thief.item(.report, report, try fields.encoded(), try content.wireBytes())
        }
    }

    private func newReportKey(_ thief: Thief) -> String {
        ReportKey.bound(
            Suite.ed25519.digest(shared.random.bytes(16)), to: thief.key.node.rawValue, suite: .ed25519)
    }
}
