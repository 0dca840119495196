import EdgeKit
import Effects
import Ledgers
import Recognition
import RecognitionEdge
import Regions
import ServiceKit
import Storage
import Testing

@testable import Edge

@Suite("The order for which a hospital's system asks")
struct AccessGroundTests {
    /// One report of P1 in a house whose catalogue knows it, and its door.
    private static func open() async throws -> (EdgeFixture, FHIRDeskTests.Desk, PlainDesk, report: String) {
        let fixture = try await EdgeFixture.open(recognition: try OrderDeskTests.rules())
        let desk = try FHIRDeskTests.Desk(fixture)
        let taken = await fixture.intake.take(ORU.bytes(), principal: fixture.principal)
        return (fixture, desk, PlainDesk(fhir: desk.desk), try #require(taken.records.first?.key))
    }

    private static let bare = ["authorization": "Bearer " + FHIRClient.token]

    /// A call of order-sign with one draft for P1.
    private static func hook(identifier: String = "") -> [UInt8] {
        let text = #"""
            {"hook":"order-sign","context":{"patientId":"1","draftOrders":{"resourceType":"Bundle","entry":[{"resource":
            {"resourceType":"ServiceRequest","id":"1",\#(identifier)
            "code":{"coding":[{"system":"urn:yilian:catalogue","code":"GLU"}]}}}]}},
            "prefetch":{"patient":{"resourceType":"Patient","id":"1","identifier":
            [{"system":"HOSPITAL","value":"P1","type":{"coding":[{"code":"PI"}]}}]}}}
            """#
        return Array(text.utf8)
    }

    private static func ask(_ desk: PlainDesk, _ path: [String], _ body: [UInt8]) async -> EdgeResponse {
        await desk.answer(EdgeRequest(method: "POST", path: path, headers: bare)) { _ in body }
    }

    /// The orders and systems on which the node has answered, in their order.
    private static func served(_ fixture: EdgeFixture) async throws -> [[String]] {
        let context = fixture.node.context
        let entries = try await context.ledger.read { sql in
            try sql.rows("SELECT entry FROM audit WHERE outcome = 'served' ORDER BY at, entry", [])
                .map { try $0.text(0) }
        }
        var found: [[String]] = []
        for entry in entries {
            guard let held = try await context.ledger.entry(try EntryID(entry)) else { continue }
            let record = try PBAuditRecord(serializedBytes: held.fields)
            let asking = try SignedAccessStatement(wire: record.statement).statement.asking
            found.append([record.action, asking.order ?? "", asking.system])
        }
        return found
    }

    @Test("an order of CDS Hooks counts as order, and the card's link is read for it")
    func hookCounts() async throws {
        let (fixture, desk, orders, report) = try await Self.open()
        #expect(await desk.get("DiagnosticReport", report, headers: ["x-yilian-order": ""]).status == 403)
        let numbered = Self.hook(identifier: #""identifier":[{"value":"O-77"}],"#)
        #expect(await Self.ask(orders, ["cds-services", "yilian-order-sign"], numbered).status == 200)
        let read = await desk.get("DiagnosticReport", report, headers: ["x-yilian-order": ""])
        #expect(read.status == 200, "\(String(decoding: read.body, as: UTF8.self))")
        let served = try await Self.served(fixture)
        #expect(served.map { $0[0] }.prefix(2) == ["recognition.match", "recognition.find"])
        #expect(served.allSatisfy { $0[1] == "O-77" && $0[2] == "his" }, "\(served)")
    }

    @Test("an order without a number goes by its match, and a result is opened for that")
    func numberless() async throws {
        let (fixture, _, orders, _) = try await Self.open()
        let answer = await Self.ask(orders, ["cds-services", "yilian-order-sign"], Self.hook())
        #expect(answer.status == 200)
        let order = try #require(try await Self.served(fixture).first?[1])
        #expect(order.count > 10)
        let entry = try await fixture.node.context.ledger.read { sql in
            try sql.row("SELECT entry FROM report_version LIMIT 1", [])?.text(0)
        }
        func opening(_ more: String) async throws -> Int {
            let patient = #"[{"system":"HOSPITAL","value":"P1","type":"PI"}]"#
            let body = #"{"patient":\#(patient),"entry":"\#(entry ?? "")"\#(more)}"#
            return await Self.ask(orders, ["recognition", "open"], Array(body.utf8)).status
        }
        #expect(try await opening("") == 403)
        #expect(try await opening(#","match":"\#(order)""#) == 200)
        #expect(try await opening(#","orderNumber":"O-78""#) == 200)
    }

    @Test(
        "3,000 made-up numbers from one token: some sixty answers, then 429, and one alert that names doctor and system"
    )
    func madeUpNumbers() async throws {
        let (fixture, desk, orders, _) = try await Self.open()
        func search(_ number: String) async -> EdgeResponse {
            await desk.get(
                "DiagnosticReport", query: "patient.identifier=HOSPITAL%7C\(number)&identifier-type=PI")
        }
        #expect(await search("P1").status == 200)
        var statuses: [Int: Int] = [:]
        for number in 0..<3_000 { statuses[await search("X\(number)").status, default: 0] += 1 }
        #expect(Set(statuses.keys) == [200, 429] && statuses[200, default: 0] < 120, "\(statuses)")
        let refused = await search("X-9999")
        #expect(refused.status == 429 && refused.headers["Retry-After"] == "60")
        #expect(String(decoding: refused.body, as: UTF8.self).contains("throttled"))
        let call = #"{"patient":[{"system":"HOSPITAL","value":"X-8","type":"PI"}],"items":[{"code":"GLU"}]}"#
        let matched = await Self.ask(orders, ["recognition", "match"], Array(call.utf8))
        #expect(matched.status == 429 && matched.headers["Retry-After"] == "60")
        // Whoever was found before is still found, for the patient who sits there.
        #expect(await search("P1").status == 200)
        let alerts = try await fixture.node.context.ledger.read { sql in
            try sql.rows("SELECT action, practitioner, system FROM audit WHERE outcome = 'alert'", [])
                .map { [try $0.text(0), try $0.text(1), try $0.text(2)] }
        }
        #expect(alerts == [["access.alert.practitioner", "doctor-1", "his"]])
    }
}
