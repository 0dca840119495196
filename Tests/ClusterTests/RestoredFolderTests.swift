import Console
import Demo
import Effects
import Foundation
import Testing

extension ClusterTests.OutageTests {
    @Test("a township restored from an older copy of its folder uses no identity again and misses nothing")
    func restored() async throws {
        let cluster = try Cluster.current
        let hospital = Hospital(cluster)
        let messages = Array(cluster.nextDay().messages(for: "zhangzhuang").prefix(45))
        let folder = try cluster.stage.node("zhangzhuang").dataFolder
        let copy = folder + ".copy"
        try await hospital.send(Array(messages[..<15]))
        try await cluster.stop("zhangzhuang")
        try FileManager.default.copyItem(atPath: folder, toPath: copy)
        try await cluster.stage.restart("zhangzhuang")
        try await hospital.send(Array(messages[15..<30]))
        try await cluster.wait(for: "everything at the county") {
            let here = try await cluster.versions(of: "zhangzhuang", at: "zhangzhuang")
            return try await cluster.versions(of: "zhangzhuang", at: "pingding") == here
        }
        let total = try await cluster.versions(of: "zhangzhuang", at: "zhangzhuang")
        let before = try await chains(at: "pingding")

        try await cluster.kill("zhangzhuang")
        try FileManager.default.removeItem(atPath: folder)
        try FileManager.default.copyItem(atPath: copy, toPath: folder)
        // Messages come in before the county can have given anything back.
        try await cluster.stage.restart("zhangzhuang")
        try await hospital.send(Array(messages[30...]))
        try await cluster.wait(for: "what was lost") {
            try await cluster.versions(of: "zhangzhuang", at: "zhangzhuang") > total
        }
        #expect(!(try cluster.log(of: "zhangzhuang").lines("taking back batches that this node has lost")).isEmpty)
        try await Arrival(cluster: cluster, hospital: hospital).check()
        // What the county gave back counts as acknowledged.
        try await cluster.wait(for: "an empty queue") {
            try await cluster.stage.yilian(["queue", "list", "--data", folder]) == "nothing waits\n"
        }

        let after = try await chains(at: "pingding")
        #expect(after.isSuperset(of: before), "nothing that the county held is gone")
        #expect(after.subtracting(before).count >= 1, "the restored folder opened a chain of its own")
        try await cluster.stage.yilian(["ledger", "verify", "--data", folder])
    }

    /// The township's chains as a node holds them.
    private func chains(at id: String) async throws -> Set<String> {
        let check = try await cluster(id) { try await $0.ask(LedgerEndpoints.verify) }
        return Set(check.chains.map(\.chain).filter { $0.hasPrefix("zhangzhuang/") })
    }

    private func cluster<Value: Sendable>(
        _ id: String, _ body: (ConsoleClient) async throws -> Value
    ) async throws -> Value {
        let cluster = try Cluster.current
        return try await cluster.stage.client(try cluster.stage.node(id), body)
    }
}
