import Effects
import HL7
import MessageCorpus
import Recognition
import Testing

@testable import Edge

/// What is no message, or not all of one.
@Suite("MLLP: frames, signs of life, acknowledgements")
struct MLLPFramingTests {
    private static let last = MLLPEncoder.frame(ORU.bytes(id: "LAST", filler: "LAST"))

    /// What a listener answers to pieces, up to the answer to a message that is sent behind them.
    private static func answers(
        _ pieces: [[UInt8]], encoding: HL7Encoding = .utf8, closesSending: Bool = false
    ) async throws -> (codes: [String], texts: [String], versions: Int) {
        let fixture = try await EdgeFixture.open()
        var listener = try fixture.listener()
        if encoding == .gb18030 { listener.encoding = .gb18030 }
        let answers = try await fixture.withEdge(mllp: [listener]) { _, addresses in
            let address = try #require(addresses.mllp.first).address
            return try await MLLPClient.exchange(
                closesSending ? pieces : pieces + [Self.last], with: address, count: 100,
                closesSending: closesSending, until: "LAST")
        }
        return (
            answers.map(MLLPClient.code), answers.map { String(decoding: $0, as: UTF8.self) },
            try await fixture.node.service(RecognitionService.self).counts().versions
        )
    }

    @Test func anAcknowledgementAndAnEmptyFrameAreNotAnswered() async throws {
        let result = try await Self.answers(
            [try EdgeCases.bytes("M16-ack-frame.bin"), MLLPEncoder.frame([]), MLLPEncoder.frame([0x0D])])
        #expect(result.codes == ["AA LAST"])
        #expect(result.versions == 1)
    }

    @Test func aFramingByteWithinATextRefusesTheMessageByItsName() async throws {
        let result = try await Self.answers([try EdgeCases.bytes("M11-fs-in-text.bin")])
        #expect(result.codes == ["AR M11", "AA LAST"])
        #expect(result.texts.first?.contains("OBX[1]") == true)
        #expect(result.versions == 1)
    }

    @Test func aFrameWithoutItsCRIsRefusedByItsName() async throws {
        let cut = Array(MLLPEncoder.frame(ORU.bytes(id: "CUT")).dropLast())
        let result = try await Self.answers([cut])
        #expect(result.codes == ["AR CUT", "AA LAST"])
        #expect(result.versions == 1)
        let atTheEnd = try await Self.answers([cut], closesSending: true)
        #expect(atTheEnd.codes == ["AR CUT"])
        #expect(atTheEnd.versions == 0)
    }

    @Test func aMessageOfUnusableDelimitersIsAnsweredByItsName() async throws {
        let result = try await Self.answers([MLLPEncoder.frame(try EdgeCases.bytes("109-msh2-lost-backslash.hl7"))])
        #expect(result.codes == ["AR 109", "AA LAST"])
        #expect(result.texts.first?.contains("escape character is missing") == true)
    }

    @Test func aMarkOfByteOrderBeforeASecondMessageMakesTwo() async throws {
        let result = try await Self.answers([MLLPEncoder.frame(try EdgeCases.bytes("136-bom-inside.hl7"))])
        #expect(result.codes == ["AA 136a", "AA 136b", "AA LAST"])
        #expect(result.versions == 3)
    }

    @Test func utf8ForAListenerOfAnotherCharacterSetIsRefused() async throws {
        let bytes = try EdgeCases.bytes("E3-utf8-on-gb18030-listener.hl7")
        let result = try await Self.answers([MLLPEncoder.frame(bytes)], encoding: .gb18030)
        #expect(result.codes == ["AR E3", "AA LAST"])
        #expect(result.texts.first?.contains("UTF-8") == true)
        let right = try await Self.answers([MLLPEncoder.frame(bytes)])
        #expect(right.codes == ["AA E3", "AA LAST"])
    }

    @Test func whatWasPassedOverIsSaidBesideTheAcceptanceAndAgainAtARepetition() async throws {
        let frame = MLLPEncoder.frame(try EdgeCases.bytes("149-obx-before-obr.hl7"))
        let result = try await Self.answers([frame, frame])
        #expect(result.codes == ["AA 149", "AA 149", "AA LAST"])
        let message = try HL7Message.parse(Array(try #require(result.texts.first).utf8), defaultEncoding: .utf8)
        let warning = try #require(message.segments("ERR").first)
        #expect(warning.field(2).component(1).text == "OBX")
        #expect(warning.field(4).text == "W")
        #expect(message.segment("MSA")?.field(3).isEmpty == true)
        #expect(result.texts[1] == result.texts[0])
        let fixture = try await EdgeFixture.open()
        let bytes = try EdgeCases.bytes("149-obx-before-obr.hl7")
        let first = await fixture.intake.take(bytes, principal: fixture.principal)
        let again = await fixture.intake.take(bytes, principal: fixture.principal)
        #expect(again.outcome == .duplicate)
        #expect(again.warnings == first.warnings)
        #expect(!again.warnings.isEmpty)
    }
}
