import ConsultationTestKit
import Foundation
import IndicatorsTestKit
import InventoryTestKit
import RecognitionTestKit
import Testing
import YilianTestKit

/// What another package can do with a region, by what is public alone.
@Suite("A region from outside", .serialized)
struct RegionTests {
    private static let wang = TestPatient("王试一", identifier: "149900195001010018")

    private static let sections = TestSections(
        """
        recognition: [catalogue.yaml]
        rosters:
          - home: pingding
            experts: [{id: ecg-li, name: 李医师, node: pingding, specialties: [ecg]}]
        serviceLevels:
          - {kind: ecg, name: 心电, specialty: ecg, claimSeconds: 600, reportSeconds: 600, graceSeconds: 60}
        inventories:
          - {id: beds, name: 床位, kind: bed, unit: pingding, node: pingding, holdSeconds: 600, wishSeconds: 3600}
        indicators:
          - {id: results-published, name: 结果发布数}
        """,
        files: [
            "catalogue.yaml": """
            edition: outside
            from: 2026-01-01
            units: [{code: mmol/L}]
            specimens: [{code: serum, name: 血清}]
            items:
              - {code: GLU, name: 葡萄糖, english: glucose, class: laboratory, windowDays: 3650}
            localCodes: [{codes: {GLU: GLU}}]
            policy:
              - {id: P1, outcome: discretion}
            reasons:
              - {code: "01", name: 病情变化, english: condition changed}
              - {code: "99", name: 其他, english: other, text: true, counted: false}
            """
        ])

    /// As a laboratory writes it.
    private static var now: String {
        let form = DateFormatter()
        form.locale = Locale(identifier: "en_US_POSIX")
        form.timeZone = TimeZone(identifier: "Asia/Shanghai")
        form.dateFormat = "yyyyMMddHHmmssZ"
        return form.string(from: Date())
    }

    @Test("a result is found and opened elsewhere, a match offers it, and a decision is written down once")
    func results() async throws {
        try await TestRegion.run(.small, TestOptions(sections: Self.sections)) { region in
            let township = try region.node("jucheng")
            let published = try await township.publish(
                TestReport("J-1", of: Self.wang, issuedTime: Self.now, specimen: "serum"))
            #expect(published.outcome == "accepted")
            try await region.waitUntilAcknowledged()

            let doctor = try region.node("yuxian")
            let found = try #require(try await doctor.find(Self.wang).results.first)
            #expect(try await doctor.open(found).observations.map(\.value) == ["5.60"])

            let match = try await doctor.match("GLU", "NONE", for: Self.wang, order: "O-1")
            #expect(match.unknown == ["NONE"] && match.unreached.isEmpty)
            let candidate = try #require(match.items.first?.candidates.first)
            #expect(candidate.entry == found.entry)
            #expect(candidate.verdict == "discretion", "\(candidate.sentence.english) \(candidate.rules)")
            let decision = try await doctor.decide(candidate)
            #expect(decision.number == 1 && !decision.isRepetition)
            #expect(try await doctor.decide(candidate).isRepetition)
            #expect(try await doctor.decide(candidate, repeatingFor: "01").number == 2)
        }
    }

    @Test("a bed is held, confirmed and no more there for anybody else")
    func beds() async throws {
        try await TestRegion.run(.small, TestOptions(sections: Self.sections)) { region in
            let (township, county) = (try region.node("jucheng"), try region.node("pingding"))
            try await county.offerUnits(1...1, of: "ward", in: "beds", region: region)
            let hold = try await township.holdUnit("beds")
            #expect(try await township.confirmHold(hold.id).state == "confirmed")
            #expect(try await county.stock("beds").freeCount == 0)
            await #expect {
                _ = try await county.holdUnit("beds")
            } throws: {
                ($0 as? TestFailure)?.code == "inventory.none"
            }
        }
    }

    @Test("a consultation goes from the township's request to its note, and the county's figures close")
    func consultation() async throws {
        try await TestRegion.run(.small, TestOptions(sections: Self.sections)) { region in
            let (township, county) = (try region.node("jucheng"), try region.node("pingding"))
            await #expect {
                _ = try await township.requestConsultation("nothing", for: Self.wang)
            } throws: {
                ($0 as? TestFailure)?.code == "consultation.unknownKind"
            }
            let request = try await township.requestConsultation("ecg", for: Self.wang)
            try await region.wait(for: "the offer") {
                try await county.consultations().first?.attempts.first?.offeredTo == ["ecg-li"]
            }
            #expect(try await county.claimConsultation(request, as: "ecg-li") == "claimed")
            let opened = try await county.openConsultation(request, by: "ecg-li")
            #expect(opened.reason == "请诊断心电图" && opened.reports.isEmpty)
            #expect(try await county.reportConsultation(request, as: "ecg-li") == "reported")
            try await region.wait(for: "the report") { try await township.consultation(request).state == "reported" }
            #expect(try await township.acknowledgeConsultation(request) == "acknowledged")
            #expect(try await township.consultation(request).attempts.map(\.claimant) == ["ecg-li"])

            try await township.publish(TestReport("J-2", of: Self.wang))
            let live = try await township.figures().filter { $0.indicator == "results-published" }
            #expect(live.map(\.numerator) == [1] && live.allSatisfy(\.isLive))
            #expect(try await township.closePeriod(isForced: true).outcome == "closed")
            #expect(try await township.figures().allSatisfy { !$0.isLive })
        }
    }

    @Test("what is wrong with the sections is named by its line, and a region that was stopped works no more")
    func stopping() async throws {
        let wrong = TestSections(
            """
            rosters:
              - {home: nowhere, experts: [{id: ecg-li, name: 李医师, node: pingding, specialties: [ecg]}]}
            """)
        await #expect {
            try await TestRegion.run(.small, TestOptions(sections: wrong)) { _ in }
        } throws: {
            ($0 as? TestFailure)?.place?.contains("sections:2") == true
        }
        let region = try await TestRegion.start(.small)
        try await region.node("jucheng").publish(TestReport("J-3", of: Self.wang))
        try await region.stop()
        #expect(region.allNodes.allSatisfy { !$0.isRunning })
        #expect(!FileManager.default.fileExists(atPath: region.folder))
        let lines = region.log.lines.count
        await #expect { try await region.node("jucheng").start() } throws: { $0 is TestFailure }
        #expect(region.log.lines.count == lines, "nothing works after it was stopped")
    }
}
