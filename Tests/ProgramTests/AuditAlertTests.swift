import Console
import Effects
import Foundation
import ServiceKit
import Testing
import YilianTestKit

@Suite(.serialized) struct AuditAlertTests {
    @Test func whoeverAsksForTooManyIsRefusedAndTheOperatorSeesWhoAndWhen() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        let path = region.folder + "/region.yaml"
        let text = try SystemDisk().readText(path) + "access:\n  rates: {practitioner: 7, miss: 5}\n"
        try SystemDisk().write(text, to: path)
        try await region.issueAndPublish()
        _ = try await region.running("shi") { _ in
            let data = region.data("shi")
            func find(_ number: String, _ practitioner: String = "dr-li") async throws -> BuiltProgram.Outcome {
                try await region.yilian(
                    "record", "find", "--data", data, "--identifier", "-", "--type", "MR", "--issuer", "H",
                    "--practitioner", practitioner, "--order", "O-1", input: number + "\n")
            }
            for number in ["X-1", "X-2"] { #expect(try await find(number).status == 0) }
            let refused = try await find("X-3")
            #expect(refused.status == 1 && refused.errors.contains("[access.tooMany]"), "\(refused.errors)")
            #expect(try await find("X-4").status == 1)
            #expect(try await find("X-3", "dr-wang").status == 0)

            func list(_ arguments: String...) async throws -> [AuditInfo] {
                let outcome = try await BuiltProgram.run(
                    ["audit", "list", "--data", data, "--json"] + arguments, in: region.folder)
                #expect(outcome.status == 0, "\(outcome.errors)")
                return try OperatorJSON.value(AuditListing.self, from: Array(outcome.output.utf8), place: nil).records
            }
            let alerts = try await list("--alerts")
            #expect(alerts.map(\.action) == ["access.alert.practitioner"])
            #expect(alerts.map(\.practitioner) == ["dr-li"] && alerts.map(\.node) == ["shi"])
            #expect(try await list("--practitioner", "dr-wang").map(\.outcome) == ["served"])
            #expect(try await list("--from-node", "shi").count == 4)
            #expect(try await list("--from-node", "diaodu").isEmpty)
            let unknown = try await region.yilian("audit", "list", "--data", data, "--system", "his")
            #expect(unknown.status == 1 && unknown.errors.contains("no such system"), "\(unknown.errors)")
            let status = try await region.yilian("node", "status", "--data", data)
            #expect(
                status.output.contains("dr-li") && status.output.contains("audit list --alerts"), "\(status.output)")
            #expect(!status.output.contains("dr-wang"))
        }
    }
}
