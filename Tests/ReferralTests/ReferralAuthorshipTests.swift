import Effects
import Ledgers
import Referral
import Regions
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

/// A node with a valid key writes what is another's to write.
@Suite(.serialized) struct ReferralAuthorshipTests {
    /// What a node's own ledger says to an event that it writes.
    private func said(
        _ service: ReferralService, _ event: ReferralEvent, _ record: ReferralRecord,
        _ change: (inout CaseFields<ReferralWorkflow>) -> Void = { _ in }
    ) async throws -> Failure.Code? {
        let course = try #require(record.attempts.last)
        var fields = CaseFields<ReferralWorkflow>(
            id: record.id, home: service.context.node, terms: record.terms)
        fields.attempt = 1
        fields.term = course.term
        fields.number = course.nextNumber
        fields.actor = "李医生"
        fields.actorNode = service.context.node
        change(&fields)
        let draft = EntryDraft(
            kind: ReferralWorkflow.table.rule(of: event).kind, subject: record.id.description,
            causes: [try #require(course.last).entry], fields: try fields.encoded(), headerAudience: .city)
        return await code {
            _ = try await service.context.ledger.write(lane: .clinical) { try $0.append(draft) }
        }
    }

    @Test func `nobody decides about a referral that is another node's, and nobody answers in another's name`()
        async throws
    {
        try await ReferralRegion.run { region in
            let clinic = try region.referrals("jucheng")
            let county = try region.referrals("pingding")
            let id = try await clinic.write("up-green", ReferralRegion.content(), ReferralRegion.asking).id
            try await region.act("jucheng", .offered, id, target: "pingding")
            try await region.wait("pingding", knows: id, as: .offered)
            let offered = try await county.show(id)
            // The county takes the referral without the township's word, or takes it over by itself.
            for event in ReferralEvent.allCases where event != .arrived {
                let refused = try await said(county, event, offered)
                #expect(refused?.rawValue.hasPrefix("author.") == true, "\(event)")
            }
            // The township answers in the county's name: unsigned, and signed by itself.
            let known = try await clinic.show(id)
            let unsigned = try await said(clinic, .accepted, known) { fields in
                fields.actorNode = county.context.node
                fields.nextHome = county.context.node
            }
            #expect(unsigned == "author.unsignedCommand")
            var command = ReferralCommand(
                id: id, attempt: 1, home: clinic.context.node, actor: "李医生", origin: county.context.node,
                event: .accepted, role: .receiver)
            let own = try SignedCommand(command, madeAt: clinic.context.now, key: clinic.context.signingKey)
            let forged = try await said(clinic, .accepted, known) { fields in
                fields.actorNode = county.context.node
                fields.nextHome = county.context.node
                fields.command = own
            }
            #expect(forged == "author.unsignedCommand")
            // What the county signed hands the referral to the county and to nobody else.
            command = try command.signed(by: county.context)
            let stolen = try await said(clinic, .accepted, known) { fields in
                fields.actorNode = county.context.node
                fields.nextHome = clinic.context.node
                fields.command = command.signed
            }
            #expect(stolen == "author.notHome")
            // Nobody states what happens at another node.
            let elsewhere = try await said(clinic, .arrived, known) { fields in
                fields.home = clinic.context.node
                fields.actorNode = county.context.node
                fields.nextHome = county.context.node
                fields.number = 1
            }
            #expect(elsewhere == "author.notOnTheSpot")
            #expect(try await clinic.show(id).state == .offered)
        }
    }

    @Test func `a node to which it was not offered brings no patient into it`() async throws {
        try await ReferralRegion.run { region in
            let clinic = try region.referrals("jucheng")
            let id = try await clinic.write("up-green", ReferralRegion.content(), ReferralRegion.asking).id
            try await region.act("jucheng", .offered, id, target: "pingding")
            try await region.wait("shi", knows: id, as: .offered)
            let city = try region.referrals("shi")
            for event in [ReferralEvent.arrived, .accepted, .declined] {
                let values = event == .declined ? ["why": "noBed"] : [:]
                let refused = await code {
                    _ = try await city.act(ReferralService.Deed(event, by: "李医生", values: values), on: id)
                }
                #expect(refused == "referral.wrongState", "\(event)")
            }
        }
    }
}
