import Console
import Demo
import Effects
import Foundation
import Synchronization
import Testing

extension ClusterTests {
    @Suite(
        "Documents that travel beside their report", .serialized,
        .region(RegionPlan(nodes: ["diaodu", "yangquan-shi", "pingding", "jucheng", "yuxian"])))
    struct DocumentTests {
        private static let identity = "999999196804129172"
        private let document = Array("%PDF-1.4 ".utf8) + SeededRandom(seed: 11).bytes(3 << 20)

        private var message: [UInt8] {
            let lines = [
                "MSH|^~\\&|RIS|巨城镇卫生院|YILIAN|x|20261119152000+0800||ORU^R01^ORU_R01|DOC1|P|2.5.1||||||UNICODE UTF-8",
                "PID|1||\(Self.identity)^^^&2.16.156.10011.1.3&ISO^NI||李^建国||19680412|M",
                "OBR|1|P1^HIS|DOC-1^RIS|CT003^CT胸部平扫^L|||20261119141500+0800|||||||||||||||20261119151900+0800||CT|F",
                "OBX|1|ST|FINDINGS^检查所见^L||未见异常||||||F",
                "OBX|2|ED|PDF^报告文件^L||RIS^AP^PDF^Base64^\(Data(document).base64EncodedString())||||||F",
            ]
            return Array((lines.joined(separator: "\r") + "\r").utf8)
        }

        private func waiting(_ content: String, at id: String) async throws -> [QueueItemInfo] {
            let items = try await Cluster.current.ask(id, QueueEndpoints.list)
            return items.filter { $0.chain == content }
        }

        @Test("a document reaches the county through a kill in the middle, and is shown whole in the other county")
        func journey() async throws {
            let cluster = try Cluster.current
            try await cluster.kill("pingding")
            let township = try cluster.stage.node("jucheng")
            let answers = Mutex<[String]>([])
            try await Hospital.sender(to: township).send([message]) { _, code in answers.withLock { $0.append(code) } }
            #expect(answers.withLock { $0 } == ["AA"], "on the township's disk, without its county")
            let due = try #require(try await waiting("documents", at: "jucheng").first)
            #expect((due.entries, due.bytes) == (1, document.count))
            #expect(due.reason.hasPrefix("no link"))

            try await cluster.stage.restart("pingding")
            try await cluster.wait(for: "the announcement") {
                if try await !waiting("documents to come", at: "pingding").isEmpty { return true }
                return try await waiting("documents", at: "jucheng").isEmpty
            }
            try await cluster.kill("pingding")
            try await cluster.stage.restart("pingding")
            try await cluster.wait(for: "the acknowledgement") {
                try await waiting("documents", at: "jucheng").isEmpty
            }
            try await cluster.stop("jucheng")

            let doctor = try cluster.stage.node("yuxian")
            let found = try #require(try await cluster.results(of: Self.identity, at: "yuxian").first)
            let folder = cluster.stage.folder + "/documents"
            try await cluster.stage.yilian([
                "record", "show", found.entry, "--documents", folder, "--data", doctor.dataFolder, "--citizen-id",
                Self.identity, "--practitioner", "test-doctor", "--consent", "TEST-CONSENT",
            ])
            let file = folder + "/document-1.pdf"
            #expect(try cluster.world.disk.read(file, limitBytes: Limits.attachmentBytes) == document)
            #expect(try cluster.world.disk.mode(file) == 0o600)
            try await cluster.stage.restart("jucheng")
            for id in cluster.nodeIDs { #expect(try await cluster.ledgerProblems(of: id) == [], "the ledger of \(id)") }
        }
    }
}
