import ArgumentParser
import Effects
import Recognition
import ServiceKit
import Trust

/// The rows that the same reports make in a relational database, for what Yilian is compared with.
///
/// One line of PostgreSQL's COPY text format per report: position, the columns of `report_version`, the payload, and the
/// two patients of `report_patient`.
struct Rows: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rows", abstract: "Writes the reports as rows, with the payload that Yilian would seal.")

    @OptionGroup var load: LoadOptions
    @Flag(help: "Writes the payloads only, each as one line of hexadecimal digits.")
    var payloads = false

    private static let chunkBytes = 1 << 20

    func run() async throws {
        guard let id = SuiteID(rawValue: load.suite) else { throw ValidationError("no such suite: \(load.suite)") }
        let suite = Suite(id)
        let secret = PatientKeySecret(epoch: 1, suite: suite, random: SeededRandom(seed: load.seed))
        var text = ""
        for position in 0..<load.reports {
            text += try line(position, suite, secret) + "\n"
            if text.utf8.count > Self.chunkBytes {
                StandardStream.write(text, toError: false)
                text = ""
            }
        }
        StandardStream.write(text, toError: false)
    }

    private func line(_ position: Int, _ suite: Suite, _ secret: PatientKeySecret) throws -> String {
        let submission = load.generator.submission(position)
        let payload = try submission.content.wireBytes()
        guard !payloads else { return Hex.text(payload) }
        let keys = try submission.content.patient.identifiers.map { identifier in
            PatientKeyReference(
                epoch: secret.epoch,
                key: try secret.patientKey(
                    type: identifier.type, authority: identifier.authority, value: identifier.value))
        }
        let reportKey = String(suite.digest(Array(LaboratoryReports.orderNumber(position).utf8)).hex.prefix(40))
        guard let report = ReportKeyColumns(reportKey) else {
            throw Failure("load.reportKey", "a digest is no report key: \(reportKey)")
        }
        let fields = ReportFields(submission, reportKey: reportKey, patientKeys: keys, version: 1)
        let time = World.system.time.wallTime.milliseconds
        let columns =
            [
                "\(position)", "township/1/bulk/\(position / 500)/\(position % 500)", "\(report.number)",
                Self.bytes(report.rest), "1", "\(submission.content.status.rawValue)", "township", "\(time)", "\(time)",
                Self.bytes(ReportFields.withoutKey(try fields.encoded())), Self.bytes(suite.digest(payload).bytes), "1",
                Self.bytes(payload),
            ]
            + keys.map { "\($0.indexNumber)" }
        return columns.joined(separator: "\t")
    }

    private static func bytes(_ value: [UInt8]) -> String { "\\\\x" + Hex.text(value) }
}
