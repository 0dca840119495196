import AsyncHTTPClient
import Console
import Effects
import Foundation
import NodeRuntime
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

@Suite struct NodeProcessTests {
    private static let statesOfWorkflows: Set<String> = {
        func states<W: Workflow>(_ workflow: W.Type) -> [String] { W.State.allCases.map(\.rawValue) }
        let offers = ServiceList.all.compactMap { $0 as? any WorkflowOffer.Type }
        return Set(offers.flatMap { $0.workflows.flatMap { states($0) } })
    }()

    @Test func aNodeStartsAnswersAndLeavesNothingBehind() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let disk = SystemDisk()
        let (info, ended) = try await region.running("diaodu") { addresses in
            #expect(addresses.link != nil)
            #expect(try disk.mode(addresses.socket) == 0o600)
            let status = try await region.yilian("node", "status", "--data", region.data("diaodu"), "--json")
            // Its only child has not dialled it: that needs a look.
            #expect(status.status == 3)
            let second = try await region.yilian("node", "start", "--config", "diaodu.yaml")
            #expect(second.status == 1)
            #expect(second.errors.contains("[node.running]"))
            return try OperatorJSON.value(NodeInfo.self, from: Array(status.output.utf8), place: nil)
        }
        #expect(info.node == "diaodu")
        #expect(info.tier == "dispatcher")
        #expect(info.configurationVersion == 1)
        #expect(info.concerns.count == 1)
        #expect(ended.status == 0)
        let names = try disk.list(region.data("diaodu"))
        #expect(!names.contains(SocketFile.name))
        #expect(!names.contains(NodeAddresses.fileName))
        #expect(kill(info.processID, 0) != 0)
        let gone = try await region.yilian("node", "status", "--data", region.data("diaodu"))
        #expect(gone.status == 4)
        let verified = try await region.yilian("ledger", "verify", "--data", region.data("diaodu"))
        #expect(verified.status == 0, "\(verified.errors)")
    }

    @Test func everyLogLineIsJSONWithItsKeys() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let (_, ended) = try await region.running("diaodu") { _ in }
        let lines = ended.errors.split(separator: "\n")
        #expect(lines.count > 2)
        for line in lines {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            for key in ["time", "level", "label", "message"] { #expect(object?[key] is String) }
        }
    }

    @Test func healthTellsWhetherTheNodeIsReadyAndHowItIs() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let (answers, _) = try await region.running("shi") { addresses in
            var answers: [String] = []
            for path in ["healthz", "readyz", "peers", "metrics"] {
                let request = HTTPClientRequest(url: "http://\(addresses.health)/\(path)")
                let body = try await HTTPClient.shared.execute(request, timeout: .seconds(10)).body
                answers.append(String(buffer: try await body.collect(upTo: 1 << 20)))
            }
            return answers
        }
        #expect(answers[0] == "ok\n")
        let readiness = try OperatorJSON.value(
            HealthServer.Readiness.self, from: Array(answers[1].utf8), place: nil)
        #expect(readiness.ready)
        #expect(readiness.checks.map(\.name) == ["keys", "disk", "deliveries", "space"])
        #expect(answers[2].contains("\"diaodu\""))
        for name in [
            "yilian_link_up{peer=\"diaodu\",relation=\"parent\"} 0", "yilian_links_held_bytes_limit 134217728",
            "yilian_link_held_bytes{peer=\"diaodu\"} 0", "yilian_ledger_batches{chains=\"own\"}",
            "yilian_backlog_batches{peer=\"diaodu\"}", "yilian_certificate_expiry_seconds",
            "yilian_region_configuration_version 1", "yilian_process_resident_memory_bytes",
            "yilian_ledger_key_holds 1", "yilian_refused_chains{peer=\"diaodu\",chains=\"own\"} 0",
        ] {
            #expect(answers[3].contains(name))
        }
        let metrics = PrometheusText(answers[3])
        #expect(metrics.violations == [])
        #expect(metrics.families.contains { $0.type == "histogram" } && metrics.families.count > 30)
        for family in metrics.families { #expect(family.name.hasPrefix("yilian_")) }
        // Bounded: every label has a few values besides the states that a workflow's table names, and no value is a
        // number of anything.
        let labels = metrics.families.flatMap(\.samples).flatMap(\.labels)
        for (name, values) in Dictionary(grouping: labels, by: \.key) {
            let others = Set(values.map(\.value)).subtracting(name == "state" ? Self.statesOfWorkflows : [])
            #expect(others.count <= 20, "\(name): \(others.sorted())")
        }
        #expect((metrics.value("yilian_disk_free_bytes") ?? 0) > 0)
        #expect(metrics.value("yilian_batches_refused_total", ["peer": "diaodu"]) == 0)
        #expect(metrics.value("yilian_consultation_oldest_open_request_age_seconds") == 0)
        #expect(metrics.value("yilian_link_sent_bytes_total", ["peer": "diaodu"]) == 0)
    }

    @Test func twoProcessesWithOneIdentityAreSeenByTheirParent() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let (disk, copy) = (SystemDisk(), region.data("copy"))
        try disk.createDirectory(copy, mode: 0o700)
        for name in try disk.list(region.data("shi")) {
            let path = region.data("shi") + "/" + name
            try disk.write(try disk.read(path), to: copy + "/" + name, mode: try disk.mode(path))
        }
        let file = try disk.readText(region.folder + "/shi.yaml").replacing("data/shi", with: "data/copy")
        try disk.write(file, to: region.folder + "/copy.yaml")
        let (_, ended) = try await region.running("diaodu") { parent in
            let link = try #require(parent.link)
            _ = try await region.running("shi", ["--parent", link]) { _ in
                _ = try await region.running("copy", ["--parent", link]) { _ in
                    let status = try await region.wait(
                        for: "the suspicion", ["node", "status", "--data", region.data("diaodu")]
                    ) { $0.output.contains("two processes show this node's identity") }
                    #expect(status.status == 3 && status.output.contains("! 'shi': "))
                    #expect(status.output.contains("yilian cert revoke"))
                    let peers = try await region.yilian("peer", "list", "--data", region.data("diaodu"), "--json")
                    let peer = try OperatorJSON.value([PeerInfo].self, from: Array(peers.output.utf8), place: nil)
                    #expect(peer.map(\.node) == ["shi"])
                }
            }
        }
        // Above `info`: whoever reads a log at its usual level must not miss it, and once is enough.
        let lines = ended.errors.split(separator: "\n").filter { $0.contains("two processes show") }
        #expect(lines.count == 1 && lines.first?.contains("\"level\":\"warning\"") == true, "\(lines)")
    }

    @Test func aDamagedRegionCopyStopsTheStartUntilItIsMovedAway() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let disk = SystemDisk()
        let copy = region.data("diaodu") + "/region.accepted"
        let sound = try disk.read(region.data("diaodu") + "/region.configuration")
        var bent = sound
        bent[bent.count - 1] ^= 1
        for bytes in [Array("no configuration".utf8), Array(sound.dropLast(9)), bent, []] {
            try disk.write(bytes, to: copy, mode: 0o644)
            let outcome = try await region.yilian("node", "start", "--config", "diaodu.yaml")
            #expect(outcome.status == 1)
            for words in ["[region.keptUnusable]", copy, "region publish", "move this one away"] {
                #expect(outcome.errors.contains(words), "\(outcome.errors)")
            }
        }
        try disk.write(sound, to: copy, mode: 0o644)
        #expect(try await region.running("diaodu") { _ in }.ended.status == 0)
        try disk.remove(copy)
        #expect(try await region.running("diaodu") { _ in }.ended.status == 0)
    }

    @Test func aHangupSignalPutsARenewedCertificateBeforeTheListeners() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let disk = SystemDisk()
        let file = region.data("diaodu") + "/tls.crt"
        let first = try await Self.serial(of: "x509 -noout -serial -in \(file)")
        _ = try await region.running("diaodu") { addresses in
            let https = try #require(addresses.https)
            let ask = "s_client -connect \(https) </dev/null 2>/dev/null | openssl x509 -noout -serial"
            let link = try #require(addresses.link)
            let askLink =
                "s_client -connect \(link) -alpn yilian/1 </dev/null 2>/dev/null | openssl x509 -noout -serial"
            #expect(try await Self.serial(of: ask) == first)
            #expect(try await Self.serial(of: askLink) == first)
            let renewed = try await region.yilian("cert", "renew", "auth", "diaodu")
            #expect(renewed.status == 0, "\(renewed.errors)")
            for name in ["tls.crt", "tls.key"] {
                let path = region.folder + "/auth/diaodu/" + name
                try disk.write(
                    try disk.read(path), to: region.data("diaodu") + "/" + name, mode: try disk.mode(path))
            }
            let second = try await Self.serial(of: "x509 -noout -serial -in \(file)")
            #expect(second != first)
            #expect(try await Self.serial(of: ask) == first, "nothing changes before the signal")
            #expect(kill(addresses.processID, SIGHUP) == 0)
            var served = first
            for _ in 0..<200 where served != second {
                try await SystemTime().sleep(milliseconds: 50)
                served = try await Self.serial(of: ask)
            }
            #expect(served == second)
            #expect(try await Self.serial(of: askLink) == second, "links are served with it too")
        }
    }

    private static func serial(of openssl: String) async throws -> String {
        let outcome = try await BuiltProgram.run(["-c", "openssl " + openssl], program: "/bin/sh")
        try #require(outcome.output.hasPrefix("serial="), "openssl \(openssl): \(outcome.errors)")
        return outcome.output
    }

    @Test func anUnknownKeyStopsTheStartAndNamesItsLine() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try SystemDisk().write("node: diaodu\ndataFolder: d\nlnk: {listen: x}\n", to: region.folder + "/bad.yaml")
        for arguments in [["node", "start", "--config", "bad.yaml"], ["config", "check", "bad.yaml"]] {
            let outcome = try await BuiltProgram.run(arguments, in: region.folder)
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("bad.yaml:3:1"))
            #expect(outcome.errors.contains("[config.unknownKey]"))
        }
    }
}
