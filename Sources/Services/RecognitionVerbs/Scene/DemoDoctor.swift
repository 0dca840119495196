import Console
import Demo
import Effects
import RecognitionEdge
import Regions
import ServiceKit

/// The doctor's part: somebody at 盂县 asks for the results of a patient who was examined in 巨城镇.
struct DemoDoctor {
    let stage: DemoStage
    private static let practitioner = "盂县人民医院 张医生"

    struct Outcome: Encodable {
        var found: Bool
        var verified: Bool
        var results: Int
        var statement: String
        var servedBy: String
    }

    /// Asks, opens one result, verifies its proof with the region's root alone.
    func play() async throws -> Outcome {
        let printer = stage.printer
        let node = try stage.node("yuxian")
        let patient = DemoPerson.liJianguo
        let question = RecordQuestion(
            identifier: patient.identityNumber, practitioner: Self.practitioner, unit: "yuxian-renmin",
            purpose: "treatment", consent: "DEMO-CONSENT-1")
        printer.heading(
            "A doctor of the hospital in Yuxian asks for the results of a patient who was examined in Jucheng")
        let findings = try await stage.client(node) { try await $0.ask(RecordEndpoints.find, question) }
        printer.say(
            "  asked on the way: \(findings.asked.joined(separator: " → ")); access statement \(findings.statement)")
        printer.say(
            TextTable.render(
                ["result", "class", "version", "state", "recognisable", "entry"],
                findings.records.map { record in
                    [
                        record.serviceName, record.category, "\(record.version)", record.status,
                        record.isRecognisable ? "yes" : "no: \(record.obstacle ?? "")", record.entry,
                    ]
                }))
        guard let record = findings.records.first(where: { $0.entry.hasPrefix("jucheng/") && $0.isRecognisable }) else {
            return Outcome(
                found: false, verified: false, results: findings.records.count, statement: findings.statement,
                servedBy: "")
        }
        let opening = RecordOpening(entry: record.entry, question: question)
        let opened = try await stage.client(node) { try await $0.ask(RecordEndpoints.open, opening) }
        show(opened)
        let proof = stage.folder + "/proof.yilian"
        let bytes = try await stage.client(node) { try await $0.ask(RecordEndpoints.export, opening) }
        try stage.world.disk.write(bytes, to: proof, mode: 0o600)
        let root = node.dataFolder + "/region.pub"
        let isProven = (try? await stage.yilian(["record", "verify", proof, "--root", root])) != nil
        printer.say(
            isProven
                ? "  proven offline with the region's root key alone: `yilian record verify \(proof) --root \(root)`"
                : "  THE PROOF DOES NOT HOLD")
        return Outcome(
            found: true, verified: opened.isVerified && isProven, results: findings.records.count,
            statement: opened.statement ?? findings.statement, servedBy: opened.servedBy)
    }

    private static func moment(_ text: String) -> String { (try? WallTime(text: text))?.chinaText ?? text }

    private func show(_ opened: OpenedRecordInfo) {
        let printer = stage.printer
        printer.say()
        printer.say(
            "  \(opened.serviceName) · \(opened.patientName ?? "") · \(opened.institution) · "
                + "version \(opened.version), \(opened.status)")
        printer.say(
            TextTable.render(
                ["item", "value", "unit", "reference", "flag"],
                opened.observations.prefix(12).map { item in
                    [
                        item.name, item.value, item.unit ?? "", item.referenceRange ?? "",
                        item.flags.joined(separator: " "),
                    ]
                }))
        printer.say(
            "  served by \(opened.servedBy), sealed by \(opened.author) at \(Self.moment(opened.authorTime)); "
                + "seal and path verified; rests on access statement \(opened.statement ?? "")")
    }
}
