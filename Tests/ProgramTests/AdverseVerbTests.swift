import AdverseEvents
import Effects
import Foundation
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

/// The verbs of `yilian adverse`, over a real process.
@Suite struct AdverseVerbTests {
    private static let sections = """
        adverseLevels: [{grade: level-1, name: 警告事件, acceptSeconds: 600, analysisSeconds: 600, lawSeconds: 7200}]
        adverseControllers: [{unit: shi-yy, node: shi, ids: [qc-li]}]

        """

    @Test func anEventIsReportedFollowedReadAndDismissedAndWhoFollowsIsLetGoWhenTheNodeStops() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        let disk = SystemDisk()
        let yaml = region.folder + "/region.yaml"
        try disk.write(try disk.readText(yaml) + Self.sections, to: yaml)
        try await region.issueAndPublish()
        let shi = ["--data", region.data("shi")]
        func run(_ arguments: String...) async throws -> BuiltProgram.Outcome {
            try await BuiltProgram.run(["adverse"] + arguments + shi, in: region.folder)
        }
        let (follower, ended) = try await region.running("shi") { _ in
            let follower = try BuiltProgram.start(["adverse", "list", "--follow", "--json"] + shi, in: region.folder)
            let report = ["report", "--grade", "level-1", "--kind", "fall", "--field", "what=如厕时滑倒"]
            let outcome = try await BuiltProgram.run(
                ["adverse"] + report + ["--field", "harm=mild", "--reporter", "N-1", "--json"] + shi, in: region.folder)
            try #require(outcome.status == 0, "\(outcome.errors)")
            let id = try OperatorJSON.value(
                CaseEndpoints<AdverseWorkflow>.Creation.self, from: Array(outcome.output.utf8), place: nil
            ).id
            let opened = try await run("show", id, "--practitioner", "qc-li")
            #expect(opened.status == 0 && opened.output.contains("如厕时滑倒") && opened.output.contains("N-1"))
            let stranger = try await run("show", id, "--practitioner", "dr-li")
            #expect(stranger.status == 1 && stranger.errors.contains("adverse.notEntitled"), "\(stranger.errors)")
            let done = try await run("act", id, "dismissed", "--field", "why=noEvent", "--practitioner", "qc-li")
            #expect(done.status == 0 && done.output.contains("dismissed"), "\(done.errors)")
            let listed = try await run("list", "--kind", "fall")
            #expect(listed.output.contains(id) && !listed.output.contains("N-1"))
            return follower
        }
        #expect(ended.status == 0, "\(ended.errors.suffix(1_000))")
        let text = try await ThreadWorker(name: "test.follower").run {
            let output = follower.output.fileHandleForReading.readDataToEndOfFile()
            follower.process.waitUntilExit()
            return String(decoding: output, as: UTF8.self)
        }
        #expect(follower.process.terminationStatus == 0, "a stop of the node is an end, and no failure")
        let states = try text.split(separator: "\n").map {
            try OperatorJSON.value(CaseInfo.self, from: Array($0.utf8), place: nil).state
        }
        #expect(states.last == "dismissed", "\(text)")
    }
}
