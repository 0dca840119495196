import Effects
import Ledgers
import Recognition
import RecognitionTestKit
import Regions
import ServiceKit
import Testing
import YilianTestKit

@Suite("Decisions, readers and alerts", .serialized)
struct RecognitionDecisionTests {
    @Test("decisions about two patients never merge, though their orders bear one number")
    func twoPatients() async throws {
        try await RecognitionRegion.run { region in
            try await region.node("jucheng").publish(RecognitionRegion.report("J-1", of: People.wang))
            try await region.node("jucheng").publish(RecognitionRegion.report("J-2", of: People.li))
            try await region.waitUntilAcknowledged()
            let doctor = try region.node("yuxian")
            let first = try await doctor.decide(doctor.match(People.wang, number: "1"))
            let second = try await doctor.decide(doctor.match(People.li, number: "1"), reason: "01")
            #expect(first.decision != second.decision && second.number == 1 && !second.isRepetition)
            // Without a number the match stands for it.
            let third = try await doctor.decide(doctor.match(People.wang))
            let fourth = try await doctor.decide(doctor.match(People.wang))
            #expect(Set([first, third, fourth].map(\.decision)).count == 3)
            try await region.waitUntilAcknowledged()
            #expect(try await region.node("shi").recognition.decisions().count == 4)
        }
    }

    @Test("who knows a match's id decides nothing about another unit's match, and reads nothing of it")
    func anotherUnitsMatch() async throws {
        try await RecognitionRegion.read(number: "ORDER-1") { reading in
            let (doctor, match) = (reading.doctor, reading.match)
            let candidate = try #require(match.items.first?.candidates.first)
            let request = DecisionRequest(
                match: match.id, item: match.items[0].ordered.item.code, entry: candidate.summary.entry,
                practitioner: "张医生")
            for unit in ["jucheng", ""] {
                await #expect(throws: Failure("recognition.notOffered", "")) {
                    try await doctor.recognition.decide(request, by: unit)
                }
            }
            _ = try await doctor.recognition.decide(request, by: "yuxian")
            #expect(try await doctor.recognition.decisions(ofMatch: match.id, by: "yuxian").count == 1)
            #expect(try await doctor.recognition.decisions(ofMatch: match.id, by: "jucheng").isEmpty)
        }
    }

    @Test("a decision is made once, changed once, and known to the issuer and the city")
    func decision() async throws {
        try await RecognitionRegion.read(number: "ORDER-1") { reading in
            let (region, doctor, match) = (reading.region, reading.doctor, reading.match)
            let made = try await doctor.decide(match)
            #expect(made.number == 1 && !made.isRepetition)
            // A second look at the same order is the same decision.
            let again = try await doctor.match(People.wang, number: "ORDER-1")
            let same = try await doctor.decide(again)
            #expect(same.isRepetition && same.entry == made.entry && same.decision == made.decision)
            await #expect(throws: Failure("recognition.unknownReason", "")) {
                try await doctor.decide(match, reason: "77")
            }
            await #expect(throws: Failure("recognition.textMissing", "")) {
                try await doctor.decide(match, reason: "08")
            }
            await #expect(throws: Failure("recognition.textTooLong", "")) {
                try await doctor.decide(match, reason: "08", text: String(repeating: "长", count: 201))
            }
            let changed = try await doctor.decide(match, reason: "08", text: "家属要求")
            #expect(changed.number == 2 && changed.decision == made.decision)
            await #expect(throws: Failure("recognition.decisionFinal", "")) {
                try await doctor.decide(match, reason: "01")
            }
            #expect(try await doctor.decide(match, reason: "08", text: "家属要求").isRepetition)
            try await region.waitUntilAcknowledged()

            let atIssuer = try await region.node("jucheng").recognition.decisions()
            #expect(atIssuer.map(\.fields.number) == [2, 1])
            #expect(atIssuer.first?.fields.reason == "08")
            let atCity = try await region.node("shi").recognition.decisions()
            #expect(atCity.map(\.fields.reason) == ["08", nil])
            #expect(
                (atIssuer + atCity).allSatisfy { $0.content == nil },
                "order, doctor and words stay where they were said")
            let own = try await doctor.recognition.decisions(ofMatch: again.id, by: "yuxian")
            #expect(own.isEmpty, "the decision speaks of the first match")
            let first = try await doctor.recognition.decisions(ofMatch: match.id, by: "yuxian")
            #expect(first.first?.content?.text == "家属要求" && first.first?.content?.orderNumber == "ORDER-1")
            let period = ReportingPeriod(.year, containing: region.clock.time.wallTime)
            let total = try await region.node("shi").recognition.sheet(period).total
            #expect(total.recognised == 0 && total.repeatedByReason == ["08": 1])
            #expect(total.orderRate == RecognitionFigure(0, of: 1))
        }
    }

    @Test("what no match offered, and what the rules refuse, is not decided")
    func notOffered() async throws {
        try await RecognitionRegion.run { region in
            try await region.node("jucheng").publish(
                RecognitionRegion.report("J-1", of: People.wang, status: .preliminary))
            try await region.waitUntilAcknowledged()
            let doctor = try region.node("yuxian")
            let match = try await doctor.match(People.wang)
            await #expect(throws: Failure("recognition.notRecognisable", "")) { try await doctor.decide(match) }
            #expect(try await doctor.decide(match, reason: "01").number == 1)
            await #expect(throws: Failure("recognition.notOffered", "")) {
                try await doctor.recognition.decide(
                    DecisionRequest(
                        match: "made-up", item: "GLU", entry: try EntryID("jucheng/0/bulk/0/0"), practitioner: "a"))
            }
        }
    }

    @Test("a void reaches whoever opened the result, and stays an alert until somebody takes note")
    func voidAfterOpening() async throws {
        try await RecognitionRegion.read { reading in
            let (region, doctor) = (reading.region, reading.doctor)
            try await reading.open()
            #expect(try await doctor.recognition.alerts() == [])
            try await reading.publish(status: .void)
            try await region.wait(for: "the alert") { try await doctor.recognition.alerts().count == 1 }
            let alert = try #require(try await doctor.recognition.alerts().first)
            #expect(alert.isVoid && !alert.wasRecognised && alert.unit == "yuxian")
            try await doctor.restart()
            let open = try #require(try await doctor.recognition.alerts().first)
            await #expect(throws: Failure("recognition.noAlert", "")) {
                try await doctor.recognition.acknowledge(open.seen, unit: "yuxian", practitioner: "张医生")
            }
            try await doctor.recognition.acknowledge(open.current, unit: "yuxian", practitioner: "张医生")
            #expect(try await doctor.recognition.alerts() == [])
            // Nothing of the patient has come to lie at the nodes between.
            for id in ["shi", "yuxian"] {
                let opened = try await region.node(id).node.context.ledger.entry(open.current)
                #expect(opened != nil && opened?.payload == nil, "\(id)")
            }
            _ = try await doctor.node.context.ledger.refold()
            #expect(try await doctor.recognition.alerts() == [])
        }
    }

    @Test(
        "a correction that was made while the reader's county was cut off alerts once it is back, also if only recognised"
    )
    func correctionWhileCut() async throws {
        try await RecognitionRegion.read { reading in
            let (region, doctor) = (reading.region, reading.doctor)
            try region.cut("yuxian", "shi")
            // Recognised, never opened; the issuer hears of it only after it has corrected.
            _ = try await doctor.decide(reading.match)
            try await reading.publish(value: "6.50", status: .corrected)
            try region.heal("yuxian", "shi")
            try await region.wait(for: "the alert") { try await doctor.recognition.alerts().count == 1 }
            let alert = try #require(try await doctor.recognition.alerts().first)
            #expect(!alert.isVoid && alert.wasRecognised && alert.currentVersion == 2 && alert.seenVersion == 1)
            #expect(alert.text.chinese.contains("已互认") && alert.text.english.contains("version 2"))
        }
    }

    @Test("openings without consent are listed for review, at the reader and at the city")
    func breakGlass() async throws {
        try await RecognitionRegion.run { region in
            try await region.node("jucheng").publish(RecognitionRegion.report("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            let doctor = try region.node("yuxian")
            for purpose in [AccessStatement.Purpose.treatment, .emergency] {
                let match = try await doctor.match(People.wang, purpose: purpose)
                try await doctor.open(try #require(match.items.first?.candidates.first), of: match)
            }
            try await region.waitUntilAcknowledged()
            for id in ["yuxian", "shi"] {
                let listed = try await region.node(id).recognition.breakGlassOpenings(since: .epoch)
                #expect(listed.map(\.unit) == ["yuxian"], "\(id)")
            }
            let period = ReportingPeriod(.year, containing: region.clock.time.wallTime)
            #expect(try await region.node("shi").recognition.sheet(period).total.retrievals == 2)
        }
    }
}
