import AsyncHTTPClient
import Console
import Effects
import Foundation
import RecognitionTestKit
import ServiceKit
import Testing
import YilianTestKit

@Suite struct NodeKeyTests {
    private static let message = BuiltProgram.checkout + "/Nodes/demo/messages/hl7v2/jucheng-0"

    @Test func aHangupSignalTakesANewLedgerKeyIn() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let (_, ended) = try await region.running("shi") { addresses in
            try await bring("1-blood-count", region)
            let renewed = try await region.yilian(
                "cert", "renew", "auth", "shi", "--new-ledger-key", "--overlap-days", "0")
            #expect(renewed.status == 0)
            #expect(try await region.publish(version: 2, to: "shi").status == 0)
            // The old key has ended and the new one is not here yet: nothing is acknowledged, and everything says so.
            let refused = try await region.yilian(
                "import", Self.message + "2-liver-and-renal.hl7", "--data", data(region))
            #expect(refused.status != 0)
            let status = try await region.yilian("node", "status", "--data", data(region))
            #expect(status.status == 3 && status.output.contains("nothing is sealed and nothing acknowledged"))
            let (code, ready) = try await ask("readyz", addresses)
            #expect(code == 503 && ready.contains("nothing acknowledged"))
            #expect(try await ask("metrics", addresses).body.contains("yilian_ledger_key_holds 0"))

            try region.bring("shi") { $0.hasPrefix("ledger") }
            #expect(kill(addresses.processID, SIGHUP) == 0)
            _ = try await region.wait(for: "the new key", ["node", "status", "--data", data(region)]) {
                !$0.output.contains("nothing acknowledged")
            }
            try await bring("2-liver-and-renal", region)
            #expect(try await isReady(addresses))
        }
        #expect(ended.errors.contains("the ledger key has ended"))
        // And it starts with both keys in its folder.
        _ = try await region.running("shi") { _ in try await bring("3-chest-dr", region) }
        #expect(try await region.yilian("ledger", "verify", "--data", data(region)).status == 0)
    }

    @Test func aHangupSignalSaysWhatItCannotUseAndWhatWouldKeepTheNodeFromStarting() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let disk = SystemDisk()
        let (_, ended) = try await region.running("shi") { addresses in
            try disk.write(
                try disk.read(region.folder + "/auth/diaodu/ledger.key"), to: data(region) + "/ledger.key", mode: 0o600)
            try disk.remove(data(region) + "/box.key")
            let yaml = region.folder + "/shi.yaml"
            try disk.write(try disk.readText(yaml) + "messages: {retentionDays: 10}\n", to: yaml)
            #expect(try await region.yilian("log", "level", "debug", "--data", data(region)).status == 0)
            #expect(kill(addresses.processID, SIGHUP) == 0)
            _ = try await region.wait(for: "the signal", ["log", "level", "--data", data(region)]) {
                $0.output.contains("info")
            }
            // The key that seals stays.
            try await bring("1-blood-count", region)
        }
        let lines = ended.errors.split(separator: "\n")
        for words in [
            ["not loaded again", "[node.otherKey]", "this one is of 'diaodu'"],
            ["keep the node from starting", "/box.key", "[key.missing]"],
            ["holds after a restart", "messages.retentionDays"],
        ] {
            #expect(lines.contains { line in words.allSatisfy { line.contains($0) } }, "\(words): \(ended.errors)")
        }
        #expect(!ended.errors.contains("dataFolder") && !ended.errors.contains("log.level"), "what has not changed")
        try region.bring("shi") { $0.hasSuffix(".key") }
        // A key of another node beside the own one was brought by mistake as well.
        let foreign = data(region) + "/ledger-00.key"
        try disk.write(try disk.read(region.folder + "/auth/diaodu/ledger.key"), to: foreign, mode: 0o600)
        let started = try await region.yilian("node", "start", "--config", "shi.yaml")
        #expect(started.status == 1 && started.errors.contains("[node.otherKey]"), "\(started.errors)")
    }

    @Test func whatWasRefusedAboveIsTakenOnceTheRegionProlongsTheKey() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        _ = try await region.running("diaodu") { parent in
            let link = try #require(parent.link)
            _ = try await region.yilian("cert", "renew", "auth", "shi", "--new-ledger-key", "--overlap-days", "0")
            #expect(try await region.publish(version: 2, to: "diaodu").status == 0)
            // The city is cut off and does not know yet that its key has ended.
            _ = try await region.running("shi") { _ in try await bring("1-blood-count", region) }
            try region.bring("shi") { $0.hasPrefix("ledger") }
            _ = try await region.running("shi", ["--parent", link]) { addresses in
                let status = try await region.wait(for: "the refusal", ["node", "status", "--data", data(region)]) {
                    $0.output.contains("[ledger.unknownKey]")
                }
                #expect(status.status == 3)
                #expect(status.output.firstMatch(of: /\dT[0-9:.]*Z/) == nil, "times as people read them")
                let stuck = try await region.yilian("queue", "show", "--data", data(region))
                #expect(stuck.status == 3 && stuck.output.contains("refused "), "\(stuck.output)\(stuck.errors)")
                #expect(stuck.output.contains("diaodu") && stuck.output.contains("[ledger.unknownKey]"))
                #expect(stuck.output.contains("→ refused: the region must know the key that sealed it"))
                #expect(try await ask("readyz", addresses).code == 503)
                #expect(
                    try await ask("metrics", addresses).body
                        .contains("yilian_refused_chains{peer=\"diaodu\",chains=\"own\"} 1"))
                // The way out stands in the status as a command.
                let words = try #require(
                    status.output.split(separator: "`").first { $0.hasPrefix("yilian cert prolong DIR shi ") })
                let arguments = words.split(separator: " ").dropFirst().map { $0 == "DIR" ? "auth" : String($0) }
                let prolonged = try await BuiltProgram.run(arguments, in: region.folder)
                #expect(prolonged.status == 0, "\(prolonged.errors)")
                #expect(try await region.publish(version: 3, to: "diaodu").status == 0)
                let well = try await region.wait(
                    for: "all is taken", ["queue", "list", "--data", data(region)]
                ) { $0.output == "nothing waits\n" }
                #expect(well.status == 0)
                let peers = try await region.yilian("peer", "list", "--data", data(region), "--json")
                let peer = try OperatorJSON.value([PeerInfo].self, from: Array(peers.output.utf8), place: nil)
                #expect(peer.first?.configurationVersion == 3, "what the neighbour has now")
                #expect(try await isReady(addresses))
                #expect(try await region.yilian("node", "status", "--data", data(region)).status == 0)
            }
        }
        for node in ["shi", "diaodu"] {
            let verified = try await region.yilian("ledger", "verify", "--data", region.data(node))
            #expect(verified.status == 0, "\(verified.errors)")
        }
    }

    @Test(
        arguments: [
            ("box.key", "node.otherBoxKey"), ("ledger.key", "node.otherKey"), ("ledger.db", "ledger.otherOwner"),
            ("ca.crt", "node.otherAuthority"),
        ])
    func aForeignFileStopsTheStartWithItsReason(file: String, code: String) async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let disk = SystemDisk()
        let path = region.data("shi") + "/" + file
        if file == "ledger.db" {
            _ = try await region.running("diaodu") { _ in }
            let names = try disk.list(region.data("diaodu")).filter { $0.hasPrefix("ledger.db") }
            for name in names {
                let bytes = try disk.read(region.data("diaodu") + "/" + name, limitBytes: 1 << 28)
                try disk.write(bytes, to: region.data("shi") + "/" + name, mode: 0o600)
            }
        } else if file == "ca.crt" {
            _ = try await region.yilian("cert", "init", "other", "--region", "testland")
            try disk.write(try disk.read(region.folder + "/other/ca.crt"), to: path, mode: 0o644)
        } else {
            try disk.write(try disk.read(region.folder + "/auth/diaodu/" + file), to: path, mode: 0o600)
        }
        let outcome = try await region.yilian("node", "start", "--config", "shi.yaml")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("[\(code)]"), "\(outcome.errors)")
        #expect(!outcome.errors.contains(".cc:") && !outcome.errors.contains("swift-nio"))
        if file != "ca.crt" { #expect(outcome.errors.contains("diaodu"), "\(outcome.errors)") }
    }

    private func data(_ region: TrialRegion) -> String { region.data("shi") }

    private func bring(_ name: String, _ region: TrialRegion) async throws {
        let imported = try await region.yilian("import", Self.message + name + ".hl7", "--data", data(region))
        #expect(imported.status == 0, "\(imported.errors)")
    }

    /// Asks until the answer is not one of a moment before.
    private func isReady(_ addresses: NodeAddresses) async throws -> Bool {
        for _ in 0..<50 {
            if try await ask("readyz", addresses).code == 200 { return true }
            try await SystemTime().sleep(milliseconds: 200)
        }
        return false
    }

    private func ask(_ path: String, _ addresses: NodeAddresses) async throws -> (code: UInt, body: String) {
        let request = HTTPClientRequest(url: "http://\(addresses.health)/\(path)")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        return (response.status.code, String(buffer: try await response.body.collect(upTo: 1 << 20)))
    }
}
