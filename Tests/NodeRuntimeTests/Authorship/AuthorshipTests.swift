import Effects
import RecognitionTestKit
import Regions
import ServiceKit
import Testing
import YilianTestKit

@testable import Ledgers
@testable import Recognition

/// A township with a valid certificate and ledger key writes what is not its own.
@Suite("A seal says who, a rule says whether", .serialized)
struct AuthorshipTests {
    private func report(_ number: String, _ institution: String, status: TestReport.Status = .final) -> TestReport {
        TestReport(number, of: People.wang, status: status, institution: institution)
    }

    private func draft(_ fields: ReportFields, payload: [UInt8]? = nil) throws -> EntryDraft {
        EntryDraft(
            kind: .report, subject: fields.reportKey, fields: try fields.encoded(), headerAudience: .city,
            payload: payload, payloadAudience: .parent)
    }

    /// Waits until every node above the township keeps so many entries in quarantine.
    private func waitForQuarantine(_ count: Int, _ region: TestRegion) async throws {
        for name in ["pingding", "shi"] {
            try await region.wait(for: "\(count) entries in quarantine at \(name)") {
                try await region.node(name).quarantined == count
            }
        }
    }

    @Test("another county's result is not voided by a township, neither in its name nor under its key")
    func foreignVoid() async throws {
        try await TestRegion.run(.small) { region in
            let published = try await region.node("yuxian").publish(report("Y-1", "yuxian"))
            try await region.waitUntilAcknowledged()
            let city = try region.node("shi")
            let entry = try #require(try await city.node.context.ledger.entry(try EntryID(published.entry)))
            var void = try ReportFields(bytes: entry.fields)
            void.status = .void
            void.version = 2
            var renamed = void
            renamed.institution = "jucheng"
            var impostor = Impostor(try region.node("jucheng"))
            let receipt = try await impostor.deliver(
                [try draft(void), try draft(renamed)], to: try region.node("pingding"))
            #expect(receipt.setAside.map(\.reason) == ["author.notDelivered", "author.notIssuer"])
            try await waitForQuarantine(2, region)
            for name in ["shi", "yuxian", "pingding", "jucheng"] {
                let results = try await region.node(name).find(People.wang).results
                #expect(results.map(\.isVoid) == [false] && results.map(\.versionCount) == [1], "\(name)")
            }
            for node in region.allNodes { _ = try await node.node.context.ledger.refold() }
            #expect(try await city.quarantine == ["author.notDelivered", "author.notIssuer"])
            #expect(try await city.find(People.wang).results.map(\.isVoid) == [false])
            #expect(try await city.verifyLedger() == [])
            // The author and its parent hear of it, once for each reason and teller.
            try await region.wait(for: "the notice") {
                let ledger = try region.node("pingding").node.context.ledger
                return try await !ledger.read { try SetAsideNoticeProjection.newest(limit: 9, in: $0) }.isEmpty
            }
        }
    }

    @Test("a township publishes nothing as the city's hospital: its own node refuses, and forged it counts nowhere")
    func foreignResult() async throws {
        try await TestRegion.run(.small) { region in
            await #expect {
                try await region.node("jucheng").publish(report("S-1", "shi"))
            } throws: { ($0 as? TestFailure)?.code == "author.notDelivered" }
            let own = try await region.node("jucheng").publish(report("J-1", "jucheng"))
            try await region.waitUntilAcknowledged()
            let entry = try #require(
                try await region.node("jucheng").node.context.ledger.entry(try EntryID(own.entry)))
            var fields = try ReportFields(bytes: entry.fields)
            fields.institution = "shi"
            fields.reportKey = ReportKey.bound(
                region.foundry.suite.digest([1]), to: "shi", suite: region.foundry.suite)
            var impostor = Impostor(try region.node("jucheng"))
            try await impostor.deliver([try draft(fields, payload: entry.payload)], to: try region.node("pingding"))
            try await waitForQuarantine(1, region)
            #expect(try await region.node("shi").find(People.wang).results.map(\.institution) == ["jucheng"])
            // Delegated, it may: what was in quarantine counts, here and above, without being sent again.
            try await region.publishConfiguration {
                $0.delegations = [UnitDelivery(unit: try OrgUnitID("shi"), node: try NodeID("jucheng"))]
                $0.corrected = $0.version + 1
            }
            try await region.waitUntilConfigured()
            try await waitForQuarantine(0, region)
            let found = try await region.node("shi").find(People.wang).results
            #expect(Set(found.map(\.institution)) == ["jucheng", "shi"])
        }
    }

    @Test("a hundred decisions, matches and openings for another hospital change no figure of it")
    func foreignStatistics() async throws {
        try await RecognitionRegion.run { region in
            let report = try await region.node("jucheng").publish(RecognitionRegion.report("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            let doctor = try region.node("yuxian")
            let match = try await doctor.match(People.wang, number: "O-1")
            let decided = try await doctor.decide(match)
            try await region.waitUntilAcknowledged()
            let city = try region.node("shi")
            let period = ReportingPeriod(.year, containing: region.clock.time.wallTime)
            let before = try await city.recognition.sheet(period)
            let entry = try #require(try await city.node.context.ledger.entry(decided.entry))
            let fields = try DecisionFields(entry)
            func decision(_ number: Int, _ change: (inout DecisionFields) -> Void) throws -> EntryDraft {
                var fields = fields
                fields.price = PriceReference(fen: 99_999, version: "x")
                change(&fields)
                return EntryDraft(
                    kind: .recognitionDecision, subject: "forged-\(number)",
                    fields: try fields.message.serializedBytes(), headerAudience: .city)
            }
            var drafts = try (1...100).map { try decision($0) { _ in } }
            // Its own unit, without a match of its own, and with another's.
            drafts.append(try decision(101) { ($0.unit, $0.matchEntry) = ("jucheng", nil) })
            drafts.append(try decision(102) { $0.unit = "jucheng" })
            var opening = PBRecognitionOpeningFields()
            opening.reportKey = report.resultKey
            (opening.entry, opening.unit, opening.issuer) = (report.entry, "yuxian", "shi")
            drafts.append(
                EntryDraft(
                    kind: .reportOpened, subject: opening.reportKey, fields: try opening.serializedBytes(),
                    headerAudience: .city))
            var matched = PBRecognitionMatchFields()
            matched.unit = "yuxian"
            drafts.append(
                EntryDraft(
                    kind: .orderMatched, subject: "m", fields: try matched.serializedBytes(), headerAudience: .city))
            var impostor = Impostor(try region.node("jucheng"))
            try await impostor.deliver(drafts, to: try region.node("pingding"), lane: .clinical)
            try await waitForQuarantine(drafts.count, region)
            #expect(try await city.quarantine == ["author.notDelivered", "author.noMatch"])
            #expect(try await city.recognition.sheet(period) == before)
            let told = try await city.node.context.ledger.read { try Parcels.waiting(limit: 900, in: $0) }
            #expect(told.count < 10, "a notice for each reason, not for each entry")
        }
    }

    @Test("whose result was opened, and what a recognition saves, are read from the result and the catalogue")
    func claimedIssuerAndPrice() async throws {
        try await RecognitionRegion.run { region in
            let report = try await region.node("yuxian").publish(RecognitionRegion.report("Y-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            var opening = PBRecognitionOpeningFields()
            opening.reportKey = report.resultKey
            (opening.entry, opening.unit, opening.issuer) = (report.entry, "jucheng", "shi")
            var impostor = Impostor(try region.node("jucheng"))
            try await impostor.deliver(
                [
                    EntryDraft(
                        kind: .reportOpened, subject: opening.reportKey, fields: try opening.serializedBytes(),
                        headerAudience: .city)
                ], to: try region.node("pingding"), lane: .clinical)
            let city = try region.node("shi")
            let period = ReportingPeriod(.year, containing: region.clock.time.wallTime)
            try await region.wait(for: "the opening at the city") {
                try await city.recognition.sheet(period).total.retrievals == 1
            }
            let rows = try await city.recognition.sheet(period).rows
            #expect(rows.first { $0.unit.rawValue == "yuxian" }?.statistics.retrievedByOthers == 1)
            #expect(rows.first { $0.unit.rawValue == "shi" }?.statistics.retrievedByOthers ?? 0 == 0)
        }
    }

    @Test("only the dispatcher of that time certifies, only a reader takes note, only a parent sums")
    func otherKinds() async throws {
        try await RecognitionRegion.run { region in
            let report = try await region.node("yuxian").publish(RecognitionRegion.report("Y-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            let certificate = try RecognitionRegion.certificate()
            var note = PBRecognitionAcknowledgementFields()
            (note.reportKey, note.entry, note.unit) = (report.resultKey, report.entry, "jucheng")
            var impostor = Impostor(try region.node("jucheng"))
            let receipt = try await impostor.deliver(
                [
                    EntryDraft(
                        kind: .qualityCertificate, subject: certificate.number,
                        fields: try certificate.bytes(version: 1), headerAudience: .region),
                    EntryDraft(
                        kind: .alertAcknowledged, subject: report.resultKey, fields: try note.serializedBytes(),
                        headerAudience: .city),
                    EntryDraft(kind: .audit, subject: "audit", fields: [], headerAudience: .region),
                ], to: try region.node("pingding"), lane: .clinical)
            #expect(
                receipt.setAside.map(\.reason) == ["author.notDispatcher", "author.notReader", "author.notItself"])
            try await waitForQuarantine(3, region)
        }
    }

    @Test("a moved unit's new node corrects old results; its old node keeps what it wrote and writes no more for it")
    func movedUnit() async throws {
        try await TestRegion.run(.small) { region in
            try await region.node("jucheng").publish(report("J-1", "jucheng"))
            try await region.waitUntilAcknowledged()
            let now = region.clock.time.wallTime
            try await region.publishConfiguration { configuration in
                configuration.deliveries = try [
                    UnitDelivery(unit: OrgUnitID("jucheng"), node: NodeID("jucheng"), to: now),
                    UnitDelivery(unit: OrgUnitID("jucheng"), node: NodeID("yuxian"), from: now),
                ]
            }
            try await region.waitUntilConfigured()
            try await region.node("yuxian").publish(report("J-1", "jucheng", status: .corrected))
            await #expect {
                try await region.node("jucheng").publish(report("J-2", "jucheng"))
            } throws: { ($0 as? TestFailure)?.code == "author.notDelivered" }
            try await region.waitUntilAcknowledged()
            let city = try region.node("shi")
            for _ in 0..<2 {
                let results = try await city.find(People.wang).results
                #expect(results.map(\.versionCount) == [2])
                #expect(try await city.quarantined == 0)
                // History is judged as it was then.
                _ = try await city.node.context.ledger.refold()
            }
        }
    }
}
