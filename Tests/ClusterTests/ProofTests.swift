import Console
import Demo
import Effects
import Testing

extension ClusterTests.GuardTests {
    @Test("a result is proven offline from its proof file and region.pub alone, and a changed byte proves nothing")
    func proof() async throws {
        let cluster = try Cluster.current
        let stage = cluster.stage
        let hospital = Hospital(cluster)
        try await hospital.send(Array(cluster.nextDay().messages(for: "jucheng").prefix(3)))
        let patient = try #require(hospital.acknowledged.first?.identityNumber)
        // Asked at the other county: find and fetch go over the city.
        try await cluster.wait(for: "the result at the other county") {
            try await !cluster.results(of: patient, at: "yuxian").isEmpty
        }
        let record = try #require(try await cluster.results(of: patient, at: "yuxian").first)
        let folder = stage.folder + "/court"
        let disk = cluster.world.disk
        try disk.createDirectory(folder, mode: 0o700)
        let (proof, root) = (folder + "/result.proof", folder + "/region.pub")
        try await stage.yilian([
            "record", "export", record.entry, "--out", proof, "--citizen-id", patient, "--practitioner", "test-doctor",
            "--consent", "TEST-CONSENT", "--data", try stage.node("yuxian").dataFolder,
        ])
        try disk.write(try disk.read(try stage.node("jucheng").dataFolder + "/region.pub"), to: root, mode: 0o644)
        let text = try await stage.yilian(["record", "verify", proof, "--root", root])
        #expect(text.contains("verified: "))

        let bytes = try disk.read(proof)
        for place in stride(from: 3, to: bytes.count, by: bytes.count / 6) {
            var changed = bytes
            changed[place] ^= 0x04
            try disk.write(changed, to: proof, mode: 0o600)
            let output = try await stage.yilian(["record", "verify", proof, "--root", root], accepting: [1])
            #expect(output.isEmpty, "byte \(place) of \(bytes.count)")
        }
    }
}
