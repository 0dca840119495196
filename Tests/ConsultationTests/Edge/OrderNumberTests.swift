import EdgeKit
import FHIR
import HL7
import Testing

@testable import ConsultationEdge

@Suite("A hospital's own number of an order")
struct OrderNumberTests {
    private func number(_ field: String) throws -> OrderNumber? {
        let message = try HL7Message.parse(
            Array("MSH|^~\\&|H|H|Y|Y|1||ORM^O01|1|P|2.5\rORC|NW|\(field)\r".utf8), defaultEncoding: .utf8)
        return try OrderNumber(#require(message.segment("ORC")).field(2))
    }

    @Test(
        "is the same in both forms, and goes back as it came",
        arguments: [
            ("O-17", "", "O-17"), ("O-17^HIS", "HIS", "O-17^HIS"),
            ("O-17^^1.2.156.7^ISO", "urn:oid:1.2.156.7", "O-17^^1.2.156.7^ISO"),
            ("O-17^^http://his.example/orders^URI", "http://his.example/orders", "O-17^^http://his.example/orders^URI"),
            ("O-17^^1f0c^UUID", "urn:uuid:1f0c", "O-17^^1f0c^UUID"),
            ("O-17^HIS^1.2.156.7^ISO", "HIS^1.2.156.7^ISO", "O-17^HIS^1.2.156.7^ISO"),
            (" O-17 ^ HIS ", "HIS", "O-17^HIS"), ("A\\S\\1^HIS", nil, ""), ("^HIS", nil, ""), ("\"\"^HIS", nil, ""),
        ])
    func forms(field: String, system: String?, back: String) throws {
        let read = try number(field)
        guard let system else { return #expect(read == nil) }
        #expect(read == OrderNumber(value: "O-17", system: system))
        #expect(read?.hl7 == back && read.map { OrderNumber(kept: $0.kept) } == read)
    }
}
