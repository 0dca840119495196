import AdverseEvents
import Effects
import Foundation
import Ledgers
import Regions
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

/// Who was hurt and who said so stays at the node where it happened.
@Suite("Nothing says whom an adverse event happened to, nor who reported it", .serialized)
struct AdverseLeakTests {
    private static let secrets = [AdverseRegion.patientName, AdverseRegion.patientNumber, AdverseRegion.reporter]

    /// A course in which everybody reads and acts who may.
    private func course(_ region: TestRegion) async throws -> CaseID<AdverseWorkflow> {
        let id = try await region.adverse("jucheng").report(AdverseRegion.report(number: "BL-7")).id
        try await region.act("pingding", "qc-group", .accepted, id, ["harm": "mild"])
        try await region.act("jucheng", "qc-unit", .analysed, id, ["factor": "people", "causes": "疲劳"])
        for (node, practitioner) in [("pingding", "qc-group"), ("jucheng", "qc-unit"), ("shi", "dr-li")] {
            try await region.wait(node, knows: id, as: .analysed)
            let asking = AdverseRegion.asking(practitioner, at: node)
            _ = await code { _ = try await region.adverse(node).book.open(id, asking) }
        }
        try await region.waitUntilAcknowledged()
        return id
    }

    @Test func `no header anywhere, no payload elsewhere, no log and no figure holds a name, a number or the reporter`()
        async throws
    {
        try await AdverseRegion.run { region in
            let id = try await course(region)
            var (headers, payloads) = (0, 0)
            for node in region.allNodes {
                let ledger = try node.node.context.ledger
                for position in try await ledger.positions() {
                    let start = ChainPosition(chain: position.chain, nextSequence: 0)
                    for batch in try await ledger.batches(from: start, for: node.nodeID) {
                        for entry in try ledger.inspector.inspect(batch, receivedTime: .epoch).entries {
                            headers += 1
                            #expect(!Self.holdsSecret(entry.fields) && !Self.holdsSecret(Array(entry.subject.utf8)))
                            guard let payload = entry.payload, Self.holdsSecret(payload) else { continue }
                            payloads += 1
                            #expect(node.id == "jucheng" && entry.subject == id.description, "\(node.id)")
                        }
                    }
                }
                let figures = try await node.node.service(AdverseService.self).figures()
                #expect(!Self.holdsSecret(Array("\(figures)".utf8)))
            }
            #expect(headers >= 15)
            #expect(payloads == 1, "the report itself, where it was made: else this test sees nothing")
            for line in region.log.lines { #expect(!Self.holdsSecret(Array("\(line)".utf8)), "\(line)") }
        }
    }

    @Test func `no file of another node holds them`() async throws {
        try await AdverseRegion.run { region in
            _ = try await course(region)
            for node in region.allNodes { await node.stop() }
            for node in region.allNodes {
                var bytes = 0
                let found = FileManager.default.enumerator(atPath: node.folder)
                for path in (found?.allObjects ?? []).compactMap({ $0 as? String }) {
                    guard let data = FileManager.default.contents(atPath: node.folder + "/" + path) else { continue }
                    bytes += data.count
                    for secret in Self.secrets where data.range(of: Data(secret.utf8)) != nil {
                        #expect(node.id == "jucheng", "\(secret) in \(node.id)/\(path)")
                    }
                }
                #expect(bytes > 10_000, "\(node.id)")
            }
        }
    }

    private static func holdsSecret(_ bytes: [UInt8]) -> Bool {
        let data = Data(bytes)
        return secrets.contains { data.range(of: Data($0.utf8)) != nil }
    }
}
