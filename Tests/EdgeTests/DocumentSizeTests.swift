import Effects
import FHIR
import Foundation
import Recognition
import Testing

@testable import Edge

@Suite("Documents up to the promised size")
struct DocumentSizeTests {
    /// A document of some bytes, in Base64.
    private static func document(bytes count: Int) -> String {
        var bytes = [UInt8](repeating: 0x20, count: count)
        bytes.replaceSubrange(0..<8, with: Array("%PDF-1.4".utf8))
        bytes.replaceSubrange((count - 6)..<count, with: Array("%%EOF\n".utf8))
        return Data(bytes).base64EncodedString()
    }

    private static func hl7(_ document: String) -> [UInt8] {
        Array(
            (ORU.text(id: "DOC") + "OBX|2|ED|PDF^报告单^L||^application^pdf^Base64^" + document + "||||||F\r").utf8)
    }

    private static func fhir(_ document: String) -> [UInt8] {
        Array(
            (#"{"resourceType":"DiagnosticReport","identifier":[{"value":"DOC-F"}],"status":"final","#
                + #""code":{"text":"t"},"subject":{"identifier":{"value":"1"}},"presentedForm":["#
                + #"{"contentType":"application/pdf","data":""# + document + #""}]}"#).utf8)
    }

    @Test("a little less than 10 MiB passes the edge by HL7 and by FHIR, and is looked at the same way")
    func within() async throws {
        let fixture = try await EdgeFixture.open()
        let document = Self.document(bytes: Limits.attachmentBytes - 1_000)
        for message in [Self.hl7(document), Self.fhir(document)] {
            let looked = await fixture.intake.look(message, principal: fixture.principal)
            #expect(looked.outcome == .accepted, "\(looked.text)")
            let taken = await fixture.intake.take(message, principal: fixture.principal)
            #expect(taken.outcome == .accepted, "\(taken.text)")
        }
    }

    @Test("a byte more than 10 MiB is refused, and the reason names the limit")
    func beyond() async throws {
        let fixture = try await EdgeFixture.open()
        let document = Self.document(bytes: Limits.attachmentBytes + 1)
        for message in [Self.hl7(document), Self.fhir(document)] {
            let taken = await fixture.intake.take(message, principal: fixture.principal)
            #expect(taken.outcome == .refused)
            #expect(taken.text.contains("\(Limits.attachmentBytes)"))
        }
    }
}
