import RecognitionTestKit
import Testing
import YilianTestKit

@Suite("A hospital's system and a region in a test", .serialized)
struct ListenerTests {
    private static let message =
        [
            #"MSH|^~\&|LIS|JC|YILIAN|YQ|20261121083000||ORU^R01^ORU_R01|M-1|P|2.5.1||||||UTF-8"#,
            "PID|1||149900195001010018^^^CN^NI||王^试一||19500101|M",
            "OBR|1|P-1|F-1|GLU^空腹血糖^99LAB|||20261121080000|||||||||||||||20261121082500||LAB|F",
            "OBX|1|NM|GLU^葡萄糖^99LAB||5.60|mmol/L|3.90-6.10|N|||F",
        ].joined(separator: "\r") + "\r"

    @Test("a message over MLLP is answered AA and found in the other county as the same person's")
    func mllp() async throws {
        try await TestRegion.run(.small) { region in
            let township = try region.node("jucheng")
            let listeners = try await township.openListeners()
            #expect(listeners.fhirURL.hasPrefix("https://127.0.0.1:"))
            let answer = try await MLLPClient.send(
                Self.message, host: listeners.mllpHost, port: listeners.mllpPort)
            #expect(answer.contains("MSA|AA|M-1"), "\(answer)")
            let again = try await MLLPClient.send(Self.message, host: listeners.mllpHost, port: listeners.mllpPort)
            #expect(again.contains("MSA|AA|M-1"), "\(again)")
            try await region.waitUntilAcknowledged()
            #expect(try await region.node("shi").reportCounts().versions == 1)

            let doctor = try region.node("yuxian")
            let found = try #require(try await doctor.find(TestRegionTests.wang).results.first)
            let opened = try await doctor.open(found)
            #expect(opened.observations.first?.value == "5.60")
            #expect(opened.observations.first?.referenceRange == "3.90-6.10")
        }
    }

    @Test("listeners close with their node and can be opened again after a restart")
    func restart() async throws {
        try await TestRegion.run(.small) { region in
            let township = try region.node("jucheng")
            _ = try await township.openListeners()
            try await township.restart()
            let listeners = try await township.openListeners(encoding: .latin1)
            let answer = try await MLLPClient.send(
                Self.message, host: listeners.mllpHost, port: listeners.mllpPort)
            #expect(answer.contains("MSA|AA|M-1"), "\(answer)")
        }
    }
}
