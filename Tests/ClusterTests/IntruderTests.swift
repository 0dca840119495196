import Demo
import Effects
import Testing

extension ClusterTests.GuardTests {
    @Test("a certificate of another region is refused")
    func otherRegion() async throws {
        try await Self.undisturbed { cluster in
            let other = cluster.stage.folder + "/elsewhere"
            try await cluster.stage.yilian(["cert", "init", other, "--region", "elsewhere"])
            try await cluster.stage.yilian(["cert", "issue", other, "jucheng"])
            try await Intruder(cluster: cluster, target: "pingding").dial(
                certificateFolder: other + "/jucheng", claiming: "jucheng", expecting: "notAuthenticated")
        }
    }

    @Test("a node that claims another's id is refused, by its own start and by whom it dials")
    func otherNode() async throws {
        try await Self.undisturbed { cluster in
            let (stage, disk) = (cluster.stage, cluster.world.disk)
            let own = try stage.node("jucheng").dataFolder
            let impostor = stage.folder + "/impostor"
            try disk.createDirectory(impostor + "/tokens", mode: 0o700)
            for name in ["tls.crt", "tls.key", "ca.crt", "region.pub", "ledger.key", "box.key"] {
                let path = own + "/" + name
                try disk.write(try disk.read(path), to: impostor + "/" + name, mode: try disk.mode(path))
            }
            try disk.write(
                try disk.read(own + "/region.configuration"), to: impostor + "/region.configuration", mode: 0o644)
            let started = try await ChildProcess.run(
                stage.options.program,
                ["node", "start", "--config", stage.options.nodesFolder + "/zhangzhuang.yaml", "--data", impostor],
                scratch: stage.folder, world: cluster.world)
            #expect(started.code == 1)
            #expect(started.errorOutput.contains("node.otherCertificate"), "\(started.errorOutput)")

            try await Intruder(cluster: cluster, target: "pingding").dial(
                certificateFolder: own, claiming: "zhangzhuang", expecting: "identityMismatch")
        }
    }

    @Test("a frame longer than the limit, a frame of nothing and bytes without TLS end that connection alone")
    func garbage() async throws {
        try await Self.undisturbed { cluster in
            let intruder = Intruder(cluster: cluster, target: "pingding")
            let own = try cluster.stage.node("jucheng").dataFolder
            let tooLong: [UInt8] = [0x7F, 0xFF, 0xFF, 0xFF, 1, 0]
            try await intruder.expectingRefusal("frameTooLong") {
                try await intruder.say(tooLong, certificateFolder: own)
            }
            try await intruder.expectingRefusal("frameTooLong") {
                try await intruder.say(Array("GET / HTTP/1.1\r\n\r\n".utf8), certificateFolder: own)
            }
            try await intruder.expectingRefusal("malformed") {
                try await intruder.say([0, 0, 0, 1, 0], certificateFolder: own)
            }
            let noise = SeededRandom(seed: 1).bytes(4_000)
            try await intruder.expectingRefusal("notAuthenticated") { try await intruder.sayPlainly(noise) }
        }
    }
}
