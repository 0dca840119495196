import Console
import Effects
import Foundation
import RecognitionEdge
import RecognitionTestKit
import ServiceKit
import Testing
import YilianTestKit

@Suite struct EpochVerbTests {
    private static let person = "999999196804129172"

    @Test func aLostSecretIsNeverDrawnAnewAndIsTakenBackFromANode() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let disk = SystemDisk()
        let path = region.folder + "/auth/patient-key-epoch-1.key"
        let secret = try disk.readText(path)
        try disk.remove(path)
        // Also where nobody knows any more what was published.
        for isForgotten in [false, true] {
            if isForgotten { try disk.remove(region.folder + "/auth/region.configuration") }
            let refused = try await region.publish(version: 2)
            #expect(refused.status == 1)
            #expect(refused.errors.contains("[patientKey.missing]") && refused.errors.contains(path))
            #expect(refused.errors.contains("yilian cert epoch recover \(region.folder)/auth --data"))
            #expect(!disk.exists(path), "no other secret is made")
        }
        #expect(try await region.yilian("cert", "epoch", "list", "auth").status == 3)
        let taken = try await region.yilian("cert", "epoch", "recover", "auth", "--data", "data/shi")
        #expect(taken.status == 0 && taken.output.contains(path), "\(taken.errors)")
        #expect(try disk.readText(path) == secret)
        #expect(try disk.mode(path) == 0o600)
        #expect(try await region.publish(version: 2).status == 0)
        #expect(try await region.yilian("cert", "epoch", "list", "auth").status == 0)
        let again = try await region.yilian("cert", "epoch", "recover", "auth", "--data", "data/shi")
        #expect(again.output.contains("no secret is missing"))
    }

    @Test func aGapInTheNumbersIsRefusedAndNamed() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        #expect(try await region.yilian("cert", "epoch", "new", "auth").status == 0)
        #expect(try await region.yilian("cert", "epoch", "new", "auth", "--from", "2099-01-01").status == 0)
        let late = try await region.yilian("cert", "epoch", "new", "auth", "--from", "2098-01-01")
        #expect(late.errors.contains("[patientKey.badBeginning]"))
        #expect(late.errors.contains("2098-01-01T00:00:00+08:00"), "a sentence says times as people do: \(late.errors)")
        try SystemDisk().remove(region.folder + "/auth/patient-key-epoch-2.key")
        for outcome in [
            try await region.publish(version: 2), try await region.yilian("cert", "epoch", "new", "auth"),
        ] {
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("[patientKey.missing]"))
            #expect(outcome.errors.contains("patient-key-epoch-2.key") && outcome.errors.contains("gap"))
        }
    }

    @Test func anotherSecretUnderAPublishedNumberIsRefused() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        #expect(try await region.yilian("cert", "init", "other", "--region", "testland").status == 0)
        let disk = SystemDisk()
        try disk.write(
            try disk.read(region.folder + "/other/patient-key-epoch-1.key"),
            to: region.folder + "/auth/patient-key-epoch-1.key", mode: 0o600)
        let refused = try await region.publish(version: 2)
        #expect(refused.status == 1 && refused.errors.contains("[patientKey.otherSecret]"), "\(refused.errors)")
        // Whoever looks hears of it, and whoever wants the right one back is told what is in the way.
        let listed = try await region.yilian("cert", "epoch", "list", "auth")
        #expect(listed.status == 3 && listed.output.contains("another secret than was published"), "\(listed.output)")
        let recovered = try await region.yilian("cert", "epoch", "recover", "auth", "--data", "data/shi")
        #expect(recovered.status == 1 && recovered.errors.contains("[patientKey.otherSecret]"), "\(recovered.errors)")
        try disk.remove(region.folder + "/auth/patient-key-epoch-1.key")
        #expect(try await region.yilian("cert", "epoch", "recover", "auth", "--data", "data/shi").status == 0)
        #expect(try await region.publish(version: 2).status == 0)
    }

    @Test func resultsStayFindableThroughARotationAndALostAuthority() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let files = FileManager.default
        let (folder, backup) = (region.folder + "/auth", region.folder + "/backup")
        try files.copyItem(atPath: folder, toPath: backup)
        let data = region.data("shi")
        let messages = BuiltProgram.checkout + "/Nodes/demo/messages/hl7v2/jucheng-0"
        _ = try await region.running("shi") { addresses in
            try await bring("1-blood-count", messages, region)
            let first = try await found(region)
            #expect(first.count == 1)

            let begin = SystemTime().wallTime.advanced(byMilliseconds: 2_000)
            let new = try await region.yilian("cert", "epoch", "new", "auth", "--from", begin.description)
            #expect(new.status == 0, "\(new.errors)")
            #expect(try await region.publish(version: 2, to: "shi").status == 0)
            while SystemTime().wallTime <= begin { try await SystemTime().sleep(milliseconds: 100) }
            let listed = try await region.yilian("cert", "epoch", "list", "auth", "--json")
            #expect(listed.output.contains("inForce") && listed.output.contains("past"))
            try await bring("2-liver-and-renal", messages, region)
            let second = try await found(region)
            #expect(second.isStrictSuperset(of: first), "by the keys of both epochs")

            // The folder is lost, and what comes back knows nothing of the second epoch and of a revocation.
            _ = try await region.yilian("cert", "revoke", "auth", "diaodu", "--reason", "test")
            #expect(try await region.publish(version: 3, to: "shi").status == 0)
            try files.removeItem(atPath: folder)
            try files.moveItem(atPath: backup, toPath: folder)
            let refused = try await region.publish(version: 4, to: "shi")
            #expect(refused.status == 1 && refused.errors.contains("[patientKey.missing]"), "\(refused.errors)")
            #expect(refused.errors.contains("patient-key-epoch-2.key"))
            let unaware = try await region.publish(version: 4)
            #expect(unaware.status == 0, "nobody told it")
            let handed = try await region.yilian("region", "accept", "auth/region.configuration", "--data", data)
            #expect(handed.status == 1 && handed.errors.contains("[region.epochLost]"), "\(handed.errors)")

            let https = try #require(addresses.https)
            let taken = try await region.yilian(
                "cert", "epoch", "recover", "auth", "--url", "https://\(https)", "--token-file",
                data + "/operator.token",
                "--ca", "auth/ca.crt")
            #expect(taken.status == 0 && taken.output.contains("patient-key-epoch-2.key"), "\(taken.errors)")
            let published = try await region.publish(version: 5, to: "shi")
            #expect(published.status == 3, "it is published, and the folder wants a look: \(published.errors)")
            #expect(published.output.contains("the revocation of certificate"), "it is not forgotten")
            try await bring("3-chest-dr", messages, region)
            #expect(try await found(region).isStrictSuperset(of: second))
            let shown = try await region.yilian("region", "show", "--data", data)
            #expect(shown.output.contains("1 revoked certificates, 2 patient key epochs"))
        }
    }

    private func bring(_ name: String, _ messages: String, _ region: TrialRegion) async throws {
        let imported = try await region.yilian("import", messages + name + ".hl7", "--data", region.data("shi"))
        #expect(imported.status == 0, "\(imported.errors)")
    }

    private func found(_ region: TrialRegion) async throws -> Set<String> {
        let outcome = try await region.yilian(
            "record", "find", "--data", region.data("shi"), "--citizen-id", "-", "--practitioner", "dr-li", "--order",
            "O-1", "--json", input: Self.person + "\n")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let findings = try OperatorJSON.value(RecordFindings.self, from: Array(outcome.output.utf8), place: nil)
        return Set(findings.records.map(\.entry))
    }
}
