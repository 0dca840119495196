import Console
import Demo
import Effects
import FHIR
import Foundation
import RecognitionEdge

/// The order's part: a doctor of 盂县 orders tests for a patient who was examined in 巨城镇, through the hospital's own
/// door, and decides about what the cards show.
struct DemoOrders {
    let stage: DemoStage

    /// What the ordering doctor was shown and decided.
    struct Outcome: Encodable {
        var cards: Int
        /// Existing results that the rules refuse.
        var refused: Int
        var recognised: Int
        var repeated: Int
        var milliseconds: Int64
        /// The same counted in the month's table at the city.
        var recognisedAtCity = 0
    }

    private static let practitioner = "盂县人民医院 张医生"
    /// 肝功能, 肾功能, 血常规, 葡萄糖, 胸部DR, 心电图.
    private static let codes = ["P-LIVER", "P-RENAL", "P-CBC", "L-GLU", "DR-CHEST-PA", "ECG-12"]

    func play() async throws -> Outcome {
        try await publishCertificates()
        let node = try stage.node("yuxian")
        guard let address = node.addresses.https else {
            throw Failure("demo.noNode", "yuxian does not listen for HTTPS", remedy: "use Nodes/demo as it is")
        }
        let token = try stage.world.disk.readText(node.dataFolder + "/tokens/his", limitBytes: 4_096)
        let sender = try FHIRSender(
            baseURL: "https://\(address)", token: token, authorityFile: node.dataFolder + "/ca.crt")
        do {
            let outcome = try await order(through: sender)
            try await sender.close()
            return outcome
        } catch {
            try? await sender.close()
            throw error
        }
    }

    private func order(through door: FHIRSender) async throws -> Outcome {
        let printer = stage.printer
        printer.heading(
            "The doctor orders \(Self.codes.joined(separator: ", ")) for the same patient: CDS Hooks")
        let answer: CDSHooks.Answer = try await door.call(
            "/cds-services/yilian-order-sign", body: JSONPrinter.bytes(hook), practitioner: Self.practitioner)
        let match = answer.extension?.match
        for item in match?.items ?? [] {
            for candidate in item.candidates where candidate.verdict != "not" {
                printer.say("  card: \(item.englishName) of \(candidate.issuer): \(candidate.text.en)")
            }
        }
        let refused = match?.items.flatMap { item in item.candidates.filter { $0.verdict == "not" } } ?? []
        if let example = refused.first {
            printer.say("  not shown as cards: \(refused.count), such as: \(example.text.en)")
        }
        var outcome = Outcome(
            cards: answer.cards.count, refused: refused.count, recognised: 0, repeated: 0,
            milliseconds: match?.milliseconds ?? 0)
        for item in match?.items ?? [] {
            guard let candidate = item.candidates.first, candidate.verdict != "not" else { continue }
            let isRecognised = candidate.verdict == "recognised"
            let decision = DecisionOrder(
                match: match?.match ?? "", item: item.item, entry: candidate.entry,
                outcome: isRecognised ? "recognised" : "repeated", reason: isRecognised ? nil : "01")
            let _: DecisionInfo = try await door.call(
                "/recognition/decisions", body: Array(try JSONEncoder().encode(decision)),
                practitioner: Self.practitioner)
            if isRecognised { outcome.recognised += 1 } else { outcome.repeated += 1 }
        }
        printer.say("  decided: \(outcome.recognised) recognised, \(outcome.repeated) repeated with reason 01")
        return outcome
    }

    /// The month's table at the city, once it has what was decided.
    func showTable(_ orders: Outcome) async throws -> Int {
        let city = try stage.node("yangquan-shi")
        let sheet = try await stage.wait(
            for: "the arrival of the decisions at the city", seconds: 60,
            { try await stage.client(city) { try await $0.ask(SheetEndpoints.sheet, .init()) } },
            until: { $0.total.recognised >= orders.recognised })
        stage.printer.heading("The month's table of mutual recognition at the city (\(sheet.period), \(sheet.edition))")
        stage.printer.say(
            TextTable.render(
                ["unit", "orders", "items", "recognised", "repeated", "saved ¥", "opened", "X01", "X02"],
                (active(sheet.institutions) + [sheet.total]).map { row in
                    [
                        row.unit, "\(row.orders)", "\(row.orderedItems)", "\(row.recognised)",
                        "\(row.repeatedByReason.values.reduce(0, +))", row.savedYuan, "\(row.retrievals)",
                        row.nationalRate.percent, row.orderRate.percent,
                    ]
                }))
        let silent = sheet.institutions.count - active(sheet.institutions).count
        stage.printer.say("  the other \(silent) units ordered, decided and opened nothing")
        return sheet.total.recognised
    }

    /// Those that have anything to show.
    private func active(_ rows: [SheetInfo.RowInfo]) -> [SheetInfo.RowInfo] {
        rows.filter { $0.orders + $0.recognised + $0.retrievals > 0 || !$0.repeatedByReason.isEmpty }
    }

    private func publishCertificates() async throws {
        let dispatcher = try stage.node("diaodu")
        let today = stage.world.time.wallTime
        let from = String(CivilDateTime(today.advanced(byMilliseconds: -365 * 86_400_000), offsetMinutes: 480).date)
        let to = String(CivilDateTime(today.advanced(byMilliseconds: 365 * 86_400_000), offsetMinutes: 480).date)
        let certificates = [
            CertificateInfo(
                number: "DEMO-EQA-1", unit: "jucheng-wsy", classes: ["laboratory"], scope: "shanxi", from: from, to: to,
                programme: "示例：山西省临床检验室间质评"),
            CertificateInfo(
                number: "DEMO-EQA-2", unit: "jucheng-wsy", classes: ["laboratory", "dr"], scope: "yangquan", from: from,
                to: to, programme: "示例：阳泉市质控"),
        ]
        let file = stage.folder + "/certificates.json"
        try stage.world.disk.write(Array(try JSONEncoder().encode(certificates)), to: file, mode: 0o600)
        try await stage.yilian(["recognition", "certify", file, "--data", dispatcher.dataFolder])
        let reader = try stage.node("yuxian")
        _ = try await stage.wait(
            for: "the arrival of the certificates in Yuxian", seconds: 60,
            { try await stage.client(reader) { try await $0.ask(SheetEndpoints.certificates) } },
            until: { $0.count >= certificates.count })
    }

    private var hook: JSONValue {
        let person = DemoPerson.liJianguo
        let orders = Self.codes.enumerated().map { index, code -> JSONValue in
            [
                "resource": [
                    "resourceType": "ServiceRequest", "id": .string("\(index + 1)"), "status": "draft",
                    "intent": "order", "subject": ["reference": "Patient/1"],
                    "identifier": [["value": .string("DEMO-\(index + 1)")]],
                    "code": ["coding": [["system": "urn:yilian:catalogue", "code": .string(code)]]],
                ]
            ]
        }
        return [
            "hook": "order-sign", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
            "context": [
                "userId": "Practitioner/1", "patientId": "1",
                "draftOrders": ["resourceType": "Bundle", "type": "collection", "entry": .array(orders)],
            ],
            "prefetch": [
                "patient": [
                    "resourceType": "Patient", "id": "1",
                    "identifier": [
                        [
                            "system": "urn:oid:2.16.156.10011.1.3", "value": .string(person.identityNumber),
                            "type": ["coding": [["code": "NI"]]],
                        ]
                    ],
                ]
            ],
        ]
    }
}
