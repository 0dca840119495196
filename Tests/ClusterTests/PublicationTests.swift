import Console
import Demo
import Effects
import Testing

extension ClusterTests.GuardTests {
    @Test("a township joins the running region by a published configuration, and nothing is restarted")
    func joins() async throws {
        let cluster = try Cluster.current
        let processes = Dictionary(uniqueKeysWithValues: cluster.stage.nodes.map { ($0.id, $0.process.processID) })
        try await cluster.stage.yilian(["cert", "issue", cluster.stage.folder + "/authority", "shangshe"])
        try await cluster.publish { $0.nodes.append("shangshe") }
        try await cluster.stage.join("shangshe")
        try await Self.works(cluster, from: "shangshe")
        let version = UInt64(cluster.plan.version)
        for (id, process) in processes {
            try await cluster.wait(for: "the new configuration at \(id)") {
                let info = try await cluster.ask(id, NodeEndpoints.status)
                return info.configurationVersion == version
            }
            let info = try await cluster.ask(id, NodeEndpoints.status)
            #expect(info.processID == process, "\(id) is the process that it was")
        }
        #expect(try await cluster.areLinked("shangshe", "yuxian"))
    }

    @Test("a revoked certificate is cut within five seconds of its publication, and the others go on")
    func revoked() async throws {
        try await Self.undisturbed { cluster in
            try await cluster.wait(for: "the township's link") { try await cluster.areLinked("xiyan", "yuxian") }
            try await cluster.stage.yilian([
                "cert", "revoke", cluster.stage.folder + "/authority", "xiyan", "--reason", "the machine was stolen",
            ])
            try await cluster.publish()
            try await cluster.wait(for: "the cut") { try await !cluster.areLinked("xiyan", "yuxian") }
            let why = ["reason": "revoked", "peer": "xiyan"]
            let cut = try #require(try cluster.log(of: "yuxian").lines("a link ended", why).first)
            let published = try #require(
                try cluster.log(of: "diaodu").lines(
                    "region configuration accepted", ["version": "\(cluster.plan.version)"]
                ).first)
            #expect(try WallTime(text: cut.time).milliseconds(since: WallTime(text: published.time)) < 5_000)
            try await cluster.wait(for: "the refusal of the next attempt", seconds: 40) {
                try !cluster.log(of: "yuxian").lines("a link was refused", why).isEmpty
            }
            #expect(try await !cluster.areLinked("xiyan", "yuxian"))
            try await Self.works(cluster, from: "yuxian")
        }
    }

    @Test("a configuration of a lower version is refused")
    func rollback() async throws {
        try await Self.undisturbed { cluster in
            // Where this test runs first, there is nothing lower than the first version yet.
            if cluster.plan.version < 2 { try await cluster.publish() }
            let file = cluster.stage.folder + "/old.yaml"
            var old = cluster.plan
            old.version -= 1
            try cluster.world.disk.write(old.regionText, to: file)
            for id in ["diaodu", "pingding"] {
                try await cluster.wait(for: "the newest configuration at \(id)") {
                    let info = try await cluster.ask(id, NodeEndpoints.status)
                    return info.configurationVersion == UInt64(cluster.plan.version)
                }
                let published = try await ChildProcess.run(
                    cluster.stage.options.program,
                    [
                        "region", "publish", file, "--authority", cluster.stage.folder + "/authority", "--out",
                        cluster.stage.folder + "/old-\(id).configuration", "--data",
                        try cluster.stage.node(id).dataFolder,
                    ], scratch: cluster.stage.folder, world: cluster.world)
                #expect(published.code == 1)
                #expect(published.errorOutput.contains("region.rollback"), "\(published.errorOutput)")
                let info = try await cluster.ask(id, NodeEndpoints.status)
                #expect(info.configurationVersion == UInt64(cluster.plan.version))
                #expect(
                    try cluster.log(of: id).lines.contains { $0["code"] == "region.rollback" },
                    "\(id) logs what it refused")
            }
        }
    }
}
