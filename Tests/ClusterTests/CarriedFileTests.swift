import Console
import Demo
import Effects
import Testing

extension ClusterTests.OutageTests {
    @Test("a file of batches is refused where a byte was changed, and else acknowledged as batches over a link are")
    func carried() async throws {
        let cluster = try Cluster.current
        let hospital = Hospital(cluster)
        let messages = Array(cluster.nextDay().messages(for: "jucheng").prefix(20))
        try await withoutCounty("jucheng", cluster) {
            try await hospital.send(messages)
            let file = cluster.stage.folder + "/carried.batches"
            let data = try cluster.stage.node("jucheng").dataFolder
            try await cluster.stage.yilian(["queue", "export", "--for", "pingding", "--out", file, "--data", data])
            let before = try await cluster.versions(of: "jucheng", at: "pingding")
            try await changedFilesAreRefused(file, cluster)
            try await fileIsAcknowledged(file, cluster)
            #expect(try await cluster.versions(of: "jucheng", at: "pingding") > before)
            #expect(try await !cluster.areLinked("jucheng", "pingding"))
        }
        try await Arrival(cluster: cluster, hospital: hospital).check()
    }

    /// Lets a township run where its county cannot be reached.
    private func withoutCounty(_ id: String, _ cluster: Cluster, _ body: () async throws -> Void) async throws {
        try await cluster.stop(id)
        // Port 9 of this machine: nobody is there.
        try await cluster.stage.restart(id, parentLink: "127.0.0.1:9")
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        try await cluster.stop(id)
        try await cluster.stage.restart(id)
        try result.get()
    }

    private func changedFilesAreRefused(_ file: String, _ cluster: Cluster) async throws {
        let county = try cluster.stage.node("pingding")
        let bytes = try cluster.world.disk.read(file, limitBytes: Limits.importFileBytes)
        for place in [bytes.count / 4, bytes.count / 2, bytes.count * 3 / 4, bytes.count - 5] {
            var changed = bytes
            changed[place] ^= 0x10
            try cluster.world.disk.write(changed, to: file + ".changed", mode: 0o600)
            // 3: batches were refused; 1: the file itself cannot be read any more.
            try await cluster.stage.yilian(
                ["queue", "import", file + ".changed", "--data", county.dataFolder], accepting: [1, 3])
        }
        let refusals = try cluster.log(of: "pingding").lines("batch refused", ["sender": "file"])
        #expect(!refusals.isEmpty)
        for refusal in refusals {
            #expect(refusal["code"]?.isEmpty == false && refusal["reason"]?.isEmpty == false)
        }
        #expect(try await cluster.ledgerProblems(of: "pingding") == [], "nothing of what was changed is there")
    }

    private func fileIsAcknowledged(_ file: String, _ cluster: Cluster) async throws {
        let (county, township) = try (cluster.stage.node("pingding"), cluster.stage.node("jucheng"))
        let receipt = file + ".receipt"
        try await cluster.stage.yilian(["queue", "import", file, "--receipt", receipt, "--data", county.dataFolder])
        let here = try await cluster.versions(of: "jucheng", at: "jucheng")
        #expect(try await cluster.versions(of: "jucheng", at: "pingding") == here)
        let waiting = try await cluster.ask("jucheng", QueueEndpoints.list)
        #expect(!waiting.isEmpty, "the township cannot know yet")
        try await cluster.stage.yilian(["queue", "import", receipt, "--data", township.dataFolder])
        let left = try await cluster.ask("jucheng", QueueEndpoints.list)
        #expect(left == [], "the receipt is an acknowledgement")
    }
}
