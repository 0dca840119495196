import Effects
import IdentityTestKit
import RecognitionTestKit
import Regions
import ServiceKit
import Testing
import YilianTestKit

@testable import Identity
@testable import Ledgers

/// Somebody joins or separates people whom the own unit has never met.
@Suite("Who may say who is who", .serialized)
struct IdentityAuthorshipTests {
    private static let record = TestPatient(
        "王试一", identifier: "R-7", identifierType: "MR", authority: "jucheng-wsy")
    private static let card = TestPatient("李试二", identifier: "CARD-774411", identifierType: "HC", authority: "ehc")

    private func count(_ patient: TestPatient, at node: String, in region: TestRegion) async throws -> Int {
        try await region.node(node).find(patient).results.count
    }

    private func published(_ body: @Sendable (TestRegion) async throws -> Void) async throws {
        try await TestRegion.run(.small) { region in
            try await region.node("jucheng").publish(TestReport("J-1", of: People.wang))
            try await region.node("yuxian").publish(TestReport("Y-1", of: Self.record))
            try await region.node("yuxian").publish(TestReport("Y-2", of: Self.card))
            try await region.waitUntilAcknowledged()
            try await body(region)
        }
    }

    @Test("a link of people whom the unit never met counts at its author alone, until the unit has reported of one")
    func strangers() async throws {
        try await published { region in
            let clinic = try region.node("jucheng")
            try await clinic.link(Self.record, Self.card)
            try await region.waitUntilAcknowledged()
            for node in ["pingding", "shi"] {
                try await region.wait(for: "quarantine at \(node)") { try await region.node(node).quarantined == 1 }
                #expect(try await region.node(node).quarantine == ["author.notReported"])
            }
            #expect(try await count(Self.record, at: "yuxian", in: region) == 1)
            #expect(try await count(Self.record, at: "shi", in: region) == 1)
            #expect(try await clinic.identityLog().map(\.isStanding) == [true])
            #expect(try await region.node("shi").identityLog().isEmpty)
            // The person comes to the unit; the same link again rests on the report now.
            try await clinic.publish(TestReport("J-2", of: Self.card))
            try await clinic.link(Self.record, Self.card)
            try await region.waitUntilAcknowledged()
            #expect(try await count(Self.record, at: "yuxian", in: region) == 3)
            for node in region.allNodes { _ = try await node.node.context.ledger.refold() }
            #expect(try await region.node("shi").quarantined == 1)
            #expect(try await count(Self.record, at: "yuxian", in: region) == 3)
        }
    }

    @Test("a stranger's separation undoes nobody's link above, and none where another's report is named for it")
    func foreignSeparation() async throws {
        try await published { region in
            let link = try await region.node("yuxian").link(Self.record, Self.card)
            try await region.waitUntilAcknowledged()
            let city = try region.node("shi")
            let entry = try #require(try await city.node.context.ledger.entry(try EntryID(link)))
            let linked = try IdentityLink(bytes: entry.fields)
            let theirs = try #require(linked.report)
            #expect(theirs.author.rawValue == "yuxian")
            let own = try await region.node("jucheng").node.context.ledger.ownReport()
            var drafts: [EntryDraft] = []
            for (unit, report) in [("jucheng", nil), ("jucheng", theirs), ("jucheng", own), ("yuxian", theirs)] {
                var actor = linked.actor
                actor.asking.organizationUnit = unit
                let separation = IdentitySeparation(
                    groups: [[linked.keys[0]], [linked.keys[1]]], reason: "x", actor: actor, report: report)
                drafts.append(
                    EntryDraft(
                        kind: .identitySeparation, subject: "identity", causes: [entry.id],
                        fields: try separation.encoded(), headerAudience: .city))
            }
            var impostor = Impostor(try region.node("jucheng"))
            try await impostor.deliver(drafts, to: try region.node("pingding"), lane: .clinical)
            try await region.wait(for: "quarantine") { try await city.quarantined == drafts.count }
            #expect(try await city.quarantine == ["author.notReported", "author.notDelivered"])
            #expect(try await city.identityLog().map(\.isStanding) == [true])
            #expect(try await count(Self.record, at: "yuxian", in: region) == 2)
            _ = try await city.node.context.ledger.refold()
            #expect(try await city.quarantined == drafts.count)
        }
    }

    @Test("what says that it renews a link brings no stranger into it, and none for epochs that the link names")
    func foreignRenewal() async throws {
        try await published { region in
            let link = try await region.node("jucheng").link(People.wang, Self.record)
            try await region.waitUntilAcknowledged()
            let city = try region.node("shi")
            let entry = try #require(try await city.node.context.ledger.entry(try EntryID(link)))
            var renewal = try IdentityLink(bytes: entry.fields)
            let known = renewal.keys
            let strangers = try await region.node("yuxian").node.context.ledger.keysOfReports()
                .filter { !known.contains($0) }
            #expect(strangers.count == 1)
            renewal.report = nil
            renewal.keys = known + strangers
            var widened = renewal
            widened.keys = (known + strangers).map { PatientKeyReference(epoch: 9, key: $0.key) }
            var impostor = Impostor(try region.node("jucheng"))
            let drafts = try [renewal, widened].map {
                EntryDraft(
                    kind: .identityLink, subject: "identity", causes: [entry.id], fields: try $0.encoded(),
                    headerAudience: .city)
            }
            try await impostor.deliver(drafts, to: try region.node("pingding"), lane: .clinical)
            try await region.wait(for: "quarantine") { try await city.quarantined == 2 }
            #expect(try await city.quarantine == ["author.notReported"])
            #expect(try await count(People.wang, at: "yuxian", in: region) == 2)
        }
    }
}

extension Ledger {
    /// The first report that this node wrote.
    fileprivate func ownReport() async throws -> EntryID {
        let node = node.rawValue
        return try await read { sql in
            let row = try sql.row("SELECT entry FROM report_version WHERE author = $1 ORDER BY entry", [node])
            return try EntryID(try row?.text(0) ?? "")
        }
    }

    /// The patient keys of the reports in this node's index.
    fileprivate func keysOfReports() async throws -> [PatientKeyReference] {
        try await read { sql in
            let rows = try sql.rows("SELECT fields FROM report_version ORDER BY entry", [])
            return Array(Set(try rows.flatMap { try ReportHeading.patientKeys(in: try $0.bytes(0)) }))
        }
    }
}
