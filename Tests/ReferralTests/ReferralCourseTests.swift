import Effects
import Referral
import Regions
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

/// A referral's way up and down through real nodes.
@Suite("A patient is referred up and down", .serialized)
struct ReferralCourseTests {
    private static let reader = Asking(practitioner: "李医生", organizationUnit: "pingding", purpose: .treatment)

    @Test func `up with a question, admitted, down with a plan, seen again and closed`() async throws {
        try await ReferralRegion.run { region in
            let clinic = try region.referrals("jucheng")
            let county = try region.referrals("pingding")
            let id = try await clinic.write("up-green", ReferralRegion.content(), ReferralRegion.asking).id
            try await region.act("jucheng", .offered, id, target: "pingding")
            try await region.act("pingding", .questioned, id, ["text": "肌钙蛋白？"])
            try await region.act("jucheng", .answered, id, ["text": "2.1 ng/ml"])
            let accepted = try await region.act("pingding", .accepted, id)
            #expect(accepted.home.rawValue == "jucheng" && accepted.state == .accepted)
            try await region.wait("pingding", knows: id, as: .accepted)
            try await region.act("pingding", .arrived, id)
            try await region.act("pingding", .admitted, id)
            #expect(try await county.show(id).attempts.last?.home.rawValue == "pingding")
            let opened = try await county.read(id, Self.reader)
            #expect(opened.content?.patient.name == ReferralRegion.patientName)
            #expect(opened.content?.references == ["pingding/1/bulk/1/0"])
            #expect(opened.writings.map { $0.content["text"] } == ["肌钙蛋白？", "2.1 ng/ml"])

            let day = region.clock.time.wallTime.advanced(byMilliseconds: 86_400_000)
            try await region.act(
                "pingding", .discharged, id,
                ["diagnosis": "心肌梗死", "plan": "双联抗血小板", "medicines": "阿司匹林", "watch": "出血"], day: day)
            try await region.act("pingding", .downOffered, id, target: "jucheng")
            try await region.act("jucheng", .downTaken, id)
            try await region.wait("jucheng", knows: id, as: .downTaken)
            let plan = try await clinic.read(id, ReferralRegion.asking).writings.last { $0.event == .discharged }
            #expect(plan?.content["plan"] == "双联抗血小板")
            let known = try await clinic.show(id)
            #expect(known.attempts.last?.home.rawValue == "jucheng")
            #expect(
                known.attempts.last?.deadline
                    == day.advanced(byMilliseconds: Int64(ReferralRegion.returnSeconds) * 1_000))
            try await region.act("jucheng", .followedUp, id, ["text": "无出血"])
            try await region.act("jucheng", .closed, id)
            for node in ["pingding", "shi"] { try await region.wait(node, knows: id, as: .closed) }
            // Nobody is served after the end, but where the referral was written.
            let late = await code { _ = try await county.read(id, Self.reader) }
            #expect(late == "referral.notEntitled")
            #expect(try await clinic.read(id, ReferralRegion.asking).content != nil)
            try await region.waitUntilAcknowledged()
            for node in region.allNodes {
                let record = try? await node.node.service(ReferralService.self).show(id)
                #expect(record?.attempts.last?.refusedSteps.isEmpty ?? true, "\(node.id)")
            }
        }
    }

    @Test func `the other county is asked and declines, the city takes the patient`() async throws {
        try await ReferralRegion.run { region in
            let clinic = try region.referrals("jucheng")
            let id = try await clinic.write("up-green", ReferralRegion.content(), ReferralRegion.asking).id
            try await region.act("jucheng", .offered, id, target: "yuxian")
            let other = try region.referrals("yuxian")
            try await region.wait(for: "the patient's summary in the other county") {
                let asking = Asking(practitioner: "李医生", organizationUnit: "yuxian", purpose: .treatment)
                return (try? await other.read(id, asking).content?.patient.name) == ReferralRegion.patientName
            }
            let why = await code {
                let deed = ReferralService.Deed(.declined, by: "李医生", values: ["why": "tired"])
                _ = try await other.act(deed, on: id)
            }
            #expect(why == "referral.badContent")
            try await region.act("yuxian", .declined, id, ["why": "noBed"])
            try await region.act("jucheng", .rerouted, id, target: "shi")
            let late = await code { _ = try await other.act(ReferralService.Deed(.accepted, by: "李医生"), on: id) }
            #expect(late == "referral.wrongState", "who was asked before is asked no more")
            try await region.act("shi", .accepted, id)
            try await region.act("shi", .arrived, id)
            try await region.act(
                "shi", .discharged, id, ["diagnosis": "心梗", "plan": "随访"], day: region.clock.time.wallTime)
            try await region.act("shi", .closed, id)
            try await region.wait("jucheng", knows: id, as: .closed)
        }
    }

    @Test func `a patient who is there counts, whatever the referrer decides without knowing it`() async throws {
        try await ReferralRegion.run { region in
            let clinic = try region.referrals("jucheng")
            let id = try await clinic.write("up-green", ReferralRegion.content(), ReferralRegion.asking).id
            try await region.act("jucheng", .offered, id, target: "pingding")
            try await region.wait("pingding", knows: id, as: .offered)
            try region.cut("jucheng", "pingding")
            try await region.wait(for: "the cut") { try !region.areLinked("jucheng", "pingding") }
            // The one that has the patient needs nobody; the one that has the referral takes it back meanwhile.
            try await region.act("pingding", .arrived, id)
            try await region.act("jucheng", .withdrawn, id)
            try await region.act("pingding", .admitted, id)
            try region.heal("jucheng", "pingding")
            for node in ["jucheng", "pingding", "shi"] {
                try await region.wait(node, knows: id, as: .admitted)
                let course = try await region.referrals(node).show(id).attempts.last
                #expect(course?.home.rawValue == "pingding", "\(node)")
                try await region.wait(for: "the refused withdrawal at \(node)") {
                    try await region.referrals(node).show(id).attempts.last?.refusedSteps.map(\.event) == [.withdrawn]
                }
            }
        }
    }

    @Test func `who does not come, and who is not seen again, is not forgotten`() async throws {
        try await ReferralRegion.run { region in
            let clinic = try region.referrals("jucheng")
            let id = try await clinic.write("up-green", ReferralRegion.content(), ReferralRegion.asking).id
            try await region.act("jucheng", .offered, id, target: "pingding")
            try await region.act("pingding", .accepted, id)
            try await region.wait("pingding", knows: id, as: .accepted)
            region.clock.advance(by: .seconds(Int(ReferralRegion.arrivalSeconds) + 1))
            try await region.wait("pingding", knows: id, as: .notArrived)
            try await region.act("pingding", .arrived, id)
            let day = region.clock.time.wallTime
            try await region.act("pingding", .discharged, id, ["diagnosis": "心梗", "plan": "随访"], day: day)
            try await region.act("pingding", .downOffered, id, target: "jucheng")
            try await region.act("jucheng", .downTaken, id)
            region.clock.advance(by: .seconds(Int(ReferralRegion.returnSeconds) + 1))
            for node in ["jucheng", "pingding"] { try await region.wait(node, knows: id, as: .lost) }
            try await region.act("jucheng", .followedUp, id, ["text": "已找到"])
            try await region.wait("pingding", knows: id, as: .followedUp)
        }
    }

    @Test func `what is written must be complete, of a kind and for a node that there is`() async throws {
        try await ReferralRegion.run { region in
            let clinic = try region.referrals("jucheng")
            func written(_ kind: String, _ content: CaseContent) async -> Failure.Code? {
                await code { _ = try await clinic.write(kind, content, ReferralRegion.asking) }
            }
            #expect(await written("up-grene", ReferralRegion.content()) == "referral.unknownKind")
            var content = ReferralRegion.content()
            content["reason"] = ""
            #expect(await written("up-green", content) == "referral.badContent")
            content = ReferralRegion.content()
            content.references = ["nothing"]
            #expect(await written("up-green", content) == "referral.badContent")
            content = ReferralRegion.content()
            content.patient.identifiers = []
            #expect(await written("up-green", content) == "referral.noPatient")
            let first = try await clinic.write("up-green", ReferralRegion.content(order: "Z-1"), ReferralRegion.asking)
            let again = try await clinic.write("up-green", ReferralRegion.content(order: "Z-1"), ReferralRegion.asking)
            #expect(again.isDuplicate && again.id == first.id)
            func acted(_ deed: ReferralService.Deed) async -> Failure.Code? {
                await code { _ = try await clinic.act(deed, on: first.id) }
            }
            #expect(await acted(.init(.offered, by: "李医生")) == "referral.badContent")
            #expect(
                await acted(
                    .init(.offered, by: "李医生", to: NodeID(rawValue: "nowhere").map { ReferralReceiver(node: $0) }))
                    == "referral.unknownNode")
            #expect(
                await acted(
                    .init(.offered, by: "李医生", to: NodeID(rawValue: "diaodu").map { ReferralReceiver(node: $0) }))
                    == "referral.unknownNode")
            #expect(await acted(.init(.lost, by: "李医生")) == "referral.homeEvent")
            #expect(await acted(.init(.admitted, by: "李医生")) == "referral.wrongState")
            #expect(await acted(.init(.withdrawn, by: "李医生", values: ["text": "x"])) == "referral.badContent")
            #expect(await acted(.init(.withdrawn, by: "李医生")) == nil)
        }
    }
}
