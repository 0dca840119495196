import Console
import Effects
import Foundation
import RecognitionEdge
import ServiceKit
import Testing
import YilianTestKit

@Suite struct RecordTests {
    private static let person = "999999196804129172"

    @Test func aResultIsImportedFoundExportedAndProvenOffline() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let messages = BuiltProgram.checkout + "/Nodes/demo/messages/hl7v2"
        let data = region.data("shi")
        _ = try await region.running("shi") { _ in
            let looked = try await region.yilian("import", messages, "--check", "--data", data, "--json")
            #expect(looked.status == 0, "\(looked.errors)")
            let none = try await find(region)
            #expect(none.records.isEmpty)
            let imported = try await region.yilian("import", messages, "--data", data)
            #expect(imported.status == 0, "\(imported.errors)")
            #expect(imported.output.contains("accepted"))
            let found = try await find(region)
            let record = try #require(found.records.first)
            let shown = try await region.yilian(
                "record", "show", record.entry, "--data", data, "--citizen-id", "-", "--practitioner", "dr-li",
                "--order",
                "O-1", input: Self.person + "\n")
            #expect(shown.status == 0, "\(shown.errors)")
            // Whose result it is and which node's seal holds come before everything that they vouch for.
            #expect(shown.output.hasPrefix("issued by \(record.institution), sealed by 'shi'\n"), "\(shown.output)")
            let exported = try await region.yilian(
                "record", "export", record.entry, "--out", "result.proof", "--data", data, "--citizen-id", "-",
                "--practitioner", "dr-li", "--order", "O-1", input: Self.person + "\n")
            #expect(exported.status == 0, "\(exported.errors)")
            let audit = try await region.yilian("audit", "show", found.statement, "--data", data)
            #expect(audit.output.contains("recognition.find"))
            #expect(!audit.output.contains(Self.person))
        }
        let disk = SystemDisk()
        #expect(try disk.mode(region.folder + "/result.proof") == 0o600)
        let verified = try await region.yilian("record", "verify", "result.proof", "--root", "auth/region.pub")
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(verified.output.contains("verified: "))
        try await changedProofsAreRefused(region)
        let offline = try await region.yilian("ledger", "verify", "--data", data, "--json")
        #expect(offline.status == 0, "\(offline.errors)")
    }

    private func changedProofsAreRefused(_ region: TrialRegion) async throws {
        let disk = SystemDisk()
        let proof = try disk.read(region.folder + "/result.proof")
        for place in stride(from: 80, to: proof.count, by: proof.count / 12) {
            var changed = proof
            changed[place] ^= 1
            try disk.write(changed, to: region.folder + "/changed.proof", mode: 0o600)
            let outcome = try await region.yilian("record", "verify", "changed.proof", "--root", "auth/region.pub")
            #expect(outcome.status == 1, "byte \(place)")
            // Whoever holds a proof can do nothing about the region's configuration in it.
            #expect(!outcome.errors.contains("region publish"), "\(outcome.errors)")
            #expect(outcome.errors.contains("yilian record export"), "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
    }

    private func find(_ region: TrialRegion) async throws -> RecordFindings {
        let outcome = try await region.yilian(
            "record", "find", "--data", region.data("shi"), "--citizen-id", "-", "--practitioner", "dr-li", "--order",
            "O-1", "--json", input: Self.person + "\n")
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try OperatorJSON.value(RecordFindings.self, from: Array(outcome.output.utf8), place: nil)
    }

    @Test func aNumberThatIsNoneIsRefusedAndNotRepeated() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        _ = try await region.running("shi") { _ in
            let outcome = try await region.yilian(
                "record", "find", "--data", region.data("shi"), "--citizen-id", "-", "--practitioner", "dr-li",
                "--order", "O-1", input: "110101199003074519\n")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("[code.citizenID"))
            #expect(!outcome.errors.contains("110101199003074519"))
        }
    }

    @Test func batchesTravelByFileWithTheSameAcknowledgement() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let messages = BuiltProgram.checkout + "/Nodes/demo/messages/hl7v2"
        _ = try await region.running("shi") { _ in
            _ = try await region.yilian("import", messages, "--data", region.data("shi"))
            let exported = try await region.yilian(
                "queue", "export", "--for", "diaodu", "--out", "backlog", "--data", region.data("shi"))
            #expect(exported.status == 0, "\(exported.errors)")
        }
        _ = try await region.running("diaodu") { _ in
            let imported = try await region.yilian(
                "queue", "import", "backlog", "--receipt", "receipt", "--data", region.data("diaodu"))
            #expect(imported.status == 0, "\(imported.errors)")
        }
        _ = try await region.running("shi") { _ in
            let unknown = try await region.yilian("queue", "why", "diaodv", "--data", region.data("shi"))
            #expect(unknown.status == 1)
            #expect(unknown.errors.contains("[queue.noPeer]") && unknown.errors.contains("diaodu"))
            let why = try await region.yilian("queue", "why", "diaodu", "--data", region.data("shi"))
            #expect(why.status == 0 && why.output.contains("diaodu"), "\(why.errors)")
            let list = { try await region.yilian("queue", "list", "--data", region.data("shi")).output }
            #expect(try await list().contains("diaodu"))
            let taken = try await region.yilian("queue", "import", "receipt", "--data", region.data("shi"))
            #expect(taken.status == 0, "\(taken.errors)")
            #expect(try await list() == "nothing waits\n")
        }
    }
}
