import Effects
import Ledgers
import Referral
import Regions
import Testing
import WorkflowKit
import YilianTestKit

/// What a home does whose disk was put back, or that has just started.
@Suite("A home that starts", .serialized)
struct ReferralRestoreTests {
    private typealias Deed = ReferralService.Deed

    private func offered(_ region: TestRegion, to target: String = "pingding") async throws -> ReferralID {
        let clinic = try region.referrals("jucheng")
        let id = try await clinic.write("up-green", ReferralRegion.content(), ReferralRegion.asking).id
        try await region.act("jucheng", .offered, id, target: target)
        try await region.wait(target, knows: id, as: .offered)
        try await region.waitUntilAcknowledged()
        return id
    }

    private func withdraw(_ id: ReferralID, at service: ReferralService) async -> Failure.Code? {
        await code { _ = try await service.act(Deed(.withdrawn, by: "李医生"), on: id) }
    }

    /// Nothing is set aside anywhere, and no event of the referral was refused.
    private func checkQuiet(_ region: TestRegion, _ id: ReferralID) async throws {
        try await region.waitUntilAcknowledged()
        for node in region.allNodes {
            #expect(try await node.node.context.ledger.setAsideRows() == [], "\(node.id)")
            let record = try? await node.node.service(ReferralService.self).show(id)
            #expect(record?.attempts.last?.refusedSteps.isEmpty ?? true, "\(node.id)")
        }
    }

    @Test func `one that had handed over decides nothing before it has back what it lost, and nothing after`()
        async throws
    {
        try await ReferralRegion.run { region in
            let id = try await offered(region)
            let copy = try await region.node("jucheng").copyFolder()
            try await region.act("pingding", .accepted, id)
            try await region.wait("shi", knows: id, as: .accepted)
            try await region.waitUntilAcknowledged()

            try region.cut("jucheng", "pingding")
            try await region.node("jucheng").restoreFolder(copy)
            let clinic = try region.referrals("jucheng")
            let known = try await clinic.show(id)
            #expect(known.state == .offered && known.attempts.last?.home == clinic.context.node, "it has forgotten")
            #expect(await withdraw(id, at: clinic) == "workflow.unmatched")
            #expect(try await clinic.show(id) == known)

            try region.heal("jucheng", "pingding")
            try await region.wait("jucheng", knows: id, as: .accepted)
            try await region.wait(for: "the answer of who has handed over") {
                await withdraw(id, at: clinic) == "referral.notTheKeeper"
            }
            try await region.act("pingding", .arrived, id)
            try await region.wait("jucheng", knows: id, as: .arrived)
            try await checkQuiet(region, id)
        }
    }

    @Test func `one that had not handed over goes on`() async throws {
        try await ReferralRegion.run { region in
            let id = try await offered(region)
            let node = try region.node("jucheng")
            try await node.restoreFolder(try await node.copyFolder())
            try await region.act("jucheng", .withdrawn, id)
            try await region.wait("shi", knows: id, as: .withdrawn)
            try await checkQuiet(region, id)
        }
    }

    @Test func `what falls due while it may not decide is decided when it may`() async throws {
        try await ReferralRegion.run { region in
            let id = try await offered(region)
            try await region.act("pingding", .accepted, id)
            try await region.wait("pingding", knows: id, as: .accepted)
            try await region.waitUntilAcknowledged()
            let county = try region.node("pingding")
            await county.stop()
            region.clock.advance(by: .seconds(Int64(ReferralRegion.arrivalSeconds)))
            try region.cut("pingding", "shi")
            try await county.start()
            let context = try region.referrals("pingding").context
            try await CaseWatch<ReferralWorkflow>(context: context).round()
            #expect(try await region.referrals("pingding").show(id).state == .accepted)
            try region.heal("pingding", "shi")
            try await region.wait("pingding", knows: id, as: .notArrived)
            try await checkQuiet(region, id)
        }
    }

    @Test func `whose parent does not come decides after a quarter of an hour`() async throws {
        try await ReferralRegion.run { region in
            let id = try await offered(region)
            let node = try region.node("jucheng")
            await node.stop()
            try region.cut("jucheng", "pingding")
            try await node.start()
            let clinic = try region.referrals("jucheng")
            region.clock.advance(by: .milliseconds(Limits.homeSilenceMilliseconds - 10_000))
            #expect(await withdraw(id, at: clinic) == "workflow.unmatched")
            region.clock.advance(by: .seconds(10))
            #expect(await withdraw(id, at: clinic) == nil)
            try region.heal("jucheng", "pingding")
            try await region.wait("shi", knows: id, as: .withdrawn)
            try await checkQuiet(region, id)
        }
    }

    @Test func `a city is given back what it decided, and takes what others write after it`() async throws {
        try await ReferralRegion.run { region in
            let id = try await offered(region, to: "shi")
            try await region.act("shi", .accepted, id)
            try await region.wait("shi", knows: id, as: .accepted)
            try await region.waitUntilAcknowledged()
            let copy = try await region.node("shi").copyFolder()
            try await region.wait(for: "the city's link") { try region.areLinked("pingding", "shi") }
            try await region.act("shi", .arrived, id)
            try await region.act(
                "shi", .discharged, id, ["diagnosis": "心肌梗死", "plan": "双联抗血小板"],
                day: region.clock.time.wallTime)
            try await region.act("shi", .downOffered, id, target: "jucheng")
            try await region.act("jucheng", .downTaken, id)
            try await region.wait("jucheng", knows: id, as: .downTaken)
            try await region.waitUntilAcknowledged()

            try await region.node("shi").restoreFolder(copy)
            try await region.act("jucheng", .followedUp, id, ["text": "无出血"])
            try await region.wait("shi", knows: id, as: .followedUp)
            #expect(try await region.referrals("shi").show(id).attempts.last?.home.rawValue == "jucheng")
            try await checkQuiet(region, id)
        }
    }
}
