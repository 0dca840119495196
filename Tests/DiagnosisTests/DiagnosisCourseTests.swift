import Diagnosis
import Effects
import Regions
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

/// A diagnosis's way through real nodes.
@Suite("What is examined in a township is read at a centre", .serialized)
struct DiagnosisCourseTests {
    private typealias Fixture = DiagnosisRegion

    private func expectNothingRefused(_ id: DiagnosisID, in region: TestRegion) async throws {
        for node in region.allNodes {
            guard let record = try? await node.node.service(DiagnosisService.self).book.show(id) else { continue }
            #expect(record.attempts.allSatisfy { $0.refusedSteps.isEmpty }, "\(node.id)")
        }
    }

    @Test func `claimed once, reported, taken note of, and corrected by a new version`() async throws {
        try await Fixture.run { region in
            let id = try await region.request()
            try await region.wait("pingding", knows: id, as: .offered)
            let first = try await region.act("pingding", "ecg-li", .claimed, id)
            #expect(first.state == .claimed)
            #expect(try await region.refusal("pingding", "ecg-wu", .claimed, id) == "diagnosis.taken")
            let again = try await region.act("pingding", "ecg-li", .claimed, id)
            #expect(again.isDuplicate && again.entry == first.entry)
            let file = try await region.diagnoses("pingding").read(id, Fixture.reading("ecg-li", at: "pingding"))
            #expect(file.content?.patient.name == Fixture.patientName && file.content?["question"] == "是否心肌梗死")
            try await region.act("pingding", "ecg-li", .graded, id, ["grade": "usable", "words": "V3 脱落"])
            try await region.act("pingding", "ecg-li", .reported, id, Fixture.report)
            try await region.act("jucheng", Fixture.clinician, .acknowledged, id)
            let corrected = Fixture.report.merging(["advice": "立即转诊"]) { $1 }
            try await region.act("pingding", "ecg-li", .reported, id, corrected)
            try await region.wait(for: "the new version") {
                try await region.diagnoses("jucheng").book.show(id).attempts[0].steps(.reported).count == 2
            }
            let shown = try await region.diagnoses("jucheng").read(
                id, Fixture.reading(Fixture.clinician, at: "jucheng"))
            #expect(shown.writings.map(\.event) == [.graded, .reported, .reported])
            #expect(shown.writings.map { $0.content["advice"] } == ["", "", "立即转诊"])
            #expect(shown.writings.last?.content.actorName == "专家ecg-li")
            try await region.waitUntilAcknowledged()
            try await expectNothingRefused(id, in: region)
        }
    }

    @Test func `what is agreed wants a second reader: the first one's draft is no report`() async throws {
        try await Fixture.run { region in
            let id = try await region.request("ecg-audited")
            try await region.act("pingding", "ecg-wu", .claimed, id)
            #expect(
                try await region.refusal("pingding", "ecg-wu", .reported, id, Fixture.report) == "diagnosis.wrongState")
            try await region.act("pingding", "ecg-wu", .drafted, id, Fixture.report)
            let audit = Fixture.report.merging(["discrepancy": "minor"]) { $1 }
            #expect(try await region.refusal("pingding", "ecg-wu", .audited, id, audit) == "diagnosis.taken")
            #expect(try await region.refusal("pingding", "ecg-li", .audited, id, audit) == "diagnosis.notAnExpert")
            // Nobody of the roster may: it goes on to the city when its time has passed.
            try await region.wait("jucheng", knows: id, as: .preliminary)
            region.clock.advance(by: .seconds(Int(Fixture.auditSeconds) + 1))
            try await region.act("shi", "ecg-chen", .claimed, id)
            let record = try await region.diagnoses("shi").book.show(id)
            #expect(record.attempts.map(\.state) == [.escalated, .claimed])
        }
    }

    @Test func `a second reader signs, grades the draft, and a correction is audited again`() async throws {
        try await Fixture.run { region in
            let id = try await region.request("ecg-audited")
            try await region.act("pingding", "ecg-li", .claimed, id)
            try await region.act("pingding", "ecg-li", .drafted, id, Fixture.report)
            try await region.wait("jucheng", knows: id, as: .preliminary)
            let unread = await code {
                _ = try await region.diagnoses("jucheng").act(
                    CaseDeed(.acknowledged, by: Fixture.clinician), on: id)
            }
            #expect(unread == "diagnosis.wrongState", "a draft is no report")
            let audit = Fixture.report.merging(["discrepancy": "moderate"]) { $1 }
            try await region.act("pingding", "ecg-wu", .audited, id, audit)
            try await region.wait("jucheng", knows: id, as: .reported)
            try await region.act("pingding", "ecg-li", .drafted, id, ["conclusion": "非 ST 段抬高型"])
            try await region.wait("jucheng", knows: id, as: .preliminary)
            try await region.act(
                "pingding", "ecg-wu", .audited, id, ["conclusion": "非 ST 段抬高型", "discrepancy": "none"])
            try await region.act("jucheng", Fixture.clinician, .acknowledged, id)
            try await region.waitUntilAcknowledged()
            try await expectNothingRefused(id, in: region)
        }
    }

    @Test func `handed back it is anybody's again, and the clock begins anew`() async throws {
        try await Fixture.run { region in
            let id = try await region.request()
            try await region.act("pingding", "ecg-li", .claimed, id)
            try await region.act("pingding", "ecg-li", .handedBack, id, ["reason": "不是本人专长"])
            let record = try await region.diagnoses("pingding").book.show(id)
            #expect(record.state == .offered && record.attempts[0].holders(of: DiagnosisWorkflow.reader).isEmpty)
            let due = region.clock.time.wallTime.advanced(byMilliseconds: Int64(Fixture.claimSeconds) * 1_000)
            #expect(record.attempts[0].deadline == due)
            #expect(
                try await region.refusal("pingding", "ecg-li", .reported, id, Fixture.report)
                    == "diagnosis.notTheHolder")
            try await region.act("pingding", "ecg-wu", .claimed, id)
            try await region.act("pingding", "ecg-wu", .handedBack, id, ["reason": "换班"])
            let back = try await region.act("pingding", "ecg-li", .claimed, id)
            #expect(!back.isDuplicate && back.state == .claimed, "whoever gave it back may take it again")
            try await region.waitUntilAcknowledged()
            try await expectNothingRefused(id, in: region)
        }
    }

    @Test func `while something is missing no clock runs`() async throws {
        try await Fixture.run { region in
            let id = try await region.request()
            try await region.act("pingding", "ecg-li", .claimed, id)
            try await region.act("pingding", "ecg-li", .supplementAsked, id, ["text": "请补既往心电图"])
            try await region.wait("jucheng", knows: id, as: .supplementing)
            region.clock.advance(by: .seconds(Int(Fixture.reportSeconds) * 20))
            try await region.act("jucheng", Fixture.clinician, .supplemented, id, ["text": "已上传"])
            let record = try await region.diagnoses("pingding").book.show(id)
            #expect(record.attempts.count == 1 && record.state == .claimed)
            let due = region.clock.time.wallTime.advanced(byMilliseconds: Int64(Fixture.reportSeconds) * 1_000)
            #expect(record.attempts[0].deadline == due)
        }
    }

    @Test func `what nobody claims goes on to the city, and what was cancelled goes nowhere`() async throws {
        try await Fixture.run { region in
            let (late, cancelled) = (try await region.request(), try await region.request())
            for id in [late, cancelled] { try await region.wait("jucheng", knows: id, as: .offered) }
            try await region.act("jucheng", Fixture.clinician, .cancelled, cancelled, ["reason": "已在本院诊断"])
            region.clock.advance(by: .seconds(Int(Fixture.claimSeconds) + 1))
            try await region.act("shi", "ecg-chen", .claimed, late)
            try await region.act("shi", "ecg-chen", .reported, late, Fixture.report)
            try await region.wait("jucheng", knows: late, as: .reported)
            let record = try await region.diagnoses("jucheng").book.show(late)
            #expect(record.attempts.map(\.home.rawValue) == ["pingding", "shi"])
            #expect(
                record.attempts[0].steps.last?.fields.reason == DiagnosisReason.claimDeadline.rawValue)
            try await region.wait("diaodu", knows: cancelled, as: .cancelled)
            #expect(try await region.diagnoses("diaodu").book.show(cancelled).attempts.count == 1)
            #expect(try await region.refusal("pingding", "ecg-li", .claimed, cancelled) == "diagnosis.wrongState")
        }
    }

    @Test func `a late report is kept, and taken note of where it was written`() async throws {
        try await Fixture.run { region in
            let id = try await region.request()
            try await region.act("pingding", "ecg-li", .claimed, id)
            try await region.wait("shi", knows: id, as: .claimed)
            region.clock.advance(by: .seconds(Int(Fixture.reportSeconds) + 1))
            try await region.wait("shi", knows: id, as: .offered)
            try await region.act("pingding", "ecg-li", .reported, id, Fixture.report)
            try await region.wait("jucheng", knows: id, as: .reported)
            try await region.wait(for: "the other attempt to be withdrawn") {
                try await region.diagnoses("jucheng").book.show(id).attempts.last?.state == .withdrawn
            }
            try await region.act("jucheng", Fixture.clinician, .acknowledged, id)
            try await region.wait("jucheng", knows: id, as: .acknowledged)
            let record = try await region.diagnoses("jucheng").book.show(id)
            #expect(record.attempts.map(\.state) == [.acknowledged, .withdrawn])
        }
    }

    @Test func `a prior report answers it, and a mistake is voided with a reason`() async throws {
        try await Fixture.run { region in
            let (known, wrong) = (try await region.request(), try await region.request())
            try await region.act("pingding", "ecg-li", .claimed, known)
            try await region.act("pingding", "ecg-li", .recognised, known, ["prior": "pingding/1/bulk/1/0"])
            try await region.wait("jucheng", knows: known, as: .recognised)
            try await region.act("pingding", "ecg-li", .claimed, wrong)
            try await region.act("pingding", "ecg-li", .reported, wrong, Fixture.report)
            try await region.act("jucheng", Fixture.clinician, .acknowledged, wrong)
            try await region.act("pingding", "ecg-li", .voided, wrong, ["reason": "他人心电图"])
            try await region.wait("jucheng", knows: wrong, as: .voided)
            let shown = try await region.diagnoses("jucheng").read(
                wrong, Fixture.reading(Fixture.clinician, at: "jucheng"))
            #expect(shown.writings.last?.content["reason"] == "他人心电图")
            #expect(shown.writings.count == 2, "what was signed stays")
        }
    }

    @Test func `specimens go by their barcodes, and are scanned where they are`() async throws {
        try await Fixture.run { region in
            let id = try await region.request()
            try await region.wait("jucheng", knows: id, as: .offered)
            try await region.act("jucheng", Fixture.clinician, .collected, id, specimens: ["T-1", "T-2"])
            try await region.act("jucheng", Fixture.clinician, .dispatched, id, specimens: ["T-1"])
            let nowhere = try await region.refusal("jucheng", Fixture.clinician, .received, id)
            #expect(nowhere == "diagnosis.notTheBench")
            try await region.wait(for: "the specimens to be known") {
                try await region.diagnoses("pingding").book.show(id).attempts[0].itemStates["T-1"] == "inTransit"
            }
            try await region.act("pingding", "检验员", .received, id, specimens: ["T-1"])
            try await region.act(
                "pingding", "检验员", .rejected, id, ["why": "clotted"], specimens: ["T-2"])
            try await region.wait(for: "the bench's word") {
                let states = try await region.diagnoses("jucheng").book.show(id).attempts[0].itemStates
                return states == ["T-1": "received", "T-2": "rejected"]
            }
            #expect(try await region.diagnoses("jucheng").book.show(id).state == .offered)
        }
    }

    @Test func `those on duty are asked, who has least first; where nobody is on duty, everybody`() async throws {
        let night = DutyTime(weekdays: Set(1...7), from: 20 * 60, to: 8 * 60)
        let day = DutyTime(weekdays: Set(1...7), from: 8 * 60, to: 20 * 60)
        try await Fixture.run { configuration in
            configuration.rosters[0].experts = [
                try Fixture.expert("ecg-li", at: "pingding", duty: [day]),
                try Fixture.expert("ecg-wu", at: "pingding", duty: [day]),
                try Fixture.expert("ecg-an", at: "pingding", duty: [night]),
            ]
        } _: { region in
            let start = region.clock.time.wallTime
            let minute = Int((start.milliseconds / 60_000 + 8 * 60) % 1_440)
            // To nine in the morning, in China.
            region.clock.advance(by: .seconds(((33 * 60 - minute) % 1_440) * 60))
            let first = try await region.request()
            try await region.wait("pingding", knows: first, as: .offered)
            let book = try region.diagnoses("pingding").book
            #expect(try await book.show(first).attempts[0].candidates == ["ecg-li", "ecg-wu"])
            try await region.act("pingding", "ecg-li", .claimed, first)
            let second = try await region.request()
            try await region.wait("pingding", knows: second, as: .offered)
            #expect(try await book.show(second).attempts[0].candidates == ["ecg-wu", "ecg-li"])
        }
    }

    @Test func `only those at the node that asked, whom it is offered to and who reads it open it`() async throws {
        try await Fixture.run { region in
            let id = try await region.request()
            try await region.wait("pingding", knows: id, as: .offered)
            func read(_ node: String, _ practitioner: String) async throws -> Failure.Code? {
                let service = try region.diagnoses(node)
                return await code { _ = try await service.read(id, Fixture.reading(practitioner, at: node)) }
            }
            #expect(try await read("pingding", "ecg-li") == nil)
            #expect(try await read("pingding", "路人") != nil)
            try await region.act("pingding", "ecg-wu", .claimed, id)
            #expect(try await read("pingding", "ecg-li") == "diagnosis.notEntitled")
            #expect(try await read("pingding", "ecg-wu") == nil)
            #expect(try await read("jucheng", Fixture.clinician) == nil)
            try await region.wait("shi", knows: id, as: .claimed)
            #expect(try await read("shi", "ecg-chen") == "diagnosis.notEntitled")
        }
    }
}
