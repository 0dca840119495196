import Effects
import IdentityTestKit
import Ledgers
import Recognition
import RecognitionTestKit
import Regions
import Testing
import YilianTestKit

@Suite("A restored node may write what it might before", .serialized)
struct RestoreAuthorshipTests {
    private static let record = TestPatient(
        "王试一", identifier: "R-7", identifierType: "MR", authority: "yuxian")

    /// A node that has just started asks alone until its link stands.
    private static func decide(_ region: TestRegion, _ number: String, reason: String?) async throws {
        let doctor = try region.node("yuxian")
        try await region.wait(for: "a match with a candidate") {
            let match = try await doctor.match(People.wang, number: number)
            guard match.items.first?.candidates.isEmpty == false else { return false }
            _ = try await doctor.decide(match, reason: reason)
            return true
        }
    }

    @Test("what a node lost and was given back counts, and so does what it writes after that")
    func restored() async throws {
        try await RecognitionRegion.run { region in
            try await region.node("jucheng").publish(RecognitionRegion.report("J-1", of: People.wang))
            let doctor = try region.node("yuxian")
            try await doctor.publish(RecognitionRegion.report("Y-1", of: Self.record))
            try await region.waitUntilAcknowledged()
            let copy = try await doctor.copyFolder()
            // A decision names its match, a link the unit's report: both are lost with what they name, or without.
            try await Self.decide(region, "ORDER-1", reason: nil)
            try await doctor.link(People.wang, Self.record)
            try await region.waitUntilAcknowledged()
            try await doctor.restoreFolder(copy)
            try await region.wait(for: "what was lost") {
                let link = try await doctor.identityLog()
                let decisions = try await doctor.recognition.decisions()
                return link.count == 1 && decisions.count == 1
            }
            try await Self.decide(region, "ORDER-2", reason: "01")
            try await doctor.publish(RecognitionRegion.report("Y-2", of: People.li))
            try await doctor.link(People.li, People.patient(9))
            try await region.waitUntilAcknowledged()
            let city = try region.node("shi")
            try await region.wait(for: "everything at the city") {
                let decisions = try await city.recognition.decisions()
                let links = try await city.identityLog()
                return decisions.count == 2 && links.count == 2
            }
            for node in region.allNodes {
                #expect(try await node.quarantine.isEmpty, "\(node.id)")
                _ = try await node.node.context.ledger.refold()
                #expect(try await node.quarantine.isEmpty, "\(node.id), refolded")
            }
            #expect(try await city.recognition.decisions().count == 2)
            #expect(try await city.identityLog().count == 2)
        }
    }
}
