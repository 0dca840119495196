import Consultation
import Effects
import Foundation
import Recognition
import RecognitionTestKit
import Regions
import ServiceKit
import Storage
import Testing
import Wire
import YilianTestKit

@testable import Ledgers

/// Four numbers that ended a node, and what a number must not do without ending one; the node's own way, over its link.
///
/// What trapped runs in a process of its own.
@Suite("Numbers of a hostile node", .serialized)
struct HostileNumberTests {
    @Test(
        "a neighbour that says that it has 2^64-1 deliveries of parcels gets the next one, before and after a reconnect"
    )
    func mark() async {
        await #expect(processExitsWith: .success) {
            await Attack.run { region in
                let (author, county) = (try region.node("jucheng"), try region.node("pingding"))
                try await author.publish(RecognitionRegion.report("J-1", of: People.wang))
                try await region.waitUntilAcknowledged()
                for (number, mark) in [Int64(-1), .max, .min].enumerated() {
                    let neighbour = author.id
                    try await county.node.context.ledger.write(lane: .clinical) { transaction in
                        _ = try transaction.sql.execute(
                            """
                            INSERT INTO parcel_mark (neighbour, mark) VALUES ($1, $2)
                            ON CONFLICT (neighbour) DO UPDATE SET mark = excluded.mark
                            """, [neighbour, mark])
                    }
                    try region.cut("jucheng", "pingding")
                    try await region.wait(for: "the cut") { try !region.areLinked("jucheng", "pingding") }
                    try region.heal("jucheng", "pingding")
                    try await region.wait(for: "the link") { try region.areLinked("jucheng", "pingding") }
                    // Whoever reads a result elsewhere is granted it: the author's parcel goes up over this link.
                    let doctor = try region.node("yuxian")
                    let found = try await doctor.find(People.wang)
                    _ = try await doctor.open(try #require(found.results.first))
                    try await author.publish(
                        RecognitionRegion.report("J-1", of: People.wang, value: "6.\(number)0", status: .corrected))
                    try await region.waitUntilAcknowledged()
                    #expect(author.isRunning && county.isRunning)
                }
            }
        }
    }

    @Test("a price that no catalogue has is set aside, and prices that it may have are summed")
    func price() async {
        await #expect(processExitsWith: .success) {
            await Attack.run { region in
                try await region.node("jucheng").publish(RecognitionRegion.report("J-1", of: People.wang))
                try await region.waitUntilAcknowledged()
                let doctor = try region.node("yuxian")
                _ = try await doctor.decide(try await doctor.match(People.wang, number: "ORDER-1"))
                try await region.waitUntilAcknowledged()
                let honest = try await HonestEntries.first(of: EntryKind(102), by: doctor)
                let city = try region.node("shi")
                let period = ReportingPeriod(.year, containing: region.clock.time.wallTime)
                func saved() async throws -> Int { try await city.recognition.sheet(period).total.savedFen }
                #expect(try await saved() == 650)
                // The fields of recognition.proto: price in fen 11.
                var hostile = HostileNode(doctor)
                let prices: [UInt64] = [1 << 63 - 1, .max, 1 << 63, 100_000_001]
                for (number, price) in prices.enumerated() {
                    var message = try #require(ProtobufBytes(honest.fields))
                    message.set(11, .varint(price))
                    var entry = ExtremeEntry.renamed(ExtremeEntry.hostile(honest), number: number)
                    entry.fields = message.bytes
                    let receipt = try await hostile.deliver([entry, entry], to: city.nodeID)
                    #expect(receipt.refusals.isEmpty)
                    #expect(try await saved() == 650, "\(price)")
                }
                var message = try #require(ProtobufBytes(honest.fields))
                message.set(11, .varint(100_000_000))
                for number in 10..<12 {
                    var entry = ExtremeEntry.renamed(ExtremeEntry.hostile(honest), number: number)
                    entry.fields = message.bytes
                    try await hostile.deliver([entry], to: city.nodeID)
                }
                // What a result costs is the catalogue's word, whatever a decision says.
                #expect(try await saved() == 3 * 650)
            }
        }
    }

    @Test("an entry of the year -292277022 is refused with its batch, and statistics answer")
    func authorTime() async {
        await #expect(processExitsWith: .success) {
            await Attack.run { region in
                try await region.node("jucheng").publish(RecognitionRegion.report("J-1", of: People.wang))
                try await region.waitUntilAcknowledged()
                let honest = try await HonestEntries.first(of: EntryKind(100), by: region.node("jucheng"))
                var hostile = HostileNode(try region.node("jucheng"))
                let county = try region.node("pingding")
                for time in [Int64.min, .max, -6_400_000_000_000] {
                    var entry = ExtremeEntry.hostile(honest)
                    entry.authorTime = time
                    let receipt = try await hostile.deliver([entry], to: county.nodeID)
                    #expect(receipt.refusals.map(\.code) == ["ledger.malformedRecord"], "\(time)")
                }
                // Early, and possible.
                var entry = ExtremeEntry.hostile(honest)
                entry.authorTime = -2_208_988_800_000
                let receipt = try await hostile.deliver([entry], to: county.nodeID)
                #expect(receipt.refusals.isEmpty)
                try await region.waitUntilAcknowledged()
                for id in ["pingding", "shi"] {
                    let statistics = try await region.node(id).recognition.statistics()
                    #expect(statistics.delayMilliseconds?.count == 2)
                }
            }
        }
    }

    /// The hostile node's words reach the dispatcher before another attempt is due: then one is opened all the same.
    @Test("an attempt of the number 2^32-1, and one that nobody opened, keep no request from being taken on elsewhere")
    func attempt() async throws {
        try await ExtremeRegion.run { extreme in
            let region = extreme.region
            let city = try region.node("shi")
            let consultations = try city.node.service(ConsultationService.self)
            try region.cut("shi", "diaodu")
            try await region.wait(for: "the cut") { try !region.areLinked("shi", "diaodu") }
            let id = try await region.node("jucheng").node.service(ConsultationService.self).create(
                ConsultationDraft(
                    kind: "pathology",
                    content: ConsultationContent(
                        patient: PatientDemographics(
                            identifiers: [.init(type: "MR", authority: "ehc", value: "C-4713")], name: "赵试七"),
                        clinicalSummary: "胸痛", reason: "诊断"),
                    asking: Asking(
                        practitioner: "王医生", organizationUnit: "jucheng", purpose: .consultation, consent: "C-4713"))
            ).id
            // The county has no expert for it.
            try await region.wait(for: "the escalation at the city") {
                try await consultations.list().contains { $0.id == id && $0.state == .escalated }
            }
            let before = try await consultations.show(id)
            let opened = try #require(before.attempts.first?.steps.first?.entry)
            var hostile = HostileNode(try region.node("yuxian"))
            var reasons: [String] = []
            let tries: [(attempt: Int, causes: [EntryID])] = [
                (Int(UInt32.max), []), (65, []), (64, []), (64, [opened]), (1, [opened]),
            ]
            for (attempt, causes) in tries {
                var fields = ConsultationFields(request: id, home: try NodeID("yuxian"), terms: before.terms)
                fields.attempt = attempt
                fields.number = 2
                let entry = HostileEntry(
                    kind: .consultationOffered, subject: id.description, causes: causes, fields: try fields.encoded())
                let receipt = try await hostile.deliver([entry], to: city.nodeID, lane: .clinical)
                #expect(receipt.refusals.isEmpty)
                reasons += receipt.setAside.map(\.reason)
            }
            #expect(reasons == ["wire.outOfRange", "wire.outOfRange"] + Array(repeating: "author.notHome", count: 3))
            #expect(try await consultations.show(id) == before)
            try region.heal("shi", "diaodu")
            try await region.wait(for: "another attempt, opened elsewhere") {
                try await consultations.show(id).attempts.contains { $0.number == 2 && $0.home.rawValue == "yuxian" }
            }
            try await region.waitUntilAcknowledged()
            let dispatcher = try region.node("diaodu").node.service(ConsultationService.self)
            #expect(try await dispatcher.show(id).attempts.map(\.number) == [1, 2])
        }
    }
}

extension HonestEntries {
    /// The first entry of a kind that a node has written.
    static func first(of kind: EntryKind, by handle: TestNode) async throws -> Entry {
        let ledger = try handle.node.context.ledger
        for position in try await ledger.positions() where position.chain.author == handle.nodeID {
            for sequence in 0..<position.nextSequence {
                let batch = BatchIdentity(chain: position.chain, sequence: sequence)
                let entries = try await ledger.read { sql in
                    try EntryLoader(inspector: ledger.inspector).entries(of: batch, in: sql)
                }
                if let entry = entries.first(where: { $0.kind == kind }) { return entry }
            }
        }
        throw Failure("test.noEntry", "the node has written no entry of \(kind)")
    }
}

extension ProtobufBytes {
    mutating func set(_ number: UInt64, _ value: Value) {
        if let index = fields.firstIndex(where: { $0.number == number }) {
            fields[index].value = value
        } else {
            fields.append(Field(number: number, value: value))
        }
    }
}
