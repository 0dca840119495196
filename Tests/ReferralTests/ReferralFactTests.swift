import Effects
import Referral
import Regions
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

/// What referrals count for.
@Suite(.serialized) struct ReferralFactTests {
    /// What a node's entries count for, without the milliseconds of durations.
    private func facts(_ region: TestRegion, _ node: String) async throws -> [String] {
        try await region.referrals(node).context.ledger.read { sql in
            try sql.rows(
                """
                SELECT indicator, numerator, denominator FROM indicator_fact
                WHERE indicator LIKE 'referral-%' ORDER BY indicator, numerator
                """, []
            ).map { row in
                let name = try row.text(0)
                let numerator = try row.integer(1)
                return
                    "\(name) \(name == "referral-loop" && numerator > 0 ? "…" : "\(numerator)")/\(try row.integer(2))"
            }
        }
    }

    @Test func `the way up, the way down, the end and a refusal count once each, where they were decided`() async throws
    {
        try await ReferralRegion.run { region in
            let clinic = try region.referrals("jucheng")
            let id = try await clinic.write("up-green", ReferralRegion.content(), ReferralRegion.asking).id
            try await region.act("jucheng", .offered, id, target: "yuxian")
            try await region.act("yuxian", .declined, id, ["why": "noBed"])
            try await region.act("jucheng", .rerouted, id, target: "pingding")
            try await region.act("pingding", .accepted, id)
            try await region.wait("pingding", knows: id, as: .accepted)
            try await region.act("pingding", .arrived, id)
            region.clock.advance(by: .seconds(3_600))
            try await region.act(
                "pingding", .discharged, id, ["diagnosis": "心梗", "plan": "随访"], day: region.clock.time.wallTime)
            try await region.act("pingding", .downOffered, id, target: "jucheng")
            try await region.act("jucheng", .downDeclined, id, ["why": "incomplete"])
            try await region.wait("pingding", knows: id, as: .discharged)
            try await region.act("pingding", .downOffered, id, target: "jucheng")
            try await region.act("jucheng", .downTaken, id)
            try await region.wait("jucheng", knows: id, as: .downTaken)
            try await region.act("jucheng", .followedUp, id, ["text": "无出血"])
            try await region.act("jucheng", .closed, id)
            #expect(
                try await facts(region, "jucheng") == [
                    "referral-completion 0/1", "referral-completion 1/0", "referral-loop …/1",
                    "referral-refused-no-bed 1/1",
                ])
            #expect(
                try await facts(region, "pingding") == [
                    "referral-down-rate 0/1", "referral-down-rate 1/0", "referral-refused-incomplete 1/1",
                ])
            #expect(try await facts(region, "yuxian") == [])
        }
    }

    @Test func `every reason of the form has an indicator of its own`() {
        let codes = ReferralForms.refusal.fields.first { $0.name == "why" }.map(\.kind)
        guard case .code(let words)? = codes else {
            Issue.record("the reason is no code")
            return
        }
        let defined = [IndicatorDefinition](of: [ReferralService.self]).map(\.id)
        #expect(defined.count { $0.hasPrefix("referral-refused-") } == words.count)
        #expect(Set(defined).isSuperset(of: ["referral-down-rate", "referral-completion", "referral-loop"]))
    }
}
