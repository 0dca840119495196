import Console
import Demo
import Effects
import Testing

extension ClusterTests.OutageTests {
    @Test("a file of batches is refused where a byte was changed, and else acknowledged as batches over a link are")
    func carried() async throws {
        let cluster = try Cluster.current
        let hospital = Hospital(cluster)
        let stage = cluster.stage
        let messages = Array(cluster.nextDay().messages(for: "jucheng").prefix(20))
        let (township, county) = try (stage.node("jucheng"), stage.node("pingding"))
        try await cluster.stop("jucheng")
        // Port 9 of this machine: nobody is there.
        try await stage.restart("jucheng", parentLink: "127.0.0.1:9")
        try await hospital.send(messages)
        let before = try await cluster.versions(of: "jucheng", at: "pingding")
        let (file, receipt) = (stage.folder + "/carried.batches", stage.folder + "/carried.receipt")
        try await stage.yilian(["queue", "export", "pingding", "--out", file, "--data", township.dataFolder])

        let bytes = try cluster.world.disk.read(file, limitBytes: Limits.importFileBytes)
        for place in [bytes.count / 4, bytes.count / 2, bytes.count * 3 / 4, bytes.count - 5] {
            var changed = bytes
            changed[place] ^= 0x10
            try cluster.world.disk.write(changed, to: file + ".changed", mode: 0o600)
            // 3: batches were refused; 1: the file itself cannot be read any more.
            try await stage.yilian(
                ["queue", "import", file + ".changed", "--data", county.dataFolder], accepting: [1, 3])
        }
        let refusals = try cluster.log(of: "pingding").lines("batch refused", ["sender": "file"])
        #expect(!refusals.isEmpty)
        #expect(refusals.allSatisfy { $0["code"]?.hasPrefix("ledger.") == true && $0["reason"]?.isEmpty == false })
        #expect(try await cluster.ledgerProblems(of: "pingding") == [])

        try await stage.yilian(
            ["queue", "import", file, "--receipt", receipt, "--data", county.dataFolder])
        let here = try await cluster.versions(of: "jucheng", at: "jucheng")
        #expect(try await cluster.versions(of: "jucheng", at: "pingding") == here)
        #expect(here > before)
        let waiting: [QueueItemInfo] = try await cluster.ask("jucheng", "queue")
        #expect(!waiting.isEmpty, "the township cannot know yet")
        try await stage.yilian(["queue", "import", receipt, "--data", township.dataFolder])
        let left: [QueueItemInfo] = try await cluster.ask("jucheng", "queue")
        #expect(left == [], "the receipt is an acknowledgement")
        #expect(try await !cluster.areLinked("jucheng", "pingding"))

        try await cluster.stop("jucheng")
        try await stage.restart("jucheng")
        try await Arrival(cluster: cluster, hospital: hospital).check()
    }
}
