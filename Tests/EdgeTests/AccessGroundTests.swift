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
    private static func open() async throws -> (EdgeFixture, FHIRDeskTests.Desk, OrderDesk, report: String) {
        let fixture = try await EdgeFixture.open(recognition: try OrderDeskTests.rules())
        let desk = try FHIRDeskTests.Desk(fixture)
        let taken = await fixture.intake.take(ORU.bytes(), source: fixture.source)
        return (fixture, desk, OrderDesk(fhir: desk.desk), try #require(taken.reports.first?.reportKey))
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

    private static func ask(_ desk: OrderDesk, _ path: [String], _ body: [UInt8]) async -> FHIRResponse {
        await desk.answer(FHIRRequest(method: "POST", path: path, headers: bare)) { _ in body }
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
            let statement = try SignedAccessStatement(wireBytes: [UInt8](record.statement)).statement
            found.append([record.action, statement.order ?? "", statement.system])
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
}
