import AdverseEvents
import Console
import Consultation
import Diagnosis
import Effects
import Foundation
import RecognitionEdge
import Referral
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

/// A city with a catalogue, experts and a hospital system, in which everything has happened once; it runs as a process
/// of its own while somebody writes extreme values into whatever it takes.
struct AttackedNode {
    let region: TrialRegion
    let addresses: NodeAddresses
    let names: Names

    /// What is there, for honest questions.
    struct Names: Codable {
        var folder: String
        var entry: String
        var reportItem: String
        var match: String
        var request: String
        var referral: String
        var adverse: String
        var diagnosis: String
        var statement: String
    }

    private struct Match: Decodable {
        var match: String
    }

    static let person = "999999196804129172"
    static let token = String(repeating: "0123456789abcdef", count: 2)
    var data: String { region.data("shi") }

    /// Runs `body` with a node, and looks afterwards whether it is as it was.
    static func attacked(_ body: (AttackedNode) async throws -> Void) async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try prepare(region)
        try await region.issueAndPublish()
        try SystemDisk().write(token + "\n", to: region.data("shi") + "/his", mode: 0o600)
        let (_, ended) = try await region.running("shi") { addresses in
            let node = AttackedNode(region: region, addresses: addresses, names: try await live(in: region))
            try await body(node)
            try await node.expectUnharmed()
        }
        #expect(ended.status == 0, "the node ends as it is told to: \(ended.errors.suffix(2_000))")
    }

    /// Experts, deadlines and a small catalogue for the city, and a system that asks it.
    private static func prepare(_ region: TrialRegion) throws {
        let disk = SystemDisk()
        try disk.write(
            try disk.readText(region.folder + "/region.yaml") + """
                recognition: [recognition.yaml]
                rosters:
                  - home: shi
                    experts: [{id: ecg-chen, name: 陈文, node: shi, specialties: [ecg]}]
                referralLevels:
                  - {kind: up, name: 上转, direction: up, answerSeconds: 600, arrivalSeconds: 600, returnSeconds: 60}
                diagnosisLevels:
                  - {kind: ecg, name: 心电, specialty: ecg, modality: ecg, priority: routine, claimSeconds: 600,
                     reportSeconds: 600, graceSeconds: 60}
                adverseLevels: [{grade: up, name: 警告, acceptSeconds: 300, analysisSeconds: 600, lawSeconds: 7200}]
                adverseControllers: [{unit: shi-yy, node: shi, ids: [dr-li]}]
                serviceLevels:
                  - {kind: ecg, name: 心电, specialty: ecg, claimSeconds: 600, reportSeconds: 600, graceSeconds: 60}
                inventories:
                  - id: shi-beds
                    name: 床位
                    kind: bed
                    unit: shi-yy
                    node: shi
                    holdSeconds: 1800
                    wishSeconds: 86400
                indicators:
                  - {id: results-published, name: 发布数}

                """, to: region.folder + "/region.yaml")
        try disk.write(
            """
            edition: test
            from: 2026-01-01
            priceVersion: test
            units: [{code: mmol/L}]
            specimens: [{code: serum, name: 血清}]
            items:
              - {code: GLU, name: 葡萄糖, english: glucose, class: laboratory, windowDays: 3650, price: 6.50}
            localCodes: [{codes: {GLU: GLU}}]
            scopes: [{id: shanxi, label: 山西省HR, english: Shanxi HR, rank: 2, divisions: [140000]}]
            star: shanxi
            policy:
              - {id: P1, scopes: [shanxi], outcome: recognised}
              - {id: P2, outcome: discretion}
            reasons:
              - {code: "01", name: 病情变化, english: condition changed}
              - {code: "08", name: 其他, english: other, text: true}

            """, to: region.folder + "/recognition.yaml")
        try disk.write(Self.message, to: region.folder + "/result.hl7")
        let yaml = region.folder + "/shi.yaml"
        let https = "https: {listen: \"127.0.0.1:0\", systems: [{name: his, unit: shi-yy, tokenFile: his}]}"
        // Nobody reads the log while the node runs: a line for each refusal would fill the pipe, and a node waits for
        // whoever reads its log.
        try disk.write(
            try disk.readText(yaml).replacing("https: {listen: \"127.0.0.1:0\"}", with: https)
                + "log: {level: error}\n", to: yaml)
    }

    /// A marked result of today.
    private static var message: String {
        let today = String(SystemTime().wallTime.chinaText.prefix(10).filter(\.isNumber))
        return [
            "MSH|^~\\&|LIS|H|YILIAN|Y|\(today)083000+0800||ORU^R01^ORU_R01|HOSTILE-1|P|2.4||||||UNICODE UTF-8",
            "PID|1||\(person)^^^&2.16.156.10011.1.3&ISO^NI||赵试七||19680412|M",
            "OBR|1||S-1^LIS|XT^血糖^L|||\(today)080000+0800|||||||||||||||\(today)082500+0800||LAB|F",
            "OBX|1|NM|GLU^★葡萄糖^L||5.60|mmol/L|3.9-6.1|N|||F",
        ].joined(separator: "\r") + "\r"
    }

    private static func answer<Value: Decodable>(
        _ region: TrialRegion, _ arguments: [String], _ type: Value.Type = Value.self
    ) async throws -> Value {
        let outcome = try await BuiltProgram.run(
            arguments + ["--json", "--data", region.data("shi")], in: region.folder)
        try #require([0, 3].contains(outcome.status), "\(arguments): \(outcome.errors)")
        return try OperatorJSON.value(Value.self, from: Array(outcome.output.utf8), place: nil)
    }

    static let asker = ["--citizen-id", person, "--practitioner", "dr-li", "--consent", "C-1"]

    private static func live(in region: TrialRegion) async throws -> Names {
        let imported = try await region.yilian("import", "result.hl7", "--data", region.data("shi"))
        try #require(imported.status == 0, "\(imported.output)\(imported.errors)")
        let found = try await answer(region, ["record", "find"] + asker, RecordFindings.self)
        let entry = try #require(found.records.first).entry
        let match = try await answer(region, ["recognition", "match", "GLU"] + asker, Match.self)
        let created = try await answer(
            region,
            [
                "consult", "create", "--kind", "ecg", "--name", "赵试七", "--summary", "胸痛", "--reason", "诊断",
            ] + asker, ConsultationCreation.self)
        let written = try await answer(
            region,
            [
                "referral", "write", "--kind", "up", "--name", "赵试七", "--field", "diagnosis=胸痛", "--field",
                "summary=胸痛", "--field", "reason=介入",
            ] + asker, CaseEndpoints<ReferralWorkflow>.Creation.self)
        let reported = try await answer(
            region,
            ["adverse", "report", "--grade", "up", "--kind", "fall", "--field", "what=滑倒", "--field", "harm=mild"],
            CaseEndpoints<AdverseWorkflow>.Creation.self)
        let diagnosis = try await answer(
            region,
            [
                "diagnosis", "request", "--kind", "ecg", "--name", "赵试七", "--field", "summary=胸痛", "--field",
                "question=诊断",
            ] + asker, CaseEndpoints<DiagnosisWorkflow>.Creation.self)
        return Names(
            folder: region.folder, entry: entry, reportItem: "GLU", match: match.match, request: created.request,
            referral: written.id, adverse: reported.id, diagnosis: diagnosis.id,
            statement: found.statement)
    }

    /// Runs, answers, is sound, and gives an honest doctor what is there.
    func expectUnharmed() async throws {
        #expect(kill(addresses.processID, 0) == 0, "the node has ended")
        let status = try await region.yilian("node", "status", "--data", data)
        #expect([0, 3].contains(status.status), "\(status.errors)")
        let verified = try await region.yilian("ledger", "verify", "--data", data)
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        let refolded = try await region.yilian("ledger", "refold", "--data", data)
        #expect(refolded.status == 0, "\(refolded.output)\(refolded.errors)")
        let found = try await Self.answer(region, ["record", "find"] + Self.asker, RecordFindings.self)
        #expect(found.records.contains { $0.entry == names.entry })
        let sheet = try await region.yilian("recognition", "sheet", "--data", data)
        #expect(sheet.status == 0, "\(sheet.errors)")
    }
}
